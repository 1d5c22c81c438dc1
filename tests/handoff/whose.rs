//! What is handed on and what is ours.

use super::stage::{Line, Stage};

const KEYS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
];

/// A line as a shell splits it, `''` being an empty word.
fn call<'a>(stage: &'a Stage, line: &str) -> (String, Line<'a>) {
    let mut words = line.split(' ').map(|word| if word == "''" { "" } else { word });
    let program = words.next().expect("a program");
    let call = stage.call(program).args(words);
    (program.to_owned(), KEYS.iter().fold(call, |call, (name, value)| call.env(name, value)))
}

#[rustfmt::skip]
const THEIRS: &[&str] = &[
    // Other commands, and ours in other places.
    "aws", "aws s3", "aws s3 ls", "aws s3 cp presign s3://b/k", "aws s3 mv s3://b/k s3", "aws s3 ls presign",
    "aws configure", "aws configure list", "aws configure get region", "aws sts get-caller-identity", "aws sso login",
    "aws s3api get-object --bucket b --key k f", "aws ec2 s3 presign s3://b/k", "aws s3api presign s3://b/k",
    "aws s3 s3 presign s3://b/k", "aws ''", "aws s3 '' presign s3://b/k",
    // Names that are nearly ours: there are no prefixes of commands.
    "aws s3 pres s3://b/k", "aws s3 presing s3://b/k", "aws s3 PRESIGN s3://b/k", "aws S3 presign s3://b/k",
    "aws pre s3://b/k",
    // Help and version, and what the real one says more.
    "aws help", "aws s3 help", "aws s3 presign help", "aws help s3 presign", "aws s3 presign help --region x",
    "aws --help", "aws s3 presign --help", "aws s3 presign s3://b/k --help", "aws s3 presign s3://b/k -h",
    "aws --version", "aws s3 presign s3://b/k --version", "aws --vers", "aws --version s3 presign s3://b/k",
    "aws s3 presign s3://b/k --debug", "aws --debug s3 presign s3://b/k", "aws s3 --deb presign s3://b/k",
    "aws s3 presign s3://b/k --cli-auto-prompt", "aws --cli-auto-prompt",
    // What our own command does not know, or what is wrong with it.
    "aws s3 presign", "aws presign", "aws s3 presign s3://b/k extra", "aws s3 presign s3://b/k ''",
    "aws s3 presign s3://b/k --bogus", "aws s3 presign s3://b/k --method PUT", "aws s3 presign s3://b/k -x",
    "aws s3 presign s3://b/k --expires-in", "aws s3 presign s3://b/k --expires-on 60", "aws --bogus s3 presign s3://b/k",
    "aws s3 --expires-in 60 presign s3://b/k", "aws s3 presign s3://b/k --region", "aws s3 presign s3://b/k --no",
    "aws s3 presign s3://b/k --c on", "aws s3 presign s3://b/k --output bogus", "aws s3 presign s3://b/k --debug=1",
    "aws s3 presign s3://b/k --cli-error-format bogus", "aws s3 presign s3://b/k --version-id x",
    "aws s3 presign s3://b/k --expires in", "aws --profile", "aws s3 presign s3://b/k --ca-bundle --version", "aws s3 presign s3://b/k --expires-in-s 60",

    "s3cmd", "s3cmd ls", "s3cmd la -H", "s3cmd put signurl s3://b/k", "s3cmd ls sign", "s3cmd ''", "s3cmd -",
    "s3cmd '' signurl s3://b/k +60", "s3cmd SIGNURL s3://b/k +60", "s3cmd signur s3://b/k +60", "s3cmd sig x",
    "s3cmd --help", "s3cmd -h", "s3cmd --hel", "s3cmd signurl --help", "s3cmd signurl s3://b/k +60 -h",
    "s3cmd signurl s3://b/k +60 -qh", "s3cmd --version", "s3cmd --vers signurl s3://b/k +60",
    "s3cmd signurl --version", "s3cmd --dump-config", "s3cmd signurl s3://b/k +60 --dump-config",
    "s3cmd --configure", "s3cmd --configure signurl s3://b/k +60", "s3cmd --conf", "s3cmd --dump sign x",
    "s3cmd signurl s3://b/k +60 --bogus", "s3cmd --bogus signurl s3://b/k +60", "s3cmd signurl s3://b/k -1",
    "s3cmd signurl s3://b/k +60 -x", "s3cmd --hos h signurl s3://b/k +60", "s3cmd signurl s3://b/k +60 --host",
    "s3cmd signurl s3://b/k +60 --ssl=1", "s3cmd -m bad signurl s3://b/k +60", "s3cmd --acl-grant x sign y",
    "s3cmd --restore-priority now sign x", "s3cmd --multipart-chunk-size-mb x sign y", "s3cmd -c", "s3cmd -nz ls",
    "s3cmd -- ls", "s3cmd -c signurl ls", "s3cmd --signature-v2 ls",
];

#[rustfmt::skip]
const OURS: &[&str] = &[
    "aws s3 presign s3://bkt/k", "aws s3 presign bkt/k", "aws s3 presign -- s3://bkt/k", "aws presign s3://bkt/k",
    "aws s3 presign s3://bkt/k --expires-in 60", "aws s3 presign --expires-in=60 s3://bkt/k",
    "aws s3 presign s3://bkt/k --exp 60", "aws s3 presign s3://bkt/k --expires in 60", "aws s3 presign s3://bkt/help",
    "aws --region eu-west-1 s3 presign s3://bkt/k", "aws s3 --reg eu-west-1 presign s3://bkt/k",
    "aws --no-sign s3 presign s3://bkt/k", "aws s3 presign s3://bkt/k --endpoint-url http://localhost:9000",
    "aws s3 presign s3://bkt/k --output json --color off --no-cli-pager --no-paginate --no-verify-ssl",
    "aws s3 presign s3://bkt/k --query Contents", "aws s3 presign s3://bkt/k --no-cli-auto-prompt",
    "aws s3 presign s3://bkt/--debug", "aws s3 presign s3://bkt/k --profile= --ca-bundle=--version",
    "aws --color auto s3 presign s3://bkt/ls",
    // What is wrong with the values is said here, as there.
    "aws s3 presign ''", "aws s3 presign s3://bkt", "aws s3 presign help --expires-in 60",
    "aws s3 presign s3://bkt/k --expires-in x", "aws s3 presign s3://bkt/k --region a_b",
    "aws s3 presign s3://bkt/k --endpoint-url host", "aws s3 presign s3://bkt/k --profile nope",

    "s3cmd signurl s3://bkt/k +60", "s3cmd signurl s3://bkt/k 1900000000", "s3cmd signurl -- s3://bkt/k -1",
    "s3cmd -nfrv signurl s3://bkt/k +60", "s3cmd signurl s3://bkt/k +60 -q", "s3cmd -d signurl s3://bkt/k +60",
    "s3cmd --host-b x signurl s3://bkt/k +60", "s3cmd --sig signurl s3://bkt/k +60", "s3cmd sign text", "s3cmd sign ''",
    "s3cmd --signature-v2 signurl s3://bkt/k +60", "s3cmd --signature-v4 signurl s3://bkt/k +60",
    "s3cmd -c --help signurl s3://bkt/k +60", "s3cmd -- signurl s3://bkt/k +60", "s3cmd sign --access_key --version x",
    "s3cmd signurl ls s3://bkt/k +60", "s3cmd sign ls",
    "s3cmd signurl", "s3cmd sign", "s3cmd signurl s3://bkt/k", "s3cmd signurl k +60", "s3cmd signurl s3://bkt/k never",
];

#[test]
fn with_the_real_programs() {
    let stage = Stage::with_recorders();
    let mut wrong = Vec::new();
    for (lines, theirs) in [(THEIRS, true), (OURS, false)] {
        for line in lines {
            let (program, mut call) = call(&stage, line);
            let stand_in = format!("bin/{program}");
            stage.forget(&stand_in);
            let ended = call.run();
            let handed_on = stage.record(&stand_in).is_some();
            let as_expected = if theirs {
                handed_on && ended.parts() == (Some(0), &format!("{{ROOT}}/{stand_in}\n"), "")
            } else {
                let silent = ended.stdout.is_empty() && ended.stderr.is_empty();
                !handed_on && silent == line.ends_with(" -q")
            };
            if !as_expected {
                wrong.push(format!("{line}: {ended:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Broken files of the real program are none of our business in what is handed on: none is read.
#[test]
fn no_file_is_read_before() {
    let stage = Stage::with_recorders()
        .file("home/.aws/config", "[default\nregion")
        .file("home/.aws/credentials", "no section")
        .file("home/.s3cfg", "[default]\nuse_https = perhaps\nlonely\n");
    for line in ["aws s3 ls", "aws --version", "aws s3 presign s3://b/k extra", "s3cmd ls", "s3cmd --dump-config"] {
        let (program, mut call) = call(&stage, line);
        assert_eq!(call.run().parts(), (Some(0), format!("{{ROOT}}/bin/{program}\n").as_str(), ""), "{line}");
    }
}

/// Without the real programs, what is left to say is said: the version, usage errors; the rest is
/// one line and 127.
#[test]
fn without_the_real_programs() {
    let stage = Stage::new();
    let version = format!("aws-cli/2.36.12 presign/{} linux\n", env!("CARGO_PKG_VERSION"));
    for (line, code, start) in [
        ("aws --version", 0, version.as_str()),
        ("aws s3 presign s3://bkt/k --version", 0, &version),
        ("aws s3 presign s3://bkt/k --debug --no-sign-request", 0, "https://bkt.s3.amazonaws.com/k\n"),
        (
            "aws",
            252,
            "\naws: [ERROR]: An error occurred (ParamValidation): the following arguments are required: command",
        ),
        ("aws s3", 252, "\naws: [ERROR]: An error occurred (ParamValidation): usage: aws [options] s3 <subcommand>"),
        ("aws s3 presign", 252, "\naws: [ERROR]: An error occurred (ParamValidation): the following arguments are"),
        (
            "aws s3 presign s3://b/k --bogus",
            252,
            "\naws: [ERROR]: An error occurred (ParamValidation): Unknown options",
        ),
        ("aws s3 presing s3://b/k", 252, "\naws: [ERROR]: An error occurred (ParamValidation): argument subcommand"),
        ("s3cmd --version", 0, "s3cmd version 2.4.0\n"),
        ("s3cmd --bogus", 2, "Usage: s3cmd [options] COMMAND [parameters]\n\ns3cmd: error: no such option: --bogus\n"),
        ("s3cmd bogus", 64, "ERROR: Invalid command: bogus\n"),
    ] {
        let ended = call(&stage, line).1.run();
        assert_eq!(ended.status.code(), Some(code), "{line}: {ended:?}");
        assert!(format!("{}{}", ended.stdout, ended.stderr).starts_with(start), "{line}: {ended:?}");
    }
    for line in [
        "aws s3 ls",
        "aws help",
        "aws s3 help",
        "aws s3 presign help",
        "aws configure",
        "aws s3 presign s3://b/k --cli-auto-prompt",
        "s3cmd",
        "s3cmd ls",
        "s3cmd --help",
        "s3cmd signurl -h",
        "s3cmd --configure",
        "s3cmd --dump-config",
    ] {
        let (program, mut call) = call(&stage, line);
        let text = format!(
            "presign: there is no real {program} to hand this on to; install it, or name it in PRESIGN_REAL_{}\n",
            program.to_uppercase()
        );
        assert_eq!(call.run().parts(), (Some(127), "", text.as_str()), "{line}");
    }
}

/// Keys that only the network gives are the real program's to fetch; without one, that is said.
#[test]
fn keys_from_the_network() {
    let config = "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = base\nregion = eu-west-1\n\
                  [profile base]\naws_access_key_id = a\naws_secret_access_key = b\n";
    let aws = ["s3", "presign", "s3://bkt/k"];
    let stage = Stage::with_recorders().file("home/.aws/config", config);
    assert_eq!(stage.call("aws").args(aws).run().parts(), (Some(0), "{ROOT}/bin/aws\n", ""));
    let s3cmd = ["signurl", "s3://bkt/k", "+60"];
    assert_eq!(stage.call("s3cmd").args(s3cmd).run().parts(), (Some(0), "{ROOT}/bin/s3cmd\n", ""));

    let stage = Stage::new().file("home/.aws/config", config);
    let ended = stage.call("aws").args(aws).run();
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(255), ""), "{ended:?}");
    let ended = stage.call("s3cmd").args(s3cmd).run();
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(78), ""), "{ended:?}");
}
