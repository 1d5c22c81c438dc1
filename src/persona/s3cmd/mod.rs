//! `s3cmd signurl` and `s3cmd sign`, as s3cmd 2.4.0 answers them; the rest is handed on.
//!
//! The order of events is s3cmd's: command line, settings file and keys, then what the command
//! line sets over them, then checks that have nothing to do with a link but can fail, then the
//! command.

mod config;
mod expiry;
mod fault;
mod keys;
mod link;
mod log;
mod options;
mod overlay;
mod profile;
mod uri;

use crate::argv::optparse::{self, Parsed, Stop};
use crate::config::own;
use crate::handoff::{self, Program, Refusal};
use crate::invocation::{Env, Invocation, Outcome, Streams};
use crate::python::paths::expand_user;
use crate::python::repr::repr_bytes;
use crate::python::text::{io_error, replaced, shown};
use config::Config;
use expiry::Expiry;
use fault::Fault;
use log::{DEBUG, ERROR, Log, WARNING};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::PathBuf;
use uri::S3Uri;

pub use options::OPTIONS;

/// The version whose place we take.
pub const VERSION: &str = "2.4.0";

const USAGE: &str = "Usage: s3cmd [options] COMMAND [parameters]\n\ns3cmd: error: ";

/// `EX_IOERR`.
const IO_ERROR: u8 = 74;

/// Runs one call as s3cmd.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    let parsed = optparse::parse(OPTIONS, &invocation.args);
    if !parsed.as_ref().is_ok_and(is_ours) {
        match handoff::command(Program::S3cmd, invocation) {
            Ok(command) => return Outcome::HandOn(command),
            Err(Refusal::Missing) if answers_alone(&parsed) => {}
            Err(_) => return handoff::hand_on(Program::S3cmd, invocation, streams),
        }
    }
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(Stop::Help) => return handoff::hand_on(Program::S3cmd, invocation, streams),
        Err(Stop::Error(text)) => {
            let _ = streams.err.write_all(format!("{USAGE}{text}\n").as_bytes());
            return Outcome::Exit(2);
        }
    };
    let level = parsed.last("verbosity").and_then(|given| given.row.fills.parse().ok());
    // Held back until it is clear that the answer is ours: the real s3cmd would say it all again.
    let mut said = Vec::new();
    let mut call = Call {
        invocation,
        parsed: &parsed,
        config: Config::default(),
        log: Log { level: level.unwrap_or(WARNING), err: &mut said },
    };
    let result = call.run();
    let refused = match &result {
        Err(Fault::Theirs(_)) => match handoff::command(Program::S3cmd, invocation) {
            Ok(command) => return Outcome::HandOn(command),
            Err(refusal) => matches!(refusal, Refusal::Wrong(..)),
        },
        _ => false,
    };
    let answer = match result {
        Ok(text) => Ok(encoded(&call, &text)),
        Err(fault) => {
            if fault.is_crash() {
                // A Python trace is not the logger's: no verbosity hides it.
                call.log.level = ERROR;
            }
            let (lines, code) = fault.lines();
            for line in lines {
                call.log.error(&line);
            }
            Err(code)
        }
    };
    let _ = streams.err.write_all(&said);
    match answer {
        Ok(bytes) => print(&bytes, streams),
        Err(_) if refused => handoff::hand_on(Program::S3cmd, invocation, streams),
        Err(code) => Outcome::Exit(code),
    }
}

/// Whether the command line is for one of our commands.
fn is_ours(parsed: &Parsed) -> bool {
    let other = ["show_version", "run_configure", "dump_config"].iter().any(|dest| parsed.has(dest));
    !other && parsed.args.first().is_some_and(|command| command == "signurl" || command == "sign")
}

/// Whether there is an answer without the real program: its version, its errors.
fn answers_alone(parsed: &Result<Parsed, Stop>) -> bool {
    match parsed {
        Ok(parsed) if parsed.has("show_version") => true,
        Ok(parsed) if parsed.has("run_configure") || parsed.has("dump_config") => false,
        Ok(parsed) => parsed.args.first().is_some_and(|command| !options::COMMANDS.iter().any(|name| command == *name)),
        Err(stop) => *stop != Stop::Help,
    }
}

/// The answer in the character set of the settings; with `-q` there is none.
fn encoded(call: &Call, text: &str) -> Vec<u8> {
    if call.parsed.has("quiet") {
        return Vec::new();
    }
    let limit = match call.config.text("encoding").to_ascii_lowercase().replace('_', "-").as_str() {
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" => Some(0x100),
        "ascii" | "us-ascii" | "646" => Some(0x80),
        _ => None,
    };
    let line = format!("{text}\n");
    match limit {
        Some(limit) => line.chars().map(|c| if (c as u32) < limit { c as u32 as u8 } else { b'?' }).collect(),
        None => line.into_bytes(),
    }
}

fn print(bytes: &[u8], streams: &mut Streams) -> Outcome {
    match streams.out.write_all(bytes).and_then(|()| streams.out.flush()) {
        Ok(()) => Outcome::Exit(0),
        Err(error) => {
            // Whoever read the output has gone: s3cmd leaves without a word.
            if error.kind() != ErrorKind::BrokenPipe {
                Log { level: ERROR, err: streams.err }.error(&io_error(&error));
            }
            Outcome::Exit(IO_ERROR)
        }
    }
}

/// The settings file when no option names one.
pub fn default_file(env: &Env) -> PathBuf {
    if let Some(file) = env.non_empty("S3CMD_CONFIG") {
        return PathBuf::from(file);
    }
    if cfg!(windows)
        && let Some(home) = env.non_empty("USERPROFILE")
    {
        let data = env.non_empty("APPDATA").unwrap_or_else(|| "Application Data".into());
        return PathBuf::from(home).join(data).join("s3cmd.ini");
    }
    PathBuf::from(expand_user(OsStr::new("~/.s3cfg"), env))
}

struct Call<'a, 's> {
    invocation: &'a Invocation,
    parsed: &'a Parsed,
    config: Config,
    log: Log<'s>,
}

impl Call<'_, '_> {
    fn run(&mut self) -> Result<String, Fault> {
        if self.parsed.has("show_version") {
            return Ok(format!("s3cmd version {VERSION}"));
        }
        self.log.debug(|| format!("s3cmd version {VERSION}"));
        let file = self.config_file();
        if file.as_os_str().is_empty() {
            return Err(Fault::Exit(vec!["Can't find a config file. Please use --config option.".to_owned()], 78));
        }
        keys::load(&mut self.config, self.invocation, self.parsed, &file, &mut self.log)?;
        if let Some(given) = self.parsed.last("verbosity") {
            self.config.set_number("verbosity", given.row.fills.parse().unwrap_or(WARNING));
        }
        self.log.level = self.config.number("verbosity");
        self.lay_over()?;
        self.command()
    }

    /// `-c`, else the default file.
    fn config_file(&self) -> PathBuf {
        if let Some(given) = self.parsed.last("config") {
            return PathBuf::from(&given.value);
        }
        default_file(&self.invocation.env)
    }

    fn command(&mut self) -> Result<String, Fault> {
        let [command, args @ ..] = self.parsed.args.as_slice() else {
            return Err(Fault::Exit(vec!["there is no command, and no real s3cmd to show its help".to_owned()], 64));
        };
        let name = shown(command).into_owned();
        if name != "signurl" && name != "sign" {
            return Err(Fault::Exit(vec![format!("Invalid command: {name}")], 64));
        }
        self.log.debug(|| format!("Command: {name}"));
        match (name.as_str(), args) {
            ("sign", [.., text]) => {
                self.log.debug(|| format!("string-to-sign: {}", repr_bytes(text.as_encoded_bytes())));
                let credentials = link::credentials(&self.config);
                let text = replaced(text.as_encoded_bytes());
                let signature = crate::sign::v2::sign(credentials.secret_key.expose(), text.as_bytes());
                Ok(format!("Signature: {signature}"))
            }
            ("signurl", [.., uri, expiry]) => self.sign_url(uri, expiry),
            _ => Err(Fault::Exit(vec![format!("Not enough parameters for command '{name}'")], 64)),
        }
    }

    fn sign_url(&mut self, uri: &OsStr, expiry: &OsStr) -> Result<String, Fault> {
        let uri = S3Uri::parse(uri)?;
        self.log.debug(|| format!("url to sign: {}", uri.shown));
        let now = self.invocation.now;
        let expiry = match Expiry::parse(expiry, now) {
            Ok(expiry) => expiry,
            Err(fault) => {
                if matches!(fault, Fault::Parameter(_)) {
                    self.log.debug(|| format!("Failed to parse date with strptime: {}", expiry::date_error(expiry)));
                }
                return Err(fault);
            }
        };
        self.log.debug(|| format!("Expiry interpreted as epoch time {}", expiry.shown));
        let own = own::load(self.invocation).map_err(|error| Fault::Exit(vec![format!("{error:#}")], 78))?;
        let asked_v4 = self.parsed.has("signature_v4");
        let version = link::version(&self.config, asked_v4, own.signature, &expiry, now)?;
        Ok(link::link(&self.config, &uri, &expiry, version, now, &mut self.log))
    }
}

const _: () = assert!(DEBUG < WARNING && WARNING < ERROR);
