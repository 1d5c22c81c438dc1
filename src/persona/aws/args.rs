//! The command line, in the stages in which the CLI reads it: a first look, the global options,
//! `s3`, `presign`. Whether it is ours is told before any file is read.

use super::options::{FIRST, GLOBALS, PRESIGN, S3_COMMANDS};
use crate::argv::argparse::{Parsed, Positional, Stop, parse};
use crate::python::text::shown;
use crate::python::url::split_scheme;
use std::ffi::{OsStr, OsString};

const USAGE: &str = "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n\
                     To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n";

/// What the stages made of the command line. Each error is the CLI's whole message.
#[derive(Debug)]
pub struct Plan {
    /// The first look's error.
    pub first: Option<String>,
    pub globals: Result<Parsed, Stop>,
    /// What comes after the global options, if they could be read.
    pub command: Command,
    pub prompt: bool,
    pub no_prompt: bool,
}

/// The command.
#[derive(Debug)]
pub enum Command {
    /// Not ours; the name for a message.
    Other(String),
    /// `s3` or its options are wrong.
    Wrong(String),
    Presign(Presign),
}

/// `s3 presign`, read or wrong.
#[derive(Debug)]
pub struct Presign {
    pub parsed: Result<Parsed, String>,
}

/// argparse's message with the usage behind it.
fn with_usage(message: &str, usage: &str) -> String {
    format!("{message}\n\n{usage}")
}

/// Reads the command line.
pub fn plan(args: &[OsString]) -> Plan {
    let args = guide_lines(args);
    let first = match parse(FIRST, Positional::None, &args) {
        Err(Stop::Error(message)) => Some(with_usage(&message, "usage: aws [--profile PROFILE] [--debug]\n")),
        _ => None,
    };
    let globals = globals(&args);
    let command = match &globals {
        Ok(parsed) => command(parsed),
        Err(Stop::OtherCommand(name)) => Command::Other(format!("aws {}", shown(name))),
        Err(_) => Command::Wrong(String::new()),
    };
    let given = |name: &str| args.iter().any(|arg| arg == name);
    Plan { first, globals, command, prompt: given("--cli-auto-prompt"), no_prompt: given("--no-cli-auto-prompt") }
}

/// Reads the global options and the command; an error is the CLI's whole message.
pub fn globals(args: &[OsString]) -> Result<Parsed, Stop> {
    parse(GLOBALS, Positional::Command(&["s3", "presign"]), args).map_err(|stop| match stop {
        Stop::Error(message) => Stop::Error(with_usage(&message, USAGE)),
        stop => stop,
    })
}

impl Plan {
    /// Whether nothing in the command line needs the real program.
    pub fn is_ours(&self) -> bool {
        let ours = |presign: &Presign| presign.parsed.as_ref().is_ok_and(|parsed| parsed.extras.is_empty());
        self.first.is_none()
            && !self.prompt
            && self.globals.as_ref().is_ok_and(|globals| !globals.has("--debug"))
            && matches!(&self.command, Command::Presign(presign) if ours(presign))
    }

    /// Whether there is an answer without the real program all the same: a usage error, or the
    /// link without what `--debug` would add.
    pub fn answers_alone(&self) -> bool {
        let error = self.first.is_some() || (self.prompt && self.no_prompt);
        error || (!self.prompt && !matches!(self.command, Command::Other(_)))
    }
}

/// What comes after the global options.
pub fn command(globals: &Parsed) -> Command {
    let name = globals.positional.as_deref().unwrap_or_default();
    if name == "presign" {
        return presign(&globals.extras);
    }
    if is_help(&globals.extras) {
        return Command::Other("aws s3 help".to_owned());
    }
    let s3 = match parse(&[], Positional::Optional("subcommand", S3_COMMANDS), &globals.extras) {
        Ok(parsed) => parsed,
        Err(Stop::Error(message)) => return Command::Wrong(with_usage(&message, USAGE)),
        Err(_) => return Command::Other("aws s3".to_owned()),
    };
    let Some(subcommand) = s3.positional else {
        return Command::Wrong(if s3.extras.is_empty() {
            "usage: aws [options] s3 <subcommand> [parameters]\naws: [ERROR]: too few arguments".to_owned()
        } else {
            unknown_options(&s3.extras)
        });
    };
    if subcommand != "presign" {
        return Command::Other(format!("aws s3 {}", subcommand.display()));
    }
    let mut rest = globals.extras.clone();
    if let Some(at) = rest.iter().position(|arg| *arg == subcommand) {
        rest.remove(at);
    }
    presign(&rest)
}

fn presign(args: &[OsString]) -> Command {
    if is_help(args) {
        return Command::Other("aws s3 presign help".to_owned());
    }
    let parsed = parse(PRESIGN, Positional::Required("path"), args).map_err(|stop| match stop {
        Stop::Error(message) => with_usage(&message, USAGE),
        // This table has no such rows.
        Stop::Version | Stop::OtherCommand(_) => String::new(),
    });
    Command::Presign(Presign { parsed })
}

fn is_help(args: &[OsString]) -> bool {
    matches!(args, [help] if help == "help")
}

/// The error for what no stage knew.
pub fn unknown_options(extras: &[OsString]) -> String {
    let extras: Vec<_> = extras.iter().map(|extra| shown(extra)).collect();
    format!("Unknown options: {}", extras.join(","))
}

/// The Gcore guide's `--expires in N` is `--expires-in N`.
fn guide_lines(args: &[OsString]) -> Vec<OsString> {
    let mut out: Vec<OsString> = Vec::with_capacity(args.len());
    let mut rest = args.iter().peekable();
    while let Some(arg) = rest.next() {
        if arg == "--" {
            out.push(arg.clone());
            break;
        }
        if arg == "--expires" && rest.peek().is_some_and(|next| *next == "in") {
            rest.next();
            out.push("--expires-in".into());
        } else {
            out.push(arg.clone());
        }
    }
    out.extend(rest.cloned());
    out
}

/// An `--endpoint-url` that is a host name with dots and no scheme, as the Gcore guide has it, is
/// meant to be `https`.
pub fn with_scheme(endpoint: &OsStr) -> Option<String> {
    let host = endpoint.to_str()?;
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_name = host.contains('.') && host.split('.').all(label);
    (is_name && split_scheme(host).0.is_empty()).then(|| format!("https://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str]) -> Plan {
        plan(&line.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn ours_or_theirs() {
        for line in [
            &["s3", "presign", "s3://b/k"][..],
            &["--region", "x", "s3", "presign", "s3://b/k", "--expires-in", "60"],
            &["presign", "s3://b/k", "--expires", "in", "60", "--endpoint-url", "h.example.com"],
            &["s3", "--no-sign", "presign", "--", "s3://b/k"],
        ] {
            assert!(read(line).is_ours(), "{line:?}");
        }
        for line in [
            &["s3", "cp", "a", "b"][..],
            &["s3", "presign", "help"],
            &["s3", "presign", "s3://b/k", "--debug"],
            &["s3", "presign", "s3://b/k", "--bogus"],
            &["s3", "presign"],
            &["--version"],
            &["help"],
            &[],
        ] {
            assert!(!read(line).is_ours(), "{line:?}");
        }
    }

    #[test]
    fn guide_hosts() {
        assert_eq!(with_scheme(OsStr::new("s-dt2.cloud.gcore.lu")).as_deref(), Some("https://s-dt2.cloud.gcore.lu"));
        for other in ["https://h.x", "//h.x", "host", "", "h.x:9000", "a_b.x", "h..x"] {
            assert_eq!(with_scheme(OsStr::new(other)), None, "{other}");
        }
    }
}
