//! `aws s3 presign`, as the AWS CLI 2.36 answers it; the rest is handed on.
//!
//! The order of events is the CLI's: a first look at the command line, the files, the global
//! options, `s3 presign` and its arguments, the client, the bucket's name, the endpoint rules, the
//! key, the signature.

mod alias;
mod args;
mod bucket;
mod checks;
mod client;
mod failure;
mod link;
mod options;
mod paramfile;
pub mod presigner;
mod session;
mod table;
mod yaml;

use crate::argv::argparse::{Parsed, Stop};
use crate::handoff::{self, Program, Refusal};
use crate::invocation::{Invocation, Outcome, Streams};
use crate::python::int::{Int, int};
use crate::python::repr::{repr_bytes, repr_of_bytes};
use crate::python::text::{encode, io_error, shown};
use args::{Command, Plan, Presign};
use client::Client;
use failure::{Failure, Format, Kind};
use link::Target;
use paramfile::Value;
use session::{Session, Texts};
use std::ffi::OsStr;
use std::io::ErrorKind;

pub use options::{GLOBALS, PRESIGN};
pub use session::file_paths;

/// The version whose place we take.
pub const VERSION: &str = "2.36.12";

/// How Python leaves when it cannot write what standard output still holds.
const UNFLUSHED: u8 = 120;

/// Runs one call as the AWS CLI.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    let plan = args::plan(&invocation.args);
    if !plan.is_ours() {
        match handoff::command(Program::Aws, invocation) {
            Ok(command) => return Outcome::HandOn(command),
            Err(Refusal::Missing) if plan.answers_alone() => {}
            Err(_) => return handoff::hand_on(Program::Aws, invocation, streams),
        }
    }
    if matches!(plan.globals, Err(Stop::Version)) {
        let text = format!("aws-cli/{VERSION} presign/{} {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
        return print(&text, streams);
    }
    match answer(&plan, invocation) {
        Ok(url) => print(&(url + "\n"), streams),
        Err(Ended { failure: Failure::Theirs(reason), .. }) => match handoff::command(Program::Aws, invocation) {
            Ok(command) => Outcome::HandOn(command),
            Err(Refusal::Wrong(..)) => handoff::hand_on(Program::Aws, invocation, streams),
            Err(Refusal::Missing) => {
                failure::print(Kind::General, &reason, Format::default(), streams.err);
                Outcome::Exit(Kind::General.exit_code())
            }
        },
        Err(Ended { failure: Failure::Said(kind, message), format }) => {
            failure::print(kind, &message, format, streams.err);
            Outcome::Exit(kind.exit_code())
        }
    }
}

fn print(text: &str, streams: &mut Streams) -> Outcome {
    match streams.out.write_all(text.as_bytes()).and_then(|()| streams.out.flush()) {
        Ok(()) => Outcome::Exit(0),
        Err(error) => {
            // Whoever read the output has gone: nothing to add.
            if error.kind() != ErrorKind::BrokenPipe {
                let text = io_error(&error);
                failure::print(Kind::General, &text, Format::default(), streams.err);
                let note = format!("Exception ignored while flushing sys.stdout:\nOSError: {text}\n");
                let _ = streams.err.write_all(note.as_bytes());
            }
            Outcome::Exit(UNFLUSHED)
        }
    }
}

/// A failure and the form in which it is to be printed.
struct Ended {
    failure: Failure,
    format: Format,
}

impl From<Failure> for Ended {
    /// Before there is a session, the form is the default one.
    fn from(failure: Failure) -> Self {
        Self { failure, format: Format::default() }
    }
}

fn answer(plan: &Plan, invocation: &Invocation) -> Result<String, Ended> {
    if let Some(message) = &plan.first {
        return Err(Failure::param(message.clone()).into());
    }
    let texts = Texts::read(invocation)?;
    let files = texts.parse()?;
    if checks::has_plugins(&files) {
        let reason = "the settings ask for plugins (cli_legacy_plugin_path), which only the real aws loads";
        return Err(Failure::Theirs(reason.to_owned()).into());
    }
    if plan.prompt && plan.no_prompt {
        let text = "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.";
        return Err(Failure::param(text).into());
    }
    let session = Session::new(invocation, &files, None);
    if !plan.no_prompt && checks::prompts(&session)? {
        let reason = "the settings ask for prompts (cli_auto_prompt), which only the real aws has";
        return Err(Failure::Theirs(reason.to_owned()).into());
    }
    let aliases = alias::read(invocation)?;
    let aliases = aliases.as_deref().map(|text| alias::parse(text, invocation)).transpose()?;
    let globals = match &plan.globals {
        Ok(globals) => globals,
        Err(Stop::Error(message)) => return Err(ended(Failure::param(message.clone()), &session, None)),
        Err(Stop::Version | Stop::OtherCommand(_)) => return Err(other_command(&plan.command).into()),
    };
    checks::globals(globals).map_err(|failure| ended(failure, &session, Some(globals)))?;
    let profile = globals.get("--profile").map(|name| shown(name).into_owned()).filter(|name| !name.is_empty());
    let session = if profile.is_some() { Session::new(invocation, &files, profile) } else { session };
    let ended = |failure| ended(failure, &session, Some(globals));
    checks::output_encoding(&session).map_err(ended)?;
    checks::session(&session, globals).map_err(ended)?;
    let aliased = aliases.map(|aliases| alias::follow(&aliases, globals)).transpose().map_err(ended)?.flatten();
    let Some(globals) = aliased else {
        return presign(&plan.command, globals, &session).map_err(ended);
    };
    checks::globals(&globals).map_err(ended)?;
    presign(&args::command(&globals), &globals, &session)
        .map_err(|failure| self::ended(failure, &session, Some(&globals)))
}

fn other_command(command: &Command) -> Failure {
    let name = if let Command::Other(name) = command { name } else { "this" };
    Failure::Theirs(format!("{name} is the real aws's to answer"))
}

/// The failure in the form that option, environment or profile ask for; plain where the profile
/// that would say so is not there.
fn ended(failure: Failure, session: &Session, globals: Option<&Parsed>) -> Ended {
    let option = globals.and_then(|globals| globals.get("--cli-error-format"));
    let name = match option {
        Some(name) => Ok(Some(shown(name).into_owned())),
        None => session.text("AWS_CLI_ERROR_FORMAT", "cli_error_format"),
    };
    let format = match name {
        Err(_) => Format::Legacy,
        Ok(None) => Format::default(),
        Ok(Some(name)) => Format::of_name(&name).unwrap_or_else(|| Format::Unknown {
            name: name.to_lowercase(),
            // Once the options are read, the CLI's logger keeps quiet.
            warn: globals.is_none(),
        }),
    };
    Ended { failure, format }
}

fn presign(command: &Command, globals: &Parsed, session: &Session) -> Result<String, Failure> {
    let Presign { parsed } = match command {
        Command::Presign(presign) => presign,
        Command::Wrong(message) => return Err(Failure::param(message.clone())),
        Command::Other(_) => return Err(other_command(command)),
    };
    let parsed = parsed.as_ref().map_err(|message| Failure::param(message.clone()))?;
    let invocation = session.invocation;

    let path = parsed.positional.as_deref().unwrap_or_default();
    let path = match paramfile::load(path, "path", invocation)? {
        Value::Text(path) => path,
        Value::Bytes(bytes) => {
            return Err(Failure::report(&format!(
                "Invalid type for parameter input, value: {}, type: <class 'bytes'>, valid types: <class 'str'>",
                repr_of_bytes(&bytes)
            )));
        }
    };
    let expires = match parsed.get("--expires-in") {
        Some(argument) => expires_in(argument, invocation)?,
        None => Int::from(3600),
    };
    if !parsed.extras.is_empty() {
        return Err(Failure::param(args::unknown_options(&parsed.extras)));
    }

    let client = Client::create(session, globals)?;
    let (bucket, key) = bucket::split(bucket::without_scheme(&path))?;
    let resolved = link::resolve(&client, bucket)?;
    if key.is_empty() && client.validate_parameters {
        return Err(Failure::report("Invalid length for parameter Key, value: 0, valid min length: 1"));
    }
    let key = encode(key).map_err(Failure::general)?;
    let target = Target::new(&client, resolved)?;
    if !client.signed {
        return Ok(target.unsigned(key));
    }
    target.check_scheme()?;
    let credentials = link::credentials(client.found, &session.context())?;
    target.sign(key, &credentials, &expires, invocation.now)
}

fn expires_in(argument: &OsStr, invocation: &Invocation) -> Result<Int, Failure> {
    let invalid = |shown: String| Failure::general(format!("invalid literal for int() with base 10: {shown}"));
    match paramfile::load(argument, "--expires-in", invocation)? {
        Value::Text(text) => match text.to_str() {
            Some(text) => int(text).map_err(Failure::general),
            None => Err(invalid(repr_bytes(text.as_encoded_bytes()))),
        },
        Value::Bytes(bytes) => {
            let ascii = std::str::from_utf8(&bytes).ok().filter(|text| text.is_ascii());
            let number = ascii.and_then(|text| int(text).ok());
            number.ok_or_else(|| invalid(repr_of_bytes(&bytes)))
        }
    }
}
