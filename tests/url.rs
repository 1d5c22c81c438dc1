//! `presign url`: the same links as `aws s3 presign`, in order, whatever else is among them.

use crate::support::{Answer, Call};
use presign::Clock;
use proptest::prelude::*;
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
];

fn with_keys(call: Call) -> Call {
    KEYS.iter().fold(call.env("AWS_REGION", "us-west-2"), |call, (name, value)| call.env(name, value))
}

fn url(args: &[&str]) -> Call {
    with_keys(Call::new("presign")).args(["url"]).args(args)
}

fn aws(uri: &str, args: &[&str]) -> Answer {
    let answer = with_keys(Call::new("aws")).args(["s3", "presign", uri]).args(args).run();
    assert_eq!((answer.exit, answer.stderr.as_str()), (0, ""), "{uri}");
    answer
}

/// Every kind of bucket, and what else changes a link.
const SETTINGS: &[&[&str]] = &[
    &[],
    &["--expires-in", "60"],
    &["--region", "eu-central-1", "--expires-in", "604800"],
    &["--endpoint-url", "http://localhost:9000"],
    &["--endpoint-url", "https://h.example:443/pre/fix/"],
    &["--endpoint-url", "http://[::1]:9000"],
    &["--no-sign-request"],
    &["--profile", "other"],
];

const BUCKETS: &[&str] = &[
    "bkt",
    "my.bucket",
    "My_Bucket",
    "arn:aws:s3:us-west-2:123456789012:accesspoint/ap",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:ap",
    "mybucket--usw2-az1--x-s3",
];

const OTHER: &str = "[profile other]\nregion = ap-south-1\naws_access_key_id = OTHER\naws_secret_access_key = x\n\
                     aws_session_token = to/ken+=\ns3 =\n  addressing_style = path\n";

#[test]
fn links_are_those_of_aws() {
    let express = ("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true");
    for settings in SETTINGS {
        for bucket in BUCKETS {
            let uri = format!("s3://{bucket}/a key+é/%2F");
            let call = with_keys(Call::new("aws").file(".aws/config", OTHER)).env(express.0, express.1);
            let expected = call.args(["s3", "presign", &uri]).args(*settings).run();
            let ours = || url(settings).file(".aws/config", OTHER).env(express.0, express.1);
            let answer = ours().args([&uri]).run();
            if expected.exit == 0 {
                assert_eq!(answer, expected, "{settings:?} {uri}");
                assert_eq!(ours().args(["-"]).input(uri.clone()).run(), expected, "{settings:?} {uri}");
            } else {
                assert_eq!((answer.exit, answer.stdout.as_str()), (1, ""), "{settings:?} {uri}");
                assert!(answer.stderr.starts_with(&format!("presign: {uri}: ")), "{answer:?}");
            }
        }
    }
}

#[test]
fn version_4a_goes_the_usual_way() {
    // Such a signature has a random part: the rest is compared.
    let unsigned = |text: &str| text.split("X-Amz-Signature=").next().map(str::to_owned);
    for uri in [
        "s3://arn:aws:s3::123456789012:accesspoint:m.mrap/k",
        "s3://arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/ap/k",
    ] {
        let (ours, theirs) = (url(&[uri]).run(), aws(uri, &[]));
        assert_eq!((ours.exit, unsigned(&ours.stdout)), (0, unsigned(&theirs.stdout)));
        assert!(ours.stdout.contains("X-Amz-Region-Set") && ours.stdout.ends_with('\n'), "{}", ours.stdout);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Lines of several buckets, with keys of any characters.
    #[test]
    fn lines_are_those_of_aws(
        uris in proptest::collection::vec(("[a-z][a-z0-9.-]{1,8}[a-z]", "\\PC{1,60}"), 1..20),
        settings in proptest::sample::select(SETTINGS),
    ) {
        let uris: Vec<String> = uris.iter().map(|(bucket, key)| format!("s3://{bucket}/{key}")).collect();
        let ours = url(settings).file(".aws/config", OTHER).args(["-"]).input(uris.join("\n")).run();
        let mut expected = Answer { stdout: String::new(), stderr: String::new(), exit: 0 };
        for uri in &uris {
            let call = with_keys(Call::new("aws").file(".aws/config", OTHER));
            expected.stdout += &call.args(["s3", "presign", uri]).args(settings).run().stdout;
        }
        prop_assert_eq!(ours, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Each line is answered once, by a link or by a word about it.
    #[test]
    fn any_bytes(lines in proptest::collection::vec((any::<bool>(), proptest::collection::vec(any::<u8>(), 0..12)), 1..9)) {
        let mut input = Vec::new();
        for (is_uri, line) in &lines {
            input.extend_from_slice(if *is_uri { b"s3://bkt/" } else { b"" });
            input.extend_from_slice(line);
            input.push(b'\n');
        }
        let count = input.split(|&byte| byte == b'\n').count() - 1;
        let answer = url(&["-"]).input(input).run();
        prop_assert_eq!(answer.stdout.lines().count() + answer.stderr.lines().count(), count);
        prop_assert_eq!(answer.exit, u8::from(!answer.stderr.is_empty()));
    }
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let long = format!("s3://bkt/{}", "x".repeat(65_536));
    let longest = format!("s3://bkt/{}", "x".repeat(65_536 - 9));
    let lines: &[(&[u8], Option<&str>)] = &[
        (b"s3://bkt/a", None),
        (b"", Some("empty, where an s3:// URI should be")),
        (b"bkt/a", Some("not an s3:// URI")),
        (b"s3://bkt", Some("no key behind the bucket")),
        (b"s3://bkt/", Some("no key behind the bucket")),
        (b"s3://", Some("no bucket and no key")),
        (b"s3:///k", Some("the bucket's name is none that S3 has")),
        (b"s3://b!/k", Some("the bucket's name is none that S3 has")),
        (b"s3://b\xff/k", Some("the bucket's name is none that S3 has")),
        (b"s3://bkt/\xff", Some("the key is not UTF-8")),
        (long.as_bytes(), Some("longer than 65,536 bytes")),
        (longest.as_bytes(), None),
        (b"s3://bkt/b", None),
    ];
    let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join(&b'\n');
    for jobs in ["1", "4"] {
        let answer = url(&["-", "--jobs", jobs]).input(text.clone()).run();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        for (number, (line, problem)) in lines.iter().enumerate() {
            match problem {
                Some(problem) => stderr += &format!("presign: line {}: {problem}\n", number + 1),
                None => stdout += &aws(&String::from_utf8_lossy(line), &[]).stdout,
            }
        }
        assert_eq!(answer, Answer { stdout, stderr, exit: 1 });
    }
    let answer = url(&["s3://bkt/a", "s3://bkt", "x", "s3://bkt/b"]).run();
    assert_eq!(answer.stderr, "presign: s3://bkt: no key behind the bucket\npresign: x: not an s3:// URI\n");
    assert_eq!((answer.exit, answer.stdout), (1, aws("s3://bkt/a", &[]).stdout + &aws("s3://bkt/b", &[]).stdout));
}

#[test]
fn line_ends() {
    let link = aws("s3://bkt/k", &[]).stdout;
    for (input, links) in [("", 0), ("s3://bkt/k", 1), ("s3://bkt/k\n", 1), ("s3://bkt/k\r\ns3://bkt/k\r", 2)] {
        let answer = url(&[]).input(input).run();
        assert_eq!(answer, Answer { stdout: link.repeat(links), stderr: String::new(), exit: 0 }, "{input:?}");
    }
    // As an argument, a key may end with CR.
    assert_eq!(url(&["s3://bkt/k\r"]).run(), aws("s3://bkt/k\r", &[]));
}

#[test]
fn the_key_follows_the_day() {
    const MIDNIGHT: u64 = 1_741_996_800; // 2025-03-15
    let line = "s3://bkt/k\n";
    let time = AtomicU64::new(MIDNIGHT - 3);
    let clock = Clock::Given(std::sync::Arc::new(move || {
        UNIX_EPOCH + Duration::from_secs(time.fetch_add(1, Ordering::Relaxed))
    }));
    // Long enough for many chunks, each a second later than the one before.
    let answer = url(&["-", "--jobs", "1"]).input(line.repeat(30_000)).clock(clock).run();
    let mut links: Vec<&str> = answer.stdout.lines().collect();
    assert_eq!((answer.exit, links.len()), (0, 30_000));
    links.dedup();
    assert!(links.len() > 5, "{}", links.len());
    for (chunk, link) in links.iter().enumerate() {
        let time = UNIX_EPOCH + Duration::from_secs(MIDNIGHT - 3 + chunk as u64);
        let expected = with_keys(Call::new("aws")).args(["s3", "presign", "s3://bkt/k"]).at(time).run();
        assert_eq!(format!("{link}\n"), expected.stdout);
    }
}

#[test]
fn errors_end_the_call() {
    for (call, exit, said) in [
        (url(&[]).terminal(), 2, "no S3URI is given, and standard input is a terminal"),
        (url(&["-", "s3://bkt/k"]), 2, "`-` stands alone"),
        (url(&["--jobs", "0"]), 2, "0 is not in 1..=1024"),
        (url(&["--expires-in", "604801", "s3://bkt/k"]), 2, "604801 is not in 1..=604800"),
        (url(&["--expires-in", "0", "s3://bkt/k"]), 2, "0 is not in 1..=604800"),
        (url(&["--profile", "nope"]), 1, "presign: The config profile (nope) could not be found\n"),
        (url(&["--region", "us west"]), 1, "presign: Provided region_name 'us west' doesn't match"),
        (url(&["--endpoint-url", "nos"]), 1, "presign: Bad value for --endpoint-url \"nos\": scheme is missing."),
        (Call::new("presign").args(["url", "s3://bkt/k"]), 1, "presign: Unable to locate credentials."),
    ] {
        let answer = call.run();
        assert_eq!((answer.exit, answer.stdout.as_str()), (exit, ""), "{answer:?}");
        assert!(answer.stderr.contains(said) && !answer.stderr.contains("wJalr"), "{answer:?}");
    }
}

/// The process, with the keys.
fn process(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presign"));
    command.args(["url"]).args(args).env_clear().envs(KEYS).env("AWS_REGION", "us-west-2").env("HOME", "/nonexistent");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn fed(args: &[&str], input: Vec<u8>) -> Output {
    let mut child = process(args).spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    feeder.join().expect("no panic").expect("all is read");
    output
}

#[test]
fn order_is_kept_with_many_jobs() {
    const LINES: usize = 20_000;
    let input: String =
        (0..LINES)
            .map(|number| {
                if number % 1000 == 7 { "bad\n".to_owned() } else { format!("s3://bkt-{}/{number}\n", number / 9 % 20) }
            })
            .collect();
    for args in [&["-", "--jobs", "16"][..], &["-"], &[]] {
        let output = fed(args, input.clone().into_bytes());
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut links = text.lines();
        for number in (0..LINES).filter(|number| number % 1000 != 7) {
            let start = format!("https://bkt-{}.s3.us-west-2.amazonaws.com/{number}?", number / 9 % 20);
            assert!(links.next().is_some_and(|link| link.starts_with(&start)), "{number}");
        }
        assert_eq!((links.next(), output.status.code()), (None, Some(1)));
        let said: String =
            (7..LINES).step_by(1000).map(|at| format!("presign: line {}: not an s3:// URI\n", at + 1)).collect();
        assert_eq!(String::from_utf8(output.stderr).expect("UTF-8"), said);
    }
}

#[test]
fn lines_are_answered_as_they_come() {
    for jobs in ["1", "3"] {
        let mut child = process(&["-", "--jobs", jobs]).spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = std::io::BufReader::new(child.stdout.take().expect("a pipe"));
        for number in 0..3 {
            // Half a line is no line yet.
            writeln!(stdin, "s3://bkt/{number}").and_then(|()| write!(stdin, "s3://")).expect("it is read");
            let mut link = String::new();
            std::io::BufRead::read_line(&mut stdout, &mut link).expect("a link");
            assert!(link.starts_with(&format!("https://bkt.s3.us-west-2.amazonaws.com/{number}?")), "{link}");
            writeln!(stdin, "bkt/half").expect("it is read");
            std::io::BufRead::read_line(&mut stdout, &mut link).expect("a link");
        }
        drop(stdin);
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).expect("text");
        assert_eq!((rest.as_str(), child.wait().expect("it ends").code()), ("", Some(0)));
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    for jobs in ["1", "4"] {
        let mut child = process(&["-", "--jobs", jobs]).spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        let feeder = std::thread::spawn(move || while stdin.write_all(&b"s3://bkt/key\n".repeat(1000)).is_ok() {});
        let mut first = [0; 5];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a link");
        let output = child.wait_with_output().expect("it ends");
        feeder.join().expect("no panic");
        assert_eq!((&first, output.status.code(), output.stderr.as_slice()), (b"https", Some(1), &b""[..]));
    }
}

#[test]
fn a_full_disk_is_one_error() {
    for args in [&["s3://bkt/k"][..], &["-", "--jobs", "1"], &["-", "--jobs", "4"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let mut child = process(args).stdout(full).spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It need not read to the end.
        let _ = stdin.write_all(&b"s3://bkt/key\n".repeat(1000));
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            (output.status.code(), said.as_str()),
            (Some(1), "presign: cannot write the links: No space left on device\n")
        );
    }
}

#[test]
fn an_input_that_cannot_be_read_is_an_error() {
    let folder = std::fs::File::open("/").expect("a folder");
    let output = process(&["-"]).stdin(folder).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        (output.status.code(), said.as_str()),
        (Some(1), "presign: cannot read standard input: Is a directory\n")
    );
}

/// In a pseudo-terminal, made by util-linux's `script`: the bar is for who sees only standard error.
#[test]
fn a_bar_on_a_terminal_that_has_no_links() {
    for (to, shows) in [("> /dev/null", true), ("", false)] {
        let line = format!("yes s3://bkt/key | head -n 20000 | {} url {to}", env!("CARGO_BIN_EXE_presign"));
        let mut command = Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).envs(KEYS).env("AWS_REGION", "us-west-2").env("TERM", "xterm");
        let output = command.stdin(Stdio::null()).output().expect("script (of bsdutils) runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.contains(" lines"), shows, "{}", &text[..text.len().min(500)]);
    }
}
