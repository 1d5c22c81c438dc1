//! The process's end: a full disk and a reader that has gone.

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

/// (arguments, exit code, what is said of a full disk)
const CALLS: &[(&[&str], i32, &str)] = &[
    (
        &["aws", "s3", "presign", "s3://b/k"],
        120,
        "\naws: [ERROR]: [Errno 28] No space left on device\nException ignored while flushing sys.stdout:\nOSError: \
         [Errno 28] No space left on device\n",
    ),
    (&["s3cmd", "signurl", "s3://b/k", "2000000000"], 74, "ERROR: [Errno 28] No space left on device\n"),
];

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presign"));
    let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY", "AWS_SECRET_KEY"];
    command.args(args).env_clear().envs(keys.map(|name| (name, "x"))).stderr(Stdio::piped());
    command
}

#[test]
fn a_full_disk_is_an_error() {
    for (args, exit, said) in CALLS {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = command(args).stdout(full).output().expect("it runs");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(*exit), *said));
    }
}

#[test]
fn a_broken_pipe_is_quiet() {
    for (args, exit, _) in CALLS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = command(args).stdout(writer).output().expect("it runs");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(*exit), &b""[..]));
    }
}
