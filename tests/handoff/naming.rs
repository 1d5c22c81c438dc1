//! Naming the real program, by variable and in the settings file; and handing everything on.

use super::stage::{Ended, PRESIGN, Stage};

fn stage() -> Stage {
    Stage::with_recorders()
        .recorder("other/aws")
        .recorder("other/s3cmd")
        .file("plain/aws", "#!/bin/sh\n")
        .file("plain/s3cmd", "#!/bin/sh\n")
        .link("{ROOT}/nowhere", "dangling")
        .link("round", "round")
}

fn ended(ended: &Ended) -> (Option<i32>, &str) {
    assert!(ended.stdout.is_empty() || ended.stderr.is_empty(), "{ended:?}");
    let text = if ended.stderr.is_empty() { &ended.stdout } else { &ended.stderr };
    (ended.status.code(), text.strip_suffix('\n').expect("one line"))
}

#[test]
fn by_variable() {
    let stage = stage();
    for (program, variable, line) in [("aws", "PRESIGN_REAL_AWS", "s3 ls"), ("s3cmd", "PRESIGN_REAL_S3CMD", "ls -l")] {
        let not_there = "which is not there";
        let no_program = "which is no program that can be run";
        let itself = "which is presign itself; name the real program";
        for (value, code, said) in [
            (format!("{{ROOT}}/other/{program}"), 0, ""),
            (format!("other/{program}"), 0, ""),
            (format!("./bin/../other/{program}"), 0, ""),
            ("{ROOT}/nowhere".to_owned(), 127, not_there),
            ("nowhere".to_owned(), 127, not_there),
            (format!("{{ROOT}}/other/{program}/{program}"), 127, not_there),
            ("{ROOT}/dangling".to_owned(), 127, not_there),
            ("{ROOT}/round".to_owned(), 127, not_there),
            (format!("{{ROOT}}/plain/{program}"), 126, no_program),
            ("{ROOT}/home".to_owned(), 126, no_program),
            ("/dev/null".to_owned(), 126, no_program),
            (format!("{{ROOT}}/ours/{program}"), 126, itself),
            (PRESIGN.to_owned(), 126, itself),
        ] {
            let mut call = stage.call(program).args(line.split(' ')).env(variable, &value);
            let expected = match code {
                0 => value.clone(),
                _ => format!("presign: {variable} names {value}, {said}"),
            };
            assert_eq!(ended(&call.run()), (Some(code), expected.as_str()), "{value}");
        }
        // Empty is the same as not set.
        let mut call = stage.call(program).args(line.split(' ')).env(variable, "");
        assert_eq!(ended(&call.run()), (Some(0), format!("{{ROOT}}/bin/{program}").as_str()), "{variable}");
    }
    // The other program's is none of ours.
    let mut call = stage.call("aws").args(["s3", "ls"]).env("PRESIGN_REAL_S3CMD", "{ROOT}/nowhere");
    assert_eq!(ended(&call.run()), (Some(0), "{ROOT}/bin/aws"));
}

/// Hard links and copies of us that a variable names hand on to nobody, and say so.
#[test]
fn a_variable_that_names_a_copy() {
    let stage = Stage::with_recorders().copy("copy/aws").copy("other copy/aws").hard_link("copy/aws", "hard/aws");
    for (called, named) in
        [("ours", "copy"), ("copy", "ours"), ("copy", "other copy"), ("copy", "hard"), ("hard", "copy")]
    {
        let mut call = stage.direct(format!("{called}/aws")).args(["s3", "ls"]);
        call = call.env("PRESIGN_REAL_AWS", format!("{{ROOT}}/{named}/aws"));
        let itself = "which is presign itself; name the real program";
        let said = format!("presign: PRESIGN_REAL_AWS names {{ROOT}}/{named}/aws, {itself}");
        assert_eq!(ended(&call.run()), (Some(126), said.as_str()), "{called}");
    }
}

/// A name without a folder is a file of the current folder, as for every other value: it is not
/// searched for in PATH, where it would be us.
#[test]
fn a_variable_without_a_folder() {
    let stage = stage();
    let mut call = stage.call("aws").args(["s3", "ls"]).in_folder("other").env("PRESIGN_REAL_AWS", "aws");
    assert_eq!(ended(&call.run()), (Some(0), "./aws"));
    let mut call = stage.call("aws").args(["s3", "ls"]).env("PRESIGN_REAL_AWS", "aws");
    assert_eq!(ended(&call.run()), (Some(127), "presign: PRESIGN_REAL_AWS names aws, which is not there"));
}

const FILE: &str = "home/.config/presign/config.ini";

#[test]
fn by_settings_file() {
    for (text, code, said) in [
        ("[aws]\nreal = {ROOT}/other/aws\n", 0, "{ROOT}/other/aws"),
        ("# a note\n[aws]\nreal={ROOT}/other/aws\n[s3cmd]\nsignature = v2", 0, "{ROOT}/other/aws"),
        ("[s3cmd]\nreal = {ROOT}/nowhere\n", 0, "{ROOT}/bin/aws"),
        ("", 0, "{ROOT}/bin/aws"),
        ("[aws]\nreal = {ROOT}/nowhere\n", 127, "{FILE} names {ROOT}/nowhere, which is not there"),
        ("[aws]\nreal = {ROOT}/plain/aws", 126, "{FILE} names {ROOT}/plain/aws, which is no program that can be run"),
        ("[aws]\nreal = {ROOT}/home", 126, "{FILE} names {ROOT}/home, which is no program that can be run"),
        (
            "[aws]\nreal = {ROOT}/ours/s3cmd",
            126,
            "{FILE} names {ROOT}/ours/s3cmd, which is presign itself; name the real program",
        ),
        ("[aws]\n\nreal = other/aws", 78, "{FILE}:3: real must be an absolute path, not \"other/aws\""),
        ("[aws]\nreal = ", 78, "{FILE}:2: real must be an absolute path, not \"\""),
        ("[aws]\nreal = ~/aws", 78, "{FILE}:2: real must be an absolute path, not \"~/aws\""),
        ("[aws]\nreel = /x\n", 78, "{FILE}:2: unknown setting \"reel\" in [aws]"),
        ("[aws]\nsignature = v4\n", 78, "{FILE}:2: unknown setting \"signature\" in [aws]"),
        ("[aws]\nreal = /bin/sh\n[gcloud]\nreal = /x\n", 78, "{FILE}:4: unknown section [gcloud]"),
        ("[s3cmd]\nsignature = V4\n", 78, "{FILE}:2: signature must be auto, v2 or v4, not \"V4\""),
        ("real = /x\n[aws]\n", 78, "{FILE}:1: \"real\" stands before any section"),
    ] {
        let stage = stage().file(FILE, text);
        let call = || stage.call("aws").args(["s3", "ls"]);
        let said = said.replace("{FILE}", &format!("{{ROOT}}/{FILE}"));
        let expected = if code == 0 { said } else { format!("presign: {said}") };
        assert_eq!(ended(&call().run()), (Some(code), expected.as_str()), "{text}");
        // What a variable names comes first: the file is not even read.
        let mut named = call().env("PRESIGN_REAL_AWS", "{ROOT}/bin/aws");
        assert_eq!(ended(&named.run()), (Some(0), "{ROOT}/bin/aws"), "{text}");
    }
    let stage = stage().file(FILE, "[aws]\nreal = /nowhere\n[s3cmd]\nreal = {ROOT}/other/s3cmd\n");
    assert_eq!(ended(&stage.call("s3cmd").args(["ls"]).run()), (Some(0), "{ROOT}/other/s3cmd"));
}

#[test]
fn where_the_settings_file_is() {
    let stage = stage().file("xdg/presign/config.ini", "[aws]\nreal = {ROOT}/other/aws\n").folder("empty");
    for (folder, real) in
        [("{ROOT}/xdg", "{ROOT}/other/aws"), ("{ROOT}/empty", "{ROOT}/bin/aws"), ("xdg", "{ROOT}/bin/aws")]
    {
        let mut call = stage.call("aws").args(["s3", "ls"]).env("XDG_CONFIG_HOME", folder);
        // A relative folder does not count: so says the specification.
        assert_eq!(ended(&call.run()), (Some(0), real), "{folder}");
    }
    // What cannot be read is said.
    let stage = stage.folder("home/.config/presign/config.ini");
    let said = format!("presign: cannot read {{ROOT}}/{FILE}: Is a directory (os error 21)");
    assert_eq!(ended(&stage.call("aws").args(["s3", "ls"]).run()), (Some(78), said.as_str()));
}

/// What is ours needs no real program, so a wrong one does not stop it.
#[test]
fn our_own_answer_does_not_ask() {
    let stage = Stage::new().file(FILE, "[aws]\nreel = x");
    let line = ["s3", "presign", "s3://bkt/k", "--no-sign-request", "--region", "eu-west-1"];
    let mut call = stage.call("aws").args(line).env("PRESIGN_REAL_AWS", "{ROOT}/nowhere");
    assert_eq!(ended(&call.run()), (Some(0), "https://bkt.s3.eu-west-1.amazonaws.com/k"));
    assert_eq!(ended(&stage.call("aws").args(line).run()), (Some(0), "https://bkt.s3.eu-west-1.amazonaws.com/k"));
}

#[test]
fn bypass() {
    let stage = Stage::with_recorders();
    for (program, line) in [
        ("aws", "s3 presign s3://bkt/k --no-sign-request"),
        ("aws", "presign s3://bkt/k --expires in 60"),
        ("aws", "s3 ls"),
        ("s3cmd", "signurl s3://bkt/k +60"),
        ("s3cmd", "sign text --access_key a --secret_key b"),
    ] {
        stage.forget(&format!("bin/{program}"));
        let args: Vec<_> = line.split(' ').collect();
        let mut call = stage.call(program).args(&args).env("PRESIGN_BYPASS", "1");
        assert_eq!(ended(&call.run()), (Some(0), format!("{{ROOT}}/bin/{program}").as_str()), "{line}");
        let record = stage.record(&format!("bin/{program}")).expect("the stand-in was called");
        assert_eq!(record.args, args, "{line}");
    }
    let ours = "https://s3.amazonaws.com/b.c/k";
    let line = "s3 presign s3://b.c/k --no-sign-request".split(' ');
    for value in ["", "0", "yes", "11"] {
        let mut call = stage.call("aws").args(line.clone()).env("PRESIGN_BYPASS", value);
        assert_eq!(ended(&call.run()), (Some(0), ours), "{value:?}");
    }
    let none = Stage::new();
    let mut call = none.call("aws").args(line).env("PRESIGN_BYPASS", "1");
    assert_eq!(call.run().status.code(), Some(127));
}
