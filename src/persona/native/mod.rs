//! Under its own name: what neither of the two programs can do. For now: links by the million, the
//! way to both programs, and setting them up.

mod bar;
mod doctor;
mod install;
mod stream;
mod url;

use super::{aws, run_as, s3cmd};
use crate::argv::argparse::Takes;
use crate::handoff::Program;
use crate::invocation::{Invocation, Outcome, Streams};
use anyhow::{Context, Result};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const PROGRAMS: [Program; 2] = [Program::Aws, Program::S3cmd];

const ABOUT: &str = "Presigned S3 URLs, in the place of `aws s3 presign` and `s3cmd signurl`";

const AFTER: &str = "\
Linked as `aws` or `s3cmd`, presign is that program: it answers `aws s3 presign`,
`s3cmd signurl` and `s3cmd sign` itself and hands everything else to the real one.

Examples:
  presign aws s3 presign s3://bucket/key --expires-in 3600
  presign s3cmd signurl s3://bucket/key +3600
  presign url - < uris.txt > links.txt
  presign install";

/// Runs one call under presign's own name.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    for program in PROGRAMS {
        if let Some((first, rest)) = invocation.args.split_first()
            && first == program.name()
        {
            let call = Invocation { program: program.name().into(), args: rest.to_vec(), ..invocation.clone() };
            return run_as(program, &call, streams);
        }
    }
    // Whatever name led here, help is that of `presign`.
    let line = std::iter::once("presign".into()).chain(invocation.args.iter().cloned());
    match command().try_get_matches_from(line) {
        Ok(matches) => subcommand(&matches, invocation, streams),
        Err(error) => wrong(&error, streams),
    }
}

/// Says what is wrong with the command line, or what `--help` asks for.
fn wrong(error: &clap::Error, streams: &mut Streams) -> Outcome {
    let stream: &mut dyn Write = if error.use_stderr() { streams.err } else { streams.out };
    let written = stream.write_all(error.render().to_string().as_bytes());
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    // Whoever read the output has gone: nothing to add.
    Outcome::Exit(if written.is_err() && code == 0 { 1 } else { code })
}

fn subcommand(matches: &ArgMatches, invocation: &Invocation, streams: &mut Streams) -> Outcome {
    let result = match matches.subcommand() {
        Some(("url", matches)) => return url::run(matches, invocation, streams),
        Some(("install", matches)) => on_links(install::install, matches, invocation, streams.out),
        Some(("uninstall", matches)) => on_links(install::uninstall, matches, invocation, streams.out),
        Some(("doctor", _)) => match doctor::run(invocation, streams.out) {
            Ok(true) => Ok(()),
            Ok(false) => return Outcome::Exit(1),
            Err(error) => Err(error.into()),
        },
        // clap lets no other through.
        _ => return Outcome::Exit(2),
    };
    let Err(error) = result else { return Outcome::Exit(0) };
    let broken_pipe = error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe);
    if !broken_pipe {
        let _ = writeln!(streams.err, "presign: {error:#}");
    }
    Outcome::Exit(1)
}

type OnLinks = fn(&Path, &[Program], &Invocation, &mut dyn Write) -> Result<()>;

/// Does something with the links of the programs that the command line names, else of both.
fn on_links(act: OnLinks, matches: &ArgMatches, invocation: &Invocation, out: &mut dyn Write) -> Result<()> {
    let folder = match matches.get_one::<PathBuf>("dir") {
        Some(folder) => folder.clone(),
        None => {
            install::default_folder(&invocation.env).context("there is no home folder; name a folder with --dir")?
        }
    };
    let named: Vec<&String> = matches.get_many("program").unwrap_or_default().collect();
    let programs: Vec<Program> = PROGRAMS
        .into_iter()
        .filter(|program| named.is_empty() || named.iter().any(|name| *name == program.name()))
        .collect();
    act(&folder, &programs, invocation, out)
}

/// The command line, for help; the subcommands' options are the rows of their programs' tables.
pub fn command() -> Command {
    Command::new("presign")
        .about(ABOUT)
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(AFTER)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(aws_command())
        .subcommand(s3cmd_command())
        .subcommand(url::command())
        .subcommand(links_command("install", "Link presign as aws and s3cmd"))
        .subcommand(links_command("uninstall", "Take presign's links away again"))
        .subcommand(Command::new("doctor").about("Say who answers to aws and s3cmd, what they read, and what is wrong"))
}

fn links_command(name: &'static str, about: &'static str) -> Command {
    Command::new(name)
        .about(about)
        .arg(
            Arg::new("dir")
                .long("dir")
                .value_name("DIR")
                .value_parser(clap::value_parser!(PathBuf))
                .help("The folder of the links [default: ~/.local/bin]"),
        )
        .arg(
            Arg::new("program")
                .value_name("PROGRAM")
                .num_args(0..)
                .value_parser(PROGRAMS.map(Program::name))
                .help("Only this program"),
        )
}

fn aws_command() -> Command {
    let options = aws::GLOBALS.iter().chain(aws::PRESIGN).map(|row| {
        let name = row.name.trim_start_matches('-');
        let arg = Arg::new(name).long(name).help(row.help);
        match row.takes {
            Takes::Value => arg.action(ArgAction::Set),
            Takes::Choice(choices) => arg.action(ArgAction::Set).value_parser(choices.to_vec()),
            Takes::Nothing | Takes::Version => arg.action(ArgAction::SetTrue),
        }
    });
    Command::new("aws")
        .about("Answer as the AWS CLI: aws s3 presign S3URI [--expires-in SECONDS]")
        .override_usage("presign aws [options] s3 presign S3URI [--expires-in SECONDS]")
        .disable_version_flag(true)
        .args(options)
}

fn s3cmd_command() -> Command {
    let options = s3cmd::OPTIONS.iter().filter(|row| row.dest != "help").filter_map(|row| {
        let (first, others) = row.long.split_first()?;
        let name = first.trim_start_matches('-');
        let aliases = others.iter().map(|other| other.trim_start_matches('-'));
        let mut arg = Arg::new(name).long(name).visible_aliases(aliases.collect::<Vec<_>>());
        if let Some(short) = row.short {
            arg = arg.short(short);
        }
        // Options without a help text change no link.
        arg = arg.help(row.help).hide(row.help.is_empty());
        Some(if row.is_flag() { arg.action(ArgAction::SetTrue) } else { arg.value_name(row.metavar) })
    });
    Command::new("s3cmd")
        .about("Answer as s3cmd: s3cmd signurl S3URI EXPIRY, s3cmd sign STRING")
        .override_usage(
            "presign s3cmd [options] signurl S3URI <EPOCH|+SECONDS>\n       presign s3cmd [options] sign STRING",
        )
        .after_help("Every other option of s3cmd is accepted, and changes no link.")
        .disable_version_flag(true)
        .args(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_make_a_sound_command() {
        command().debug_assert();
    }
}
