//! `presign url`: links for `s3://` URIs, given as arguments or as lines.

use super::bar::Bar;
use super::stream::{self, Problems};
use super::wrong;
use crate::invocation::{Invocation, Outcome, Streams};
use crate::persona::aws::presigner::{Options, Presigner, prepare};
use crate::python::text::{shown, strerror};
use crate::sign::v4::MAX_EXPIRES;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::ffi::OsString;
use std::io;

const AFTER: &str = "\
With `-`, or without a URI where standard input is no terminal, there is one URI a
line: the lines may come one by one and without end, and memory does not grow. A line
ends with LF or CR LF, so a key that ends with CR is one for an argument. A line may
have 65,536 bytes.

Each link is a line, in the order of the URIs. What is no URI of an object is reported
with its line's number, the rest goes on, and the exit status is 1.

Profiles, keys, regions and endpoints are found as `aws s3 presign` finds them, once, at
the start, and the links are the same, byte for byte.

Examples:
  presign url s3://bucket/a.jpg s3://bucket/b.jpg --expires-in 86400
  presign url --profile backup - < uris.txt > links.txt
  aws s3api list-objects-v2 --bucket b --query 'Contents[].[Key]' --output text |
    sed 's|^|s3://b/|' | presign url";

pub fn command() -> Command {
    let value = |name: &'static str, metavar: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(metavar).help(help)
    };
    Command::new("url")
        .about("Make links for s3:// URIs, one or millions")
        .after_help(AFTER)
        .arg(
            value("expires-in", "SECONDS", "The links' life, 1 to 604800 seconds (seven days)")
                .value_parser(value_parser!(i64).range(1..=MAX_EXPIRES))
                .default_value("3600"),
        )
        .arg(setting(value("profile", "NAME", "The profile whose settings and keys count")))
        .arg(setting(value("region", "REGION", "The region that signs")))
        .arg(setting(value("endpoint-url", "URL", "The server's URL instead of AWS's")))
        .arg(
            Arg::new("no-sign-request")
                .long("no-sign-request")
                .action(ArgAction::SetTrue)
                .help("Bare URLs, without a signature"),
        )
        .arg(
            value("jobs", "N", "How many threads sign [default: one a processor]")
                .value_parser(value_parser!(u16).range(1..=1024)),
        )
        .arg(
            Arg::new("uri")
                .value_name("S3URI")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .help("s3://BUCKET/KEY, or - for lines on standard input"),
        )
}

/// An option whose value may be any bytes, an empty text too.
fn setting(arg: Arg) -> Arg {
    arg.value_parser(value_parser!(OsString)).allow_hyphen_values(true)
}

/// What a command line asks for.
struct Plan {
    options: Options,
    /// `None`: the lines of standard input.
    uris: Option<Vec<OsString>>,
    jobs: usize,
}

impl Plan {
    fn of(matches: &ArgMatches, invocation: &Invocation) -> Result<Self, &'static str> {
        let text = |name: &str| matches.get_one::<OsString>(name).cloned();
        let uris: Vec<OsString> = matches.get_many("uri").unwrap_or_default().cloned().collect();
        let from_input = match uris.as_slice() {
            [] if invocation.terminals.input() => return Err("no S3URI is given, and standard input is a terminal"),
            [] => true,
            [only] => only == "-",
            several if several.iter().any(|uri| uri == "-") => return Err("`-` stands alone, without other URIs"),
            _ => false,
        };
        let jobs = match matches.get_one::<u16>("jobs") {
            Some(&jobs) => jobs.into(),
            None if from_input => std::thread::available_parallelism().map_or(1, usize::from),
            None => 1,
        };
        Ok(Self {
            options: Options {
                profile: text("profile"),
                region: text("region"),
                endpoint_url: text("endpoint-url"),
                no_sign_request: matches.get_flag("no-sign-request"),
                expires_in: matches.get_one("expires-in").copied().unwrap_or(3600),
            },
            uris: (!from_input).then_some(uris),
            jobs,
        })
    }
}

pub fn run(matches: &ArgMatches, invocation: &Invocation, streams: &mut Streams) -> Outcome {
    let plan = match Plan::of(matches, invocation) {
        Ok(plan) => plan,
        Err(message) => {
            let mut command = super::command();
            command.build();
            let usage =
                command.find_subcommand_mut("url").map(|url| url.error(ErrorKind::MissingRequiredArgument, message));
            return usage.map_or(Outcome::Exit(2), |error| wrong(&error, streams));
        }
    };
    let presigner = match prepare(invocation, &plan.options) {
        Ok(presigner) => presigner,
        Err(message) => {
            say(&message, streams);
            return Outcome::Exit(1);
        }
    };
    let ended = match &plan.uris {
        Some(uris) => of_arguments(&presigner, uris, invocation, streams),
        None => {
            let is_watched = invocation.terminals.err() && !invocation.terminals.out();
            let bar = is_watched.then(Bar::new);
            stream::run(&presigner, &invocation.clock, plan.jobs, streams, bar)
        }
    };
    match ended {
        Ok(Problems::None) => Outcome::Exit(0),
        Ok(Problems::Some) => Outcome::Exit(1),
        Err(stream::Error::Read(error)) => {
            say(&format!("cannot read standard input: {}", strerror(&error)), streams);
            Outcome::Exit(1)
        }
        Err(stream::Error::Write(error)) => {
            // Whoever read the links has gone: nothing to add.
            if error.kind() != io::ErrorKind::BrokenPipe {
                say(&format!("cannot write the links: {}", strerror(&error)), streams);
            }
            Outcome::Exit(1)
        }
    }
}

fn say(message: &str, streams: &mut Streams) {
    // A reader that has gone away changes nothing.
    let _ = writeln!(streams.err, "presign: {message}");
}

/// The links of the arguments. A command line is short: one thread, and one time for all.
fn of_arguments(
    presigner: &Presigner,
    uris: &[OsString],
    invocation: &Invocation,
    streams: &mut Streams,
) -> Result<Problems, stream::Error> {
    let mut links = presigner.links(invocation.now);
    let mut problems = Problems::None;
    let mut out = Vec::new();
    for uri in uris {
        match links.push(uri.as_encoded_bytes(), &mut out) {
            Ok(()) => out.push(b'\n'),
            Err(reason) => {
                problems = Problems::Some;
                say(&format!("{}: {reason}", shown(uri)), streams);
            }
        }
    }
    streams.out.write_all(&out).and_then(|()| streams.out.flush()).map_err(stream::Error::Write)?;
    Ok(problems)
}
