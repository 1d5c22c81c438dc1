//! Who we are for this call: by the name that the program was called by.
//!
//! A persona knows its program's options, the order of its settings, its messages and exit codes,
//! and nothing of the other personas.

pub mod aws;
pub mod native;
pub mod s3cmd;

use crate::handoff::{PROBE, Program, hand_on};
use crate::invocation::{Invocation, Outcome, Streams};
use std::path::Path;

/// The program whose place we take, if the name is exactly its name. On Windows, case and `.exe`
/// do not matter.
pub fn of_name(name: &std::ffi::OsStr) -> Option<Program> {
    let file = Path::new(name).file_name()?.to_str()?;
    let file = if cfg!(windows) {
        let lower = file.to_ascii_lowercase();
        lower.strip_suffix(".exe").unwrap_or(&lower).to_owned()
    } else {
        file.to_owned()
    };
    [Program::Aws, Program::S3cmd].into_iter().find(|program| program.name() == file)
}

/// Runs the call as the persona of its name.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    match of_name(&invocation.program) {
        Some(_) if invocation.args == ["--version"] && invocation.env.get(PROBE).is_some() => {
            let text = format!("presign {}\n", env!("CARGO_PKG_VERSION"));
            Outcome::Exit(u8::from(streams.out.write_all(text.as_bytes()).is_err()))
        }
        Some(program) => run_as(program, invocation, streams),
        None => native::run(invocation, streams),
    }
}

/// Runs the call as the persona of a program.
pub fn run_as(program: Program, invocation: &Invocation, streams: &mut Streams) -> Outcome {
    if invocation.env.get("PRESIGN_BYPASS").is_some_and(|value| value == "1") {
        return hand_on(program, invocation, streams);
    }
    match program {
        Program::Aws => aws::run(invocation, streams),
        Program::S3cmd => s3cmd::run(invocation, streams),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_exactly() {
        for (name, program) in [
            ("aws", Some(Program::Aws)),
            ("/usr/local/bin/s3cmd", Some(Program::S3cmd)),
            ("./aws", Some(Program::Aws)),
            ("presign", None),
            ("xaws", None),
            ("aws2", None),
            ("AWS", None),
            ("", None),
        ] {
            assert_eq!(of_name(name.as_ref()), program, "{name}");
        }
    }
}
