//! The program: one call of the library, and the process's end.

use presign::invocation::Stdin;
use presign::{Invocation, Outcome, Streams, handoff};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut input, mut out, mut err) = (Stdin, std::io::stdout(), std::io::stderr());
    let mut streams = Streams { input: &mut input, out: &mut out, err: &mut err };
    ExitCode::from(match presign::run(&Invocation::of_process(), &mut streams) {
        Outcome::Exit(code) => code,
        Outcome::HandOn(command) => handoff::become_command(command),
    })
}
