//! Any bytes, anywhere: one clear error with the real program's exit code, no panic, nothing on
//! standard output, and never a secret.

use crate::support::{Answer, Call};
use proptest::prelude::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjEJr-secret-token";

fn aws() -> Call {
    let call = Call::new("aws").env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE").env("AWS_REGION", "us-west-2");
    call.env("AWS_SECRET_ACCESS_KEY", SECRET).env("AWS_SESSION_TOKEN", TOKEN)
}

fn s3cmd() -> Call {
    Call::new("s3cmd").text_file(".s3cfg", &format!("access_key = AK\nsecret_key = {SECRET}\naccess_token = {TOKEN}\n"))
}

fn error(call: Call, exit: u8, text: &str) {
    let answer = call.run();
    assert_eq!((answer.exit, answer.stdout.as_str()), (exit, ""), "{}", answer.stderr);
    assert!(answer.stderr.contains(text), "{}", answer.stderr);
}

#[test]
fn bytes_that_are_not_utf8() {
    let codec = "\naws: [ERROR]: 'utf-8' codec can't encode characters in position 1-2: surrogates not allowed\n";
    error(aws().args(["s3", "presign"]).arg_bytes(b"s3://bkt/k\xff\xfe"), 255, codec);
    error(aws().args(["s3", "presign"]).arg_bytes(b"s3://b\xff/k"), 252, "Invalid bucket name \"b\\udcff\"");
    error(
        aws().args(["s3", "presign", "s3://bkt/k", "--region"]).arg_bytes(b"r\xff"),
        255,
        "Provided region_name 'r\\udcff'",
    );
    error(aws().args(["s3", "presign", "s3://bkt/k", "--profile"]).arg_bytes(b"p\xff"), 255, "profile (p\\udcff)");
    error(aws().args(["s3", "presign", "s3://bkt/k"]).arg_bytes(b"--b\xff"), 252, "Unknown options: --b\\udcff");
    error(aws().args(["s3", "presign", "s3://bkt/k", "--expires-in"]).arg_bytes(b"6\xff"), 255, "base 10: '6\\udcff'");
    error(aws().args(["s3", "presign", "s3://bkt/k"]).env_bytes("AWS_ACCESS_KEY_ID", b"AK\xff"), 255, "position 2");
    error(
        aws().args(["s3", "presign", "s3://bkt/k"]).file(".aws/config", b"[default]\nregion = \xff\n"),
        255,
        "Unable to parse config file: {HOME}/.aws/config",
    );
    error(s3cmd().args(["signurl"]).arg_bytes(b"f\xff").args(["1"]), 64, "Must be S3Uri. Got: file://f\\udcff");
    error(
        s3cmd().args(["signurl", "s3://b/k"]).arg_bytes(b"1\xff"),
        64,
        "Unable to convert '1\\udcff' to an epoch time",
    );
    error(s3cmd().arg_bytes(b"--h\xff").args(["signurl", "s3://b/k", "1"]), 2, "no such option: --h\\udcff");
    error(
        s3cmd().file(".s3cfg", b"key=\xff").args(["signurl", "s3://b/k", "1"]),
        64,
        "can't decode byte 0xff in position 4: invalid start byte",
    );

    let answer = s3cmd().args(["signurl"]).arg_bytes(b"s3://bkt/k\xff").args(["1"]).run();
    assert_eq!(answer.exit, 0);
    assert!(
        answer.stdout.starts_with("http://bkt.s3.amazonaws.com/k%3F?AWSAccessKeyId=AK&Expires=1&"),
        "{}",
        answer.stdout
    );
}

/// The settings file of our own: the error names file, line and setting.
#[test]
fn own_settings() {
    let call = s3cmd().args(["signurl", "s3://b/k", "+60"]);
    error(
        call.text_file(".config/presign/config.ini", "[s3cmd]\nsignature = v5\n"),
        78,
        "ERROR: {HOME}/.config/presign/config.ini:2: signature must be auto, v2 or v4, not \"v5\"\n",
    );
    let call = s3cmd().args(["signurl", "s3://b/k", "+604801", "--signature-v4"]);
    error(
        call,
        64,
        "A version 4 link lives from 1 second to 7 days, but its expiry 1742569767 is more than 7 days ahead",
    );
    let call = s3cmd().args(["--host", "ceph.example", "signurl", "s3://bkt/k", "+60"]);
    let answer = call.text_file(".config/presign/config.ini", "[s3cmd]\nsignature = v4\n").run();
    assert!(answer.stdout.contains("X-Amz-Expires=60&"), "{answer:?}");
}

/// Debug output shows every setting but no secret; the token is part of the link, of course.
#[test]
fn debug_output_hides_secrets() {
    let call = s3cmd().args([
        "-d",
        "--host",
        "h.example",
        "--secret_key",
        "another-secret-key",
        "signurl",
        "s3://bkt/k",
        "+60",
    ]);
    let answer = call.run();
    assert_eq!(answer.exit, 0);
    assert!(answer.stderr.contains("DEBUG: ConfigParser: access_token->IQ...29_chars...n\n"), "{}", answer.stderr);
    assert!(answer.stderr.contains("x-amz-security-token:[secret]"), "{}", answer.stderr);
    for secret in [SECRET, TOKEN, "another-secret-key"] {
        assert!(!answer.stderr.contains(secret), "{}", answer.stderr);
    }
}

fn is_sane(answer: &Answer) -> Result<(), TestCaseError> {
    let lines = answer.stdout.lines().count();
    prop_assert!(answer.exit == 0 || answer.stdout.is_empty(), "{answer:?}");
    // An argument that begins with `-h` asks for help.
    let is_help = answer.stdout.contains("\nUsage: presign ");
    prop_assert!(
        is_help || answer.exit != 0 || lines <= 1 || answer.stdout.matches("Signature=").count() == 1,
        "{answer:?}"
    );
    prop_assert!(!answer.stderr.contains(SECRET) && !answer.stdout.contains(SECRET), "{answer:?}");
    prop_assert!(!answer.stderr.contains(TOKEN), "{answer:?}");
    Ok(())
}

/// Bytes of the kinds that the parsers look at.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "[",
            "]",
            "=",
            ":",
            "\n",
            "\r",
            " ",
            "\t",
            "#",
            ";",
            "\"",
            "'",
            "\\",
            "%",
            "$",
            "{",
            "}",
            "-",
            "--",
            "/",
            "s3://",
            "default",
            "profile",
            "s3",
            "region",
            "access_key",
            "secret_key",
            "endpoint_url",
            "https://h",
            "\u{85}",
            "é",
            "arn:aws:s3:",
            "+",
            "1",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// An argument cannot hold NUL.
fn argument() -> impl Strategy<Value = Vec<u8>> {
    bytes().prop_map(|bytes| bytes.into_iter().filter(|&b| b != 0).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn aws_takes_anything(args in proptest::collection::vec(argument(), 0..4), config in bytes(), credentials in bytes()) {
        let mut call = aws().file(".aws/config", config).file(".aws/credentials", credentials).args(["s3", "presign"]);
        for arg in &args {
            call = call.arg_bytes(arg);
        }
        is_sane(&call.run())?;
    }

    #[test]
    fn s3cmd_takes_anything(args in proptest::collection::vec(argument(), 0..4), config in bytes()) {
        let config = [b"access_key = AK\n".as_slice(), &config].concat();
        let mut call = s3cmd().file(".s3cfg", config).args(["signurl"]);
        for arg in &args {
            call = call.arg_bytes(arg);
        }
        // Without keys it would look for the network.
        is_sane(&call.env("AWS_ACCESS_KEY", "EK").env("AWS_SECRET_KEY", "ES").run())?;
    }

    #[test]
    fn the_name_decides_and_nothing_panics(program in argument(), args in proptest::collection::vec(argument(), 0..3)) {
        let mut call = Call::new("x").program_bytes(&program).env("AWS_ACCESS_KEY", "EK").env("AWS_SECRET_KEY", "ES");
        for arg in &args {
            call = call.arg_bytes(arg);
        }
        is_sane(&call.run())?;
    }
}
