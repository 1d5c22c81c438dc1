//! Under its own name: what neither of the two programs can do. For now, the way to both.

use super::{aws, run_as, s3cmd};
use crate::argv::argparse::Takes;
use crate::handoff::Program;
use crate::invocation::{Invocation, Outcome, Streams};
use clap::{Arg, ArgAction, Command};

const ABOUT: &str = "Presigned S3 URLs, in the place of `aws s3 presign` and `s3cmd signurl`";

const AFTER: &str = "\
Linked as `aws` or `s3cmd`, presign is that program: it answers `aws s3 presign`,
`s3cmd signurl` and `s3cmd sign` itself and hands everything else to the real one.

Examples:
  presign aws s3 presign s3://bucket/key --expires-in 3600
  presign s3cmd signurl s3://bucket/key +3600
  ln -s $(command -v presign) ~/.local/bin/s3cmd";

/// Runs one call under presign's own name.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    for program in [Program::Aws, Program::S3cmd] {
        if let Some((first, rest)) = invocation.args.split_first()
            && first == program.name()
        {
            let call = Invocation {
                program: program.name().into(),
                args: rest.to_vec(),
                env: invocation.env.clone(),
                folder: invocation.folder.clone(),
                now: invocation.now,
            };
            return run_as(program, &call, streams);
        }
    }
    let line = std::iter::once(invocation.program.clone()).chain(invocation.args.iter().cloned());
    match command().try_get_matches_from(line) {
        // Nothing is left that clap would let through.
        Ok(_) => Outcome::Exit(2),
        Err(error) => {
            let stream: &mut dyn std::io::Write = if error.use_stderr() { streams.err } else { streams.out };
            let written = stream.write_all(error.render().to_string().as_bytes());
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            // Whoever read the output has gone: nothing to add.
            Outcome::Exit(if written.is_err() && code == 0 { 1 } else { code })
        }
    }
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
