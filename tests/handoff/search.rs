//! Finding the real program: what PATH may hold, and loops. Each call ends at once, by the right
//! program or with one clear line.

use super::stage::{Stage, marker};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// How a call ends.
enum End {
    /// By the program at this path, which says it.
    By(&'static str),
    /// With this exit code and the line.
    With(i32, &'static str),
}
use End::{By, With};

const NONE: End =
    With(127, "presign: there is no real aws to hand this on to; install it, or name it in PRESIGN_REAL_AWS");

/// Makes the call `aws s3 ls` in the folder and with the PATH given.
fn check(what: &str, stage: &Stage, folder: &str, path: &str, end: &End) {
    let ended = stage.call("aws").args(["s3", "ls"]).in_folder(folder).path(path).run();
    let (code, out, err) = match end {
        By(program) => (0, format!("{program}\n"), String::new()),
        With(code, line) => (*code, String::new(), format!("{line}\n")),
    };
    assert_eq!(ended.parts(), (Some(code), out.as_str(), err.as_str()), "{what}");
}

#[test]
fn what_a_path_may_hold() {
    let stage = || Stage::new().recorder("bin/aws");
    for (what, stage, path, end) in [
        ("us first", stage(), "{ROOT}/ours:{ROOT}/bin", By("{ROOT}/bin/aws")),
        ("us last", stage(), "{ROOT}/bin:{ROOT}/ours", By("{ROOT}/bin/aws")),
        ("not us at all", stage(), "{ROOT}/bin", By("{ROOT}/bin/aws")),
        ("us only", Stage::new(), "{ROOT}/ours", NONE),
        ("two real ones", stage().recorder("other/aws"), "{ROOT}/ours:{ROOT}/other:{ROOT}/bin", By("{ROOT}/other/aws")),
        (
            "our link in two folders",
            stage().link("{ROOT}/ours/aws", "two/aws"),
            "{ROOT}/ours:{ROOT}/two:{ROOT}/ours:{ROOT}/bin",
            By("{ROOT}/bin/aws"),
        ),
        ("a linked folder", stage().link("{ROOT}/ours", "two"), "{ROOT}/two:{ROOT}/bin", By("{ROOT}/bin/aws")),
        ("one folder in two spellings", stage(), "{ROOT}/ours/../ours/.//:{ROOT}/bin/", By("{ROOT}/bin/aws")),
        ("a link to the real one", stage().link("../bin/aws", "two/aws"), "{ROOT}/two", By("{ROOT}/two/aws")),
        ("a relative entry", stage(), "{ROOT}/ours:bin", By("bin/aws")),
        ("us in a relative entry", stage(), "ours:./ours:bin", By("bin/aws")),
        ("a folder `aws`", stage().folder("two/aws"), "{ROOT}/two:{ROOT}/bin", By("{ROOT}/bin/aws")),
        ("a folder `aws` only", Stage::new().folder("two/aws"), "{ROOT}/two", NONE),
        ("a file that none may run", stage().file("two/aws", "#!/bin/sh\n"), "two:bin", By("bin/aws")),
        ("a file that none may run, only", Stage::new().file("two/aws", "#!/bin/sh\n"), "two", NONE),
        ("a dangling link", stage().link("{ROOT}/nowhere", "two/aws"), "two:bin", By("bin/aws")),
        ("a dangling link only", Stage::new().link("{ROOT}/nowhere", "two/aws"), "two", NONE),
        ("a link to itself", stage().link("aws", "two/aws"), "two:bin", By("bin/aws")),
        ("no folder there", stage(), "{ROOT}/nowhere:{ROOT}/home:bin", By("bin/aws")),
        ("a file as a folder", stage().file("file", ""), "{ROOT}/file:bin", By("bin/aws")),
        ("spaces", stage().recorder("two words/aws"), "{ROOT}/two words", By("{ROOT}/two words/aws")),
        ("other names", stage().recorder("two/aws2").recorder("two/awsx"), "two:bin", By("bin/aws")),
        ("an empty PATH", stage(), "", NONE),
        ("the other program only", Stage::new().recorder("bin/s3cmd"), "{ROOT}/ours:{ROOT}/bin", NONE),
    ] {
        check(what, &stage, "", path, &end);
    }
    let ended = stage().call("aws").args(["s3", "ls"]).no_path().run();
    assert_eq!(ended.status.code(), Some(127), "no PATH: {ended:?}");
}

/// An empty entry is the current folder.
#[test]
fn an_empty_entry() {
    let stage = Stage::new().recorder("bin/aws");
    for (what, folder, path, end) in [
        ("in the middle", "bin", "{ROOT}/ours::/nowhere", By("./aws")),
        ("first", "bin", ":{ROOT}/ours", By("./aws")),
        ("last", "bin", "{ROOT}/ours:", By("./aws")),
        ("we are there", "ours", ":{ROOT}/bin", By("{ROOT}/bin/aws")),
        ("a point", "bin", "{ROOT}/ours:.", By("./aws")),
        ("nothing there", "home", "{ROOT}/ours::", NONE),
    ] {
        check(what, &stage, folder, path, &end);
    }
}

#[test]
fn a_folder_of_any_bytes() {
    let folder = OsStr::from_bytes(b"bin \xff");
    let stage = Stage::new();
    let file = std::path::Path::new(folder).join("aws");
    let stage = stage.script(&file, "echo \"$1\"");
    let path = [stage.at("ours").into_os_string(), stage.at(folder).into_os_string()].join(OsStr::new(":"));
    assert_eq!(stage.call("aws").args(["help"]).env("PATH", path).run().parts(), (Some(0), "help\n", ""));
}

/// Hard links are the same file; copies are found out by the process id in the marker.
#[test]
fn hard_links_and_copies() {
    let stage = Stage::new()
        .recorder("bin/aws")
        .copy("lib/presign")
        .hard_link("lib/presign", "one/aws")
        .hard_link("lib/presign", "two/aws")
        .copy("copy/aws")
        .copy("copy two/aws");
    let us = [
        ("ours/aws", "links", "{ROOT}/ours"),
        ("one/aws", "hard links", "{ROOT}/one:{ROOT}/two"),
        ("copy/aws", "copies", "{ROOT}/copy:{ROOT}/copy two"),
        ("ours/aws", "a link and a copy", "{ROOT}/ours:{ROOT}/copy:{ROOT}/ours"),
        ("copy/aws", "all", "{ROOT}/copy:{ROOT}/two:{ROOT}/ours:{ROOT}/copy two:{ROOT}/one"),
        ("ours/aws", "all, from the other end", "{ROOT}/one:{ROOT}/copy two:{ROOT}/ours:{ROOT}/two:{ROOT}/copy"),
    ];
    for (called, what, path) in us {
        let mut line = stage.direct(called).args(["s3", "ls"]).path(&format!("{path}:{{ROOT}}/bin"));
        let child = line.spawn();
        let pid = child.id();
        assert_eq!(line.end(child).parts(), (Some(0), "{ROOT}/bin/aws\n", ""), "{what}");
        let record = stage.record("bin/aws").expect("the stand-in was called");
        assert_eq!((record.pid, record.args), (pid, ["s3", "ls"].map(OsString::from).to_vec()), "{what}");

        let ended = stage.direct(called).args(["s3", "ls"]).path(path).run();
        let With(code, text) = NONE else { unreachable!() };
        assert_eq!(ended.parts(), (Some(code), "", format!("{text}\n").as_str()), "{what}, and no real one");
    }
}

/// A wrapper that calls its own name ends in us again and again.
#[test]
fn wrappers_that_call_themselves() {
    for (what, text, first) in [
        ("forks", "aws \"$@\"; exit $?", "{ROOT}/ours"),
        ("is in front, and forks", "aws \"$@\"; exit $?", "{ROOT}/ours"),
        ("becomes", "exec aws \"$@\"", "{ROOT}/ours"),
        ("changes the arguments", "exec aws --region x \"$@\" --no-paginate", "{ROOT}/ours"),
        ("goes by s3cmd", "s3cmd ls; exit $?", "{ROOT}/ours"),
    ] {
        let stage = Stage::new().script("wrap/aws", text).script("wrap/s3cmd", "aws s3 ls; exit $?");
        let ended = stage.call("aws").args(["s3", "ls"]).path(&format!("{first}:{{ROOT}}/wrap:/bin")).run();
        assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(126), ""), "{what}: {ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{what}: {ended:?}");
        for part in ["presign: ", super::stage::PRESIGN, "{ROOT}/wrap/aws", " 16 times", "PRESIGN_REAL_AWS"] {
            assert!(ended.stderr.contains(part), "{what}: {part}: {ended:?}");
        }
    }
}

/// A wrapper that names the real program, or takes its own folder out of PATH, works.
#[test]
fn wrappers_that_work() {
    for (what, text) in [
        ("names it", "exec {ROOT}/bin/aws \"$@\""),
        ("forks", "{ROOT}/bin/aws \"$@\"; exit $?"),
        ("leaves itself out", "PATH={ROOT}/ours:{ROOT}/bin exec aws \"$@\""),
        ("leaves itself out, and forks", "PATH={ROOT}/ours:{ROOT}/bin aws \"$@\"; exit $?"),
    ] {
        let stage = Stage::new().recorder("bin/aws").script("wrap/aws", text);
        let end = By("{ROOT}/bin/aws");
        check(what, &stage, "", "{ROOT}/ours:{ROOT}/wrap:{ROOT}/bin", &end);
        let ended = stage.direct("wrap/aws").args(["s3", "ls"]).run();
        assert_eq!(ended.parts(), (Some(0), "{ROOT}/bin/aws\n", ""), "{what}, in front of us");
    }
}

/// The real program may call us again, as `credential_process` and scripts do: that is no loop.
#[test]
fn calls_within_calls() {
    let within = "[ \"$1\" = inner ] && echo \"$PRESIGN_HANDED_ON\" && exit\n";
    for (what, call) in [
        ("a child", "aws inner; exit $?"),
        ("itself again", "exec aws inner"),
        ("the other", "exec s3cmd inner"),
        ("a child of the other", "s3cmd inner; exit $?"),
    ] {
        let stage = Stage::new()
            .script("bin/aws", &format!("{within}{call}"))
            .script("bin/s3cmd", &format!("{within}echo \"$PRESIGN_HANDED_ON\""));
        let ended = stage.call("aws").args(["s3", "ls"]).run();
        assert_eq!((ended.status.code(), ended.stderr.as_str()), (Some(0), ""), "{what}");
        assert_eq!(ended.stdout.split(' ').nth(1), Some("2"), "{what}: {ended:?}");
    }
    // What is ours is answered at any depth.
    let stage = Stage::new().script("bin/aws", "exec aws s3 presign s3://bkt/k --no-sign-request --region eu-west-1");
    let mut line = stage.call("aws").args(["s3", "ls"]).env("PRESIGN_HANDED_ON", "1 15");
    assert_eq!(line.run().parts(), (Some(0), "https://bkt.s3.eu-west-1.amazonaws.com/k\n", ""));
}

/// A program that the kernel cannot run ends as in a shell.
#[test]
fn programs_that_cannot_be_run() {
    let stage = Stage::new()
        .program("plain/aws", "echo plain \"$0\" \"$@\"; exit 5\n")
        .program("empty/aws", "")
        .program("lost/aws", "#!{ROOT}/no/interpreter\n")
        .program("refused/aws", "#!{ROOT}/home\n");
    let run = |folder: &str| stage.call("aws").args(["s3", "ls", ""]).path(&format!("{{ROOT}}/{folder}:/bin")).run();
    // Without `#!`, it is a script of the shell's.
    assert_eq!(run("plain").parts(), (Some(5), "plain {ROOT}/plain/aws s3 ls \n", ""));
    assert_eq!(run("empty").parts(), (Some(0), "", ""));
    for (folder, code, reason) in
        [("lost", 127, "No such file or directory (os error 2)"), ("refused", 126, "Permission denied (os error 13)")]
    {
        let text = format!("presign: cannot run {{ROOT}}/{folder}/aws: {reason}\n");
        assert_eq!(run(folder).parts(), (Some(code), "", text.as_str()));
    }
}

/// Marks of another making are no reason to stop.
#[test]
fn odd_markers() {
    let stage = Stage::with_recorders();
    for value in ["", " ", "x", "1", "-1 -1", "99999999999999999999 1", "1 99999999999", "1 2 3 4 5", "1\n16"] {
        let ended = stage.call("aws").args(["s3", "ls"]).env("PRESIGN_HANDED_ON", value).run();
        assert_eq!(ended.parts(), (Some(0), "{ROOT}/bin/aws\n", ""), "{value:?}");
    }
    let odd = OsStr::from_bytes(b"\xff 16");
    let ended = stage.call("aws").args(["s3", "ls"]).env("PRESIGN_HANDED_ON", odd).run();
    assert_eq!(ended.parts(), (Some(0), "{ROOT}/bin/aws\n", ""));
    let record = stage.record("bin/aws").expect("the stand-in was called");
    assert!(record.env.contains(&marker(record.pid)));
}
