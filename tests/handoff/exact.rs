//! Arguments, environment, descriptors and process: as they were given, byte for byte.

use super::stage::{Line, MARKER, Stage, marker};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

fn bytes(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.to_vec())
}

/// Makes the call, and checks what the stand-in got: these arguments, the environment and the
/// marker, in the same process.
fn check<S: AsRef<OsStr>>(stage: &Stage, program: &str, line: Line, args: &[S]) {
    let stand_in = format!("bin/{program}");
    stage.forget(&stand_in);
    let mut line = line.args(args);
    let child = line.spawn();
    let pid = child.id();
    let ended = line.end(child);
    let shown: Vec<_> = args.iter().take(9).map(AsRef::as_ref).collect();
    assert_eq!(ended.parts(), (Some(0), format!("{{ROOT}}/{stand_in}\n").as_str(), ""), "{program} {shown:?}");

    let record = stage.record(&stand_in).expect("the stand-in was called");
    assert_eq!(record.pid, pid, "{program} {shown:?}");
    assert_eq!(record.args.len(), args.len(), "{program} {shown:?}");
    for (got, given) in record.args.iter().zip(args) {
        assert_eq!(got, given.as_ref(), "{program} {shown:?}");
    }
    let (mut got, mut expected) = (record.env, line.entries());
    expected.push(marker(pid));
    got.sort();
    expected.sort();
    assert!(got == expected, "{program} {shown:?}: the environment differs");
}

#[test]
fn ordinary_lines() {
    let stage = Stage::with_recorders();
    for line in [
        "aws s3 cp a s3://bucket/a",
        "aws s3 cp s3://bucket/a - --quiet",
        "aws s3 cp --recursive --exclude * --include *.jpg . s3://bucket",
        "aws s3 ls",
        "aws s3 ls s3://bucket --human-readable --summarize",
        "aws s3 sync . s3://bucket --delete --dryrun",
        "aws s3 mb s3://bucket --region eu-west-1",
        "aws --profile work s3 rm s3://bucket/key --expires-in 60",
        "aws s3api get-object --bucket b --key presign out",
        "aws s3api list-buckets --query Buckets[].Name --output text",
        "aws sts get-caller-identity --no-sign-request",
        "aws ec2 describe-instances --filters Name=tag:x,Values=s3,presign",
        "aws configure set region eu-west-1",
        "aws help",
        "aws --version",
        "aws",
        "s3cmd ls",
        "s3cmd ls s3://bucket -H --recursive",
        "s3cmd put -P file s3://bucket/signurl",
        "s3cmd -c other.cfg get s3://bucket/key -",
        "s3cmd sync --delete-removed --exclude *.tmp . s3://bucket/",
        "s3cmd setacl s3://bucket --acl-grant=read:user",
        "s3cmd cfinval --cf-invalidate s3://bucket/key",
        "s3cmd --configure",
        "s3cmd",
    ] {
        let mut words = line.split(' ');
        let program = words.next().expect("a program");
        check(&stage, program, stage.call(program), &words.collect::<Vec<_>>());
    }
}

#[test]
fn odd_arguments() {
    let stage = Stage::with_recorders();
    let odd: Vec<OsString> = [
        &b""[..],
        b"",
        b" ",
        b"-",
        b"\xff\xfe",
        b"--\xff=\x80",
        b"caf\xe9",
        b"\xed\xa0\x80",
        b"a\nb\tc\x01\x7f",
        b"$HOME `id` \"'\\*?",
        b"--",
        b"--expires",
        b"in",
        b"signurl",
        b"presign",
        b"",
    ]
    .map(bytes)
    .into();
    for (program, start) in [("aws", &["s3", "cp"][..]), ("aws", &["", "s3"]), ("s3cmd", &["put"]), ("s3cmd", &[""])] {
        let args: Vec<OsString> = start.iter().map(OsString::from).chain(odd.iter().cloned()).collect();
        check(&stage, program, stage.call(program), &args);
    }
    // In front of the command, too.
    check(&stage, "aws", stage.call("aws"), &odd);
    check(&stage, "s3cmd", stage.call("s3cmd"), &odd);
}

#[test]
fn a_hundred_thousand_arguments() {
    let stage = Stage::with_recorders();
    for (program, command) in [("aws", "s3"), ("s3cmd", "put")] {
        let rest = (0..100_000).map(|number| match number % 4 {
            0 => OsString::new(),
            1 => bytes(b"\xff"),
            2 => "--x=y".into(),
            _ => number.to_string().into(),
        });
        let args: Vec<OsString> = std::iter::once(command.into()).chain(rest).collect();
        check(&stage, program, stage.call(program), &args);
    }
}

#[test]
fn the_environment() {
    let stage = Stage::with_recorders();
    for program in ["aws", "s3cmd"] {
        let line = stage
            .call(program)
            .env("EMPTY", "")
            .env("A B", "a name that no shell can set")
            .env("LINES", "a\nb\n=c")
            .env("AWS_PROFILE", bytes(b"caf\xe9 \xff"))
            .env(bytes(b"N\xe9"), "x")
            .env("LD_LIBRARY_PATH", "/nowhere")
            .env("PYTHONPATH", "/nowhere");
        check(&stage, program, line, &["ls"]);
    }
}

#[test]
fn an_environment_of_two_megabytes() {
    let stage = Stage::with_recorders();
    for program in ["aws", "s3cmd"] {
        let line = (0..20).fold(stage.call(program), |line, number| {
            line.env(format!("BIG_{number}"), bytes(&[b'a', 0xff].repeat(50_000)))
        });
        check(&stage, program, line, &["ls"]);
    }
}

/// What a process sees of itself, by `/bin/sh` in the place of the real program. (No pipeline: the
/// shell has its ends open for a while.)
const LOOK: &str = "\
for fd in /proc/$$/fd/*; do echo \"${fd##*/}\"; /bin/readlink \"$fd\"; done
/bin/pwd; umask; ulimit -a; echo \"$0\" \"$@\"
/bin/tr '\\0' '|' </proc/$$/cmdline; /bin/cat /proc/$$/comm";

/// The name that the real program sees is its path; it has no descriptor that it would not have
/// without us, and none less; folder, mask and limits are the same.
#[test]
fn the_process() {
    let stage = Stage::with_shells().file("in", "").file("out", "").file("err", "");
    for program in ["aws", "s3cmd"] {
        let look = |line: Line| {
            let open = |name: &str| File::options().read(true).append(true).open(stage.at(name)).expect("a file");
            let mut line = line.args(["-c", LOOK, "zero", "one", ""]).stdin(open("in").into());
            line.command.stderr(open("err"));
            line.run()
        };
        let (ours, direct) = (look(stage.call(program)), look(stage.direct(format!("bin/{program}"))));
        assert_eq!(without_pipes(&ours.stdout), without_pipes(&direct.stdout));
        assert!(ours.stdout.contains(&format!("{{ROOT}}/bin/{program}|-c|")), "{}", ours.stdout);
        assert!(ours.status.success());
    }
}

/// Pipes have another number in each call.
fn without_pipes(text: &str) -> Vec<&str> {
    text.lines().map(|line| line.split_once(":[").map_or(line, |(kind, _)| kind)).collect()
}

/// Descriptors that the caller left open go through.
#[test]
fn inherited_descriptors() {
    let stage = Stage::with_shells().file("three", "third\n").script(
        "call",
        "exec 3<three 7>seven\nexec {ROOT}/ours/aws -c '/bin/cat <&3; echo written >&7; /bin/ls /proc/$$/fd'",
    );
    let ended = stage.direct("call").run();
    assert!(ended.stdout.starts_with("third\n"), "{ended:?}");
    assert!(ended.stdout.lines().any(|line| line == "7"), "{ended:?}");
    assert_eq!(std::fs::read_to_string(stage.at("seven")).ok().as_deref(), Some("written\n"));
}

/// A marker from before is replaced, not added to.
#[test]
fn one_marker() {
    let stage = Stage::with_recorders();
    stage.call("aws").args(["s3", "ls"]).env(MARKER, "1 3 7:7").run();
    let record = stage.record("bin/aws").expect("the stand-in was called");
    let marker = marker(record.pid).into_string().expect("text").replacen(" 1 ", " 4 ", 1);
    let markers: Vec<_> = record.env.iter().filter(|entry| entry.as_bytes().starts_with(MARKER.as_bytes())).collect();
    // Another process's marker says nothing of which files are us, only how often.
    assert_eq!(markers, [&OsString::from(marker)]);
}

/// Under our own name, too.
#[test]
fn by_our_own_name() {
    let stage = Stage::with_recorders().link(super::stage::PRESIGN, "ours/presign");
    for (program, args) in [("aws", ["aws", "s3", "ls"]), ("s3cmd", ["s3cmd", "ls", "-l"])] {
        let ended = stage.call("presign").args(args).run();
        assert_eq!(ended.parts(), (Some(0), format!("{{ROOT}}/bin/{program}\n").as_str(), ""));
        let record = stage.record(&format!("bin/{program}")).expect("the stand-in was called");
        assert_eq!(record.args, args[1..].iter().map(OsString::from).collect::<Vec<_>>());
    }
}
