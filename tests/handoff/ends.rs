//! Exit codes and standard input.

use super::stage::Stage;
use std::io::Write;
use std::process::Stdio;

#[test]
fn every_exit_code() {
    let stage = Stage::with_shells();
    for code in 0..=255 {
        let program = if code % 2 == 0 { "aws" } else { "s3cmd" };
        let script = format!("echo out; echo err >&2; exit {code}");
        let ended = stage.call(program).args(["-c", &script]).run();
        assert_eq!(ended.parts(), (Some(code), "out\n", "err\n"), "{program}");
    }
}

/// A megabyte of every byte, also those that a reader of lines would stop at.
#[test]
fn standard_input() {
    let stage = Stage::new()
        .script("bin/aws", "/bin/cat >{ROOT}/read; echo \"$@\"")
        .script("bin/s3cmd", "/bin/cat >{ROOT}/read; echo \"$@\"");
    let bytes: Vec<u8> = (0..1_048_576_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (program, args) in [("aws", ["s3", "cp", "-", "s3://b/k"]), ("s3cmd", ["put", "-", "s3://b/k", "-v"])] {
        let mut line = stage.call(program).args(args).stdin(Stdio::piped());
        let mut child = line.spawn();
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(&bytes).expect("the stand-in reads all");
        drop(pipe);
        assert_eq!(line.end(child).parts(), (Some(0), format!("{}\n", args.join(" ")).as_str(), ""));
        assert!(std::fs::read(stage.at("read")).expect("what was read") == bytes, "{program}");
    }
}

/// What we answer ourselves leaves standard input to whoever comes next.
#[test]
fn our_own_answer_reads_no_input() {
    let stage = Stage::with_recorders().file("in", "for the next one\n").script(
        "both",
        "export AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b\n\
         {ROOT}/ours/aws s3 presign s3://b/k >/dev/null\n{ROOT}/ours/s3cmd signurl s3://b/k +60 >/dev/null\n/bin/cat",
    );
    let input = std::fs::File::open(stage.at("in")).expect("the file");
    assert_eq!(stage.direct("both").stdin(input.into()).run().parts(), (Some(0), "for the next one\n", ""));
    assert!(stage.record("bin/aws").is_none() && stage.record("bin/s3cmd").is_none());
}
