//! Signals: the real program's death is the process's own, and what was ignored stays ignored.

use super::stage::{Line, Stage};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};

const PROGRAMS: [&str; 2] = ["aws", "s3cmd"];

/// A call of a program here, with no signal ignored, as those of a job in the background are.
fn call<'a>(stage: &'a Stage, path: &str) -> Line<'a> {
    stage.direct("/usr/bin/env").args(["--default-signal".as_ref(), stage.at(path).as_os_str()])
}

/// The call by us and the stand-in's own.
fn both<'a>(stage: &'a Stage, program: &str) -> [Line<'a>; 2] {
    [call(stage, &format!("ours/{program}")), call(stage, &format!("bin/{program}"))]
}

/// Sends a signal to a process, or to a group if the number is negative.
fn kill(signal: &str, to: i64) {
    let status = Command::new("/bin/sh").args(["-c", "kill -s \"$0\" -- \"$1\"", signal, &to.to_string()]).status();
    assert!(status.expect("sh runs").success());
}

/// Waits for the line that says that the stand-in is there.
fn ready(child: &mut Child) -> BufReader<std::process::ChildStdout> {
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    assert_eq!(line, "ready\n");
    reader
}

#[test]
fn death_by_signal() {
    let stage = Stage::with_shells();
    for (name, number) in [
        ("HUP", 1),
        ("INT", 2),
        ("QUIT", 3),
        ("ABRT", 6),
        ("FPE", 8),
        ("KILL", 9),
        ("USR1", 10),
        ("SEGV", 11),
        ("PIPE", 13),
        ("ALRM", 14),
        ("TERM", 15),
    ] {
        let script = format!("ulimit -c 0; kill -s {name} $$; echo still here");
        for program in PROGRAMS {
            let ended = call(&stage, &format!("ours/{program}")).args(["-c", &script]).run();
            assert_eq!((ended.status.signal(), ended.stdout.as_str()), (Some(number), ""), "{program} {name}");
        }
    }
}

/// Who started us kills the real program by the number that it knows.
#[test]
fn death_from_outside() {
    let stage = Stage::with_shells();
    for (name, number) in [("TERM", 15), ("KILL", 9), ("INT", 2)] {
        for program in PROGRAMS {
            let line = call(&stage, &format!("ours/{program}")).args(["-c", "echo ready; read line"]);
            let mut line = line.stdin(Stdio::piped());
            let mut child = line.spawn();
            let _reader = ready(&mut child);
            kill(name, child.id().into());
            assert_eq!(child.wait().expect("the program ends").signal(), Some(number), "{program} {name}");
        }
    }
}

/// SIGINT to the group, as a terminal sends it: a real program that dies of it, one that catches
/// it, and one that was started to ignore it.
#[test]
fn interrupted_group() {
    const WAIT: &str = "echo ready; read line; echo \"$line\"";
    let stage = Stage::with_shells().script("deaf", "trap '' INT\nexec {ROOT}/ours/aws \"$@\"");
    for program in PROGRAMS {
        for line in both(&stage, program) {
            assert_eq!(interrupt(line.args(["-c", WAIT])), (None, Some(2), String::new()), "{program}");
        }
        for line in both(&stage, program) {
            let script = format!("trap 'echo caught; exit 9' INT; {WAIT}");
            assert_eq!(interrupt(line.args(["-c", &script])), (Some(9), None, "caught\n".to_owned()), "{program}");
        }
    }
    let ended = interrupt(stage.direct("deaf").args(["-c", WAIT]));
    assert_eq!(ended, (Some(0), None, "go on\n".to_owned()));
}

/// Exit code, signal, and what was said after "ready".
fn interrupt(line: Line) -> (Option<i32>, Option<i32>, String) {
    let mut line = line.stdin(Stdio::piped());
    line.command.process_group(0);
    let mut child = line.spawn();
    let mut reader = ready(&mut child);
    kill("INT", -i64::from(child.id()));
    // Nobody may be there any more to read it.
    let _ = child.stdin.take().expect("a pipe").write_all(b"go on\n");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).expect("text");
    let status = child.wait().expect("the program ends");
    (status.code(), status.signal(), rest)
}

/// A real program whose reader goes away dies of SIGPIPE: that the Rust runtime ignores the signal
/// for us is not handed on.
#[test]
fn broken_pipe() {
    let stage = Stage::with_shells();
    for program in PROGRAMS {
        for line in both(&stage, program) {
            let mut line = line.args(["-c", "echo ready; while :; do echo more; done"]);
            let mut child = line.spawn();
            drop(ready(&mut child));
            assert_eq!(child.wait().expect("the program ends").signal(), Some(13), "{program}");
        }
    }
}

/// Ignored and blocked signals are those of our caller. But for SIGPIPE: the standard library
/// gives it back its default action before exec, even if the caller ignored it.
#[test]
fn inherited_dispositions() {
    // By the shell itself, which blocks signals while it starts another program.
    const LOOK: &str = "while read -r line; do case $line in SigBlk*|SigIgn*) echo $line;; esac; done </proc/$$/status";
    let stage = Stage::with_shells();
    for trap in ["", "trap '' HUP; ", "trap '' INT QUIT; ", "trap '' TERM USR1 CHLD TSTP; "] {
        let start = |path: &str| {
            let script = format!("{trap}exec {path} -c \"{}\"", LOOK.replace('$', "\\$"));
            stage.direct("bin/aws").args(["-c", &stage.fill(&script)]).run()
        };
        let ours = start("{ROOT}/ours/aws");
        assert_eq!(ours, start("{ROOT}/bin/aws"), "{trap}");
        assert!(ours.stdout.contains("SigIgn"), "{ours:?}");
    }
}
