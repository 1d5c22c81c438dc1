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
mod options;
mod paramfile;
mod session;
mod table;
mod yaml;

use crate::argv::argparse::{Parsed, Stop};
use crate::credentials::{Context, Found};
use crate::endpoint::rules::{self, Params, Resolved, Scheme};
use crate::handoff::{self, Program, Refusal};
use crate::invocation::{Invocation, Outcome, Streams};
use crate::python::int::{Int, int};
use crate::python::repr::{repr_bytes, repr_of_bytes};
use crate::python::text::{encode, io_error, shown};
use crate::python::url::urlsplit;
use crate::sign::encode::{Keep, push};
use crate::sign::{v4, v4a};
use args::{Command, Plan, Presign};
use client::Client;
use failure::{Failure, Format, Kind};
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
    let mut session = Session { invocation, files: &files, profile_option: None };
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
    session.profile_option =
        globals.get("--profile").map(|name| shown(name).into_owned()).filter(|name| !name.is_empty());
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
    bucket::check(bucket)?;
    client.check_types()?;
    let bucket = encode(bucket).map_err(Failure::general)?;
    let resolved = rules::resolve(&Params {
        bucket,
        region: &client.regions.rules,
        fips: client.fips,
        dualstack: client.dualstack,
        accelerate: client.s3.accelerate,
        force_path_style: client.force_path_style() && !is_arn(bucket),
        endpoint: client.endpoint.as_deref(),
        use_arn_region: client.s3.use_arn_region,
        disable_multi_region: client.s3.disable_multi_region,
        disable_express_session: client.disable_express_session,
    })
    .map_err(|text| refusal(&text))?;
    if key.is_empty() && client.validate_parameters {
        return Err(Failure::report("Invalid length for parameter Key, value: 0, valid min length: 1"));
    }
    let key = encode(key).map_err(Failure::general)?;
    sign(client, session, &resolved, key, &expires)
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

/// `ArnParser.is_arn`: such a bucket never stands in the path.
fn is_arn(bucket: &str) -> bool {
    bucket.starts_with("arn:") && bucket.split(':').count() >= 6
}

/// botocore's exception for a rule's text.
fn refusal(text: &str) -> Failure {
    const ACCESS_POINTS: [&str; 6] = [
        "S3 Outposts does not support",
        "S3 MRAP does not support",
        "S3 Object Lambda does not support",
        "Access Points do not support",
        "Invalid configuration:",
        "Client was configured for partition",
    ];
    if text.starts_with("Invalid region in ARN: ") {
        let label = text.split('`').nth(1).unwrap_or(text);
        return Failure::general(format!(
            "Invalid host label to be bound to the hostname of the endpoint: \"{label}\"."
        ));
    }
    if matches!(text, "S3 Object Lambda does not support S3 Accelerate" | "Accelerate cannot be used with FIPS") {
        return Failure::general(format!("Unsupported configuration when using S3: {text}"));
    }
    if ACCESS_POINTS.iter().any(|start| text.starts_with(start)) {
        return Failure::general(format!("Unsupported configuration when using S3 access-points: {text}"));
    }
    if text.to_lowercase().starts_with("invalid arn:") {
        return Failure::report(text);
    }
    Failure::general(text)
}

fn sign(client: Client, session: &Session, resolved: &Resolved, key: &str, expires: &Int) -> Result<String, Failure> {
    // Line ends and tabs are dropped wherever Python splits a URL.
    let url = resolved.url.replace(['\t', '\r', '\n'], "");
    let url = urlsplit(&url).map_err(Failure::general)?;
    let mut path = url.path.strip_suffix('/').unwrap_or(url.path).to_owned();
    path.push('/');
    push(&mut path, key, Keep::Slash);
    if key.is_empty() && !url.path.is_empty() {
        path = url.path.to_owned();
    }
    let origin = format!("{}://{}", url.scheme, url.netloc);
    if !client.signed {
        return Ok(origin + &path);
    }
    let profile = session.profile_or_default();
    let context = Context {
        invocation: session.invocation,
        files: session.files,
        profile: &profile,
        profile_option: session.profile_option.is_some(),
    };
    if resolved.scheme == Scheme::Express {
        return Err(Failure::Theirs(
            "an S3 Express bucket needs a session (CreateSession), which this version of presign does not ask for; set \
             s3_disable_express_session_auth = true to sign without one"
                .to_owned(),
        ));
    }
    let credentials = match client.found.ok_or_else(Failure::no_credentials)? {
        Found::Ready(credentials) => credentials,
        Found::Expiring(expiring) => expiring.now(&context).map_err(Failure::general)?,
        Found::Unusable(reason) => return Err(Failure::general(reason)),
        Found::Network(source) => {
            return Err(Failure::Theirs(format!(
                "the profile's credentials come from {source}, which this version of presign does not ask for"
            )));
        }
    };
    let mut host = url.hostname().unwrap_or_default();
    if url.is_ipv6() {
        host = format!("[{host}]");
    }
    if let Ok(Some(port)) = url.port()
        && port != if url.scheme == "https" { 443 } else { 80 }
    {
        host.push_str(&format!(":{port}"));
    }
    let request = v4::Request { method: "GET", origin: &origin, host: &host, path: &path, query: &[] };
    let (service, time) = (resolved.service, session.invocation.now);
    if resolved.scheme == Scheme::V4a {
        // The real program's signer refuses these without a word, and counts in 64 bits.
        if expires.as_str() == "0" || expires.as_str().starts_with('-') {
            return Err(Failure::general(""));
        }
        let scope = v4a::Scope { service, time, expires: Some(expires.modulo_u64()).filter(|expires| *expires > 0) };
        return Ok(v4a::presign(&request, &credentials, &scope).url);
    }
    let region = resolved.region.as_deref().unwrap_or(&client.regions.signing);
    let scope = v4::Scope { region, service, time, expires: expires.as_str() };
    Ok(v4::presign(&request, &credentials, &scope).url)
}
