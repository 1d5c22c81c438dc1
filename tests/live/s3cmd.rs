//! Made-up calls of `s3cmd signurl`, by us and by the real s3cmd.

use super::real::{Dice, compare, plan, program, run};
use crate::support::{Answer, Call};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const URIS: &[&str] = &[
    "s3://bucket/key",
    "s3://my.dotted/k",
    "s3://UPPER/k",
    "s3://b",
    "s3://",
    "s3:////b//k",
    "S3://bucket/k",
    "s3://bücket/k",
    "s3://under_score/k",
    "s3://a-.b/k",
    "s3://192.168.1.1/k",
    "s3:/b/k",
    "foo",
    "",
    "http://b/k",
    "file:///tmp/x",
    "cf://ABC/x/y",
    "s3fs://fs/p",
    "s3://bucket/line\nend",
    "s3://bucket/trailing/",
    "s3://buck et/k",
    "-",
    "File://x",
    "a://b",
    "arn:aws:s3:::b/k",
];
const EXPIRIES: &[&str] = &[
    "1700000000",
    "0",
    "-1",
    "+60",
    "+604800",
    "+604801",
    "+0",
    "+-60",
    "010",
    " 17 ",
    "1_000",
    "",
    "+",
    "abc",
    "1.5",
    "+1.5",
    "99999999999",
    "99999999999999999999999",
    "٣٤",
    "0x10",
    "Tue Nov 14 22:13:20 2023",
    "2023-11-14",
    "+1_0",
    "++5",
    "it's",
    "1\n",
    "+ 60",
    "Tue Feb 30 22:13:20 2023",
    "tue  nov 4 2:3:0 2023 x",
];
const HOSTS: &[&str] = &[
    "localhost:9000",
    "s-dt2.cloud.gcore.lu",
    "http://h.example.com/",
    "https://H.Example.com:8080",
    "HTTP://x",
    "h/prefix",
    "",
    "$HOSTVAR",
    "$NOVAR",
    "ö.example",
    "s3.eu-central-1.amazonaws.com",
    "x.r2.cloudflarestorage.com",
];
const OPTIONS: &[&[&str]] = &[
    &["--signature-v2"],
    &["-q"],
    &["-v"],
    &["-d"],
    &["-d", "-v"],
    &["--ssl"],
    &["--no-ssl"],
    &["-nfr"],
    &["--sig"],
    &["--rr"],
    &["--content-type", "text/plain"],
    &["--content-type="],
    &["--content-disposition", "attachment; filename=\"a b\""],
    &["--content-type", "$HOME"],
    &["--access_key", "CLIAK"],
    &["--secret_key", "clisecret"],
    &["--access_key="],
    &["--region", "eu-west-1"],
    &["--bucket-location=EU"],
    &["--host", "localhost:9000"],
    &["--host=https://x/"],
    &["--host-bucket", "%(bucket)s.x"],
    &["--host-bucket", "x"],
    &["--host-b=y"],
    &["--hos", "x"],
    &["--nope"],
    &["-Z"],
    &["-1"],
    &["--ssl=1"],
    &["-m", "text/html"],
    &["-m", "bad"],
    &["--mime-type=a/b;c"],
    &["--acl-grant", "read:me"],
    &["--acl-grant=x"],
    &["--acl-revoke", "bad:y"],
    &["--restore-priority", "bulk"],
    &["--restore-priority", "slow"],
    &["--multipart-chunk-size-mb", "7"],
    &["--multipart-chunk-size-mb=4"],
    &["--multipart-chunk-size-mb", "x"],
    &["--multipart-chunk-size-mb=0x10"],
    &["--add-header", "a:b"],
    &["--add-header=xy"],
    &["--add-header", "x y: z"],
    &["--limit", "7"],
    &["--limit", "x"],
    &["-D", "x"],
    &["--max-retries=1_0"],
    &["--max-delete", ""],
    &["--limit-rate", "1k"],
    &["--limit-rate", "0k"],
    &["--limit-rate=x"],
    &["-e"],
    &["--no-encrypt"],
    &["--exclude", "*.x"],
    &["--exclude-from", "pats"],
    &["--include-from=/nope"],
    &["--encoding", "latin-1"],
    &["--encoding=nope"],
    &["--encoding", "ascii"],
    &["--cache-file", "c"],
    &["-F"],
    &["--verbatim"],
    &["--progress"],
    &["--stop-on-error"],
    &["-l"],
    &["--cf-comment", "x"],
    &["--cf-add-cname=a"],
    &["--enable"],
    &["--no-access-logging"],
    &["--files-from", "x"],
    &["-c", "alt.cfg"],
    &["--config=none"],
    &["-c", ""],
    &["--conf", "alt.cfg"],
    &["-calt.cfg"],
    &["--"],
    &["--kms"],
    &["--server-side-encryption"],
    &["--server-side-encryption-kms-id", "k"],
    &["--storage-class", "X"],
    &["-P"],
    &["--delete-after"],
    &["--con"],
];
const LINES: &[&str] = &[
    "host_base = localhost:9000",
    "host_base = h.example.com",
    "host_base=",
    "host_bucket = %(bucket)s.h",
    "host_bucket = h",
    "host_bucket = %(BUCKET)s.h",
    "signurl_use_https = True",
    "signurl_use_https=yes",
    "signurl_use_https = maybe",
    "signurl_use_https =",
    "content_type = a/b",
    "content_disposition = inline",
    "content_type = \"q u\"",
    "access_token = tok/en",
    "bucket_location = EU",
    "use_https = False",
    "verbosity = 10",
    "verbosity = ERROR",
    "verbosity = CRITICAL",
    "verbosity = loud",
    "verbosity = 0",
    "socket_timeout = 10",
    "socket_timeout = x",
    "socket_timeout = -1",
    "limitrate = 5m",
    "limitrate = x",
    "multipart_chunk_size_mb = 4",
    "multipart_chunk_size_mb = 6000",
    "multipart_chunk_size_mb = 1_5",
    "encrypt = True",
    "gpg_passphrase = p",
    "signature_v2 = True",
    "signature_v2 = nope",
    "kms_key = k",
    "server_side_encryption = True",
    "encoding = latin-1",
    "encoding = nope",
    "add_headers = a:b",
    "add_headers = x",
    "add_headers =",
    "acl_public = maybe",
    "enable = x",
    "; comment",
    "# comment",
    "  # c",
    "garbage",
    "my-key = v",
    "key with space = 1",
    "[other]",
    "[open",
    "[other] x = y",
    "unknown = x",
    "proxy_port = x",
    "proxy_port = 99999999999999999999",
    "access_key = $AKVAR",
    "secret_key = $SKVAR",
    "host_base = $HOSTVAR",
    "access_key = \"Q\" ",
    "secret_key = 'q'",
    "secret_key =",
    "access_key =",
    "host_base = \u{a0}nb.example\u{a0}",
    "access_key = ü",
    "max_delete = -5",
    "stats = ON",
    "restore_days = 1.5",
    "\u{feff}x = y",
];
const CREDENTIALS: &[&str] = &[
    "[default]\naws_access_key_id = DAK\naws_secret_access_key = dsk\n",
    "[default]\naws_access_key_id = DAK\naws_secret_access_key = d%%sk\naws_session_token = t/t\n[prof]\naws_access_key_id: PAK\naws_secret_access_key: psk\n",
    "[prof]\naws_access_key_id = PAK\n",
    "[default]\nAWSAccessKeyId = LAK\nAWSSecretKey = lsk\n",
    "AWSAccessKeyId = LAK\nAWSSecretKey = lsk\n",
    "[default]\naws_access_key_id = %bad\n",
    "[default]\naws_access_key_id = %(x)s\nx = XAK\naws_secret_access_key = s\n",
    "[default]\nfoo bar\n",
    "[default]\na = 1\na = 2\n",
    "",
];

/// A made-up call.
fn make(dice: &mut Dice) -> Call {
    let mut call = Call::new("s3cmd");
    let mut groups: Vec<Vec<String>> = Vec::new();
    let odd = dice.one_in(3);
    for _ in 0..if odd { dice.below(4) } else { dice.below(2) } {
        groups.push(OPTIONS[dice.below(OPTIONS.len())].iter().map(|arg| (*arg).to_owned()).collect());
    }
    if dice.one_in(6) {
        groups.push(vec!["--host".to_owned(), dice.pick(HOSTS).to_owned()]);
    }
    dice.shuffle(&mut groups);
    let mut positional =
        vec![if dice.one_in(15) { dice.pick(&["sign", "signurl ", "bogus", "SIGNURL"]) } else { "signurl" }.to_owned()];
    if !dice.one_in(20) {
        positional.push(match dice.below(3) {
            0 => dice.pick(URIS).to_owned(),
            1 => format!("s3://bucket/{}", dice.text(12)),
            _ => format!("s3://{}/{}", dice.text(5), dice.text(6)),
        });
    }
    if !dice.one_in(20) {
        positional.push(if dice.one_in(3) { dice.pick(EXPIRIES) } else { "1700000000" }.to_owned());
    }
    let mut args: Vec<String> = Vec::new();
    let cut = dice.below(groups.len() + 1);
    args.extend(groups[..cut].iter().flatten().cloned());
    args.extend(positional);
    args.extend(groups[cut..].iter().flatten().cloned());
    call = call.args(args);

    if !dice.one_in(6) {
        let keys = dice.below(5);
        let mut lines = vec!["[default]"];
        if keys > 0 {
            lines
                .extend(["access_key = AKIAIOSFODNN7EXAMPLE", "secret_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]);
        }
        for _ in 0..dice.below(3) {
            lines.push(dice.pick(LINES));
        }
        if dice.one_in(8) {
            dice.shuffle(&mut lines);
        }
        let end = dice.pick(&["\n", "\n", "\n", "\r\n", "\r"]);
        call = call.text_file(".s3cfg", &(lines.join(end) + dice.pick(&["", "\n"])));
    }
    call = call.text_file("alt.cfg", "access_key = ALTAK\nsecret_key = altsk\nhost_base = alt.example\n");
    call = call.text_file("pats", "# c\n*.a\n\n b \n");
    // Keys somewhere, so that nobody asks the network.
    let names: &[(&str, &str)] =
        &[("AWS_ACCESS_KEY", "AWS_SECRET_KEY"), ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")];
    let (id, secret) = names[dice.below(2)];
    call = call.env(id, "ENVAK");
    if !dice.one_in(12) {
        call = call.env(secret, "envsecret");
    }
    if dice.one_in(8) {
        call = call
            .env("AWS_PROFILE", dice.pick(&["prof", "default", "zip"]))
            .text_file(".aws/credentials", dice.pick(CREDENTIALS));
    }
    call.env("AKVAR", "VARAK").env("SKVAR", "varsk").env("HOSTVAR", "http://var.example")
}

/// The time at which the real program answered, as far as its link tells.
fn time_of(call: &Call, answer: &Answer) -> SystemTime {
    let expires = answer.stdout.split("&Expires=").nth(1).and_then(|rest| rest.split('&').next()?.parse::<i64>().ok());
    let offset =
        call.args.iter().find_map(|arg| arg.to_str()?.strip_prefix('+')?.trim().replace('_', "").parse::<i64>().ok());
    match (expires, offset) {
        (Some(expires), Some(offset)) if expires > offset => {
            UNIX_EPOCH + Duration::from_secs((expires - offset) as u64)
        }
        _ => SystemTime::now(),
    }
}

/// What is left to compare once the purposeful differences are taken out: the whole answer, but
/// for a Python trace (exit 1), and for calls whose link has a token.
fn difference(real: &Answer, ours: &Answer) -> bool {
    if real.stderr.contains("An unexpected error has occurred.") {
        let mut errors = ours.stderr.lines().filter(|line| line.starts_with("ERROR: "));
        return ours.exit != real.exit || !ours.stdout.is_empty() || errors.next().is_none() || errors.next().is_some();
    }
    if ours.stdout.contains("&x-amz-security-token=") {
        return ours.exit != real.exit;
    }
    // A float's digits are the clock's.
    let without_float = |text: &str| -> String {
        text.lines().filter(|line| !line.starts_with("DEBUG: Expiry interpreted")).collect::<Vec<_>>().join("\n")
    };
    // The secret of a debug line is masked.
    let without_secret = |text: &str| -> String {
        text.lines()
            .map(|line| match line.starts_with("DEBUG: Updating Config.Config secret_key") {
                true => "DEBUG: Updating Config.Config secret_key",
                false => line,
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let error = |text: &str| without_secret(&without_float(text));
    ours.exit != real.exit || ours.stdout != real.stdout || error(&ours.stderr) != error(&real.stderr)
}

#[test]
fn made_up_calls() {
    let (calls, seed) = plan(600);
    let real_program = program("PRESIGN_LIVE_S3CMD");
    compare("s3cmd", calls, seed, |number| {
        let call = make(&mut Dice::new(seed, number));
        let real = run(&real_program, &call);
        let time = time_of(&call, &real);
        let call = call.at(time);
        let mut ours = call.run();
        let mut call = call;
        if ours.stdout.contains("X-Amz-Algorithm=") {
            // The rule gives a version 4 link: the version 2 one is what can be compared.
            call.args.insert(0, "--signature-v2".into());
            ours = call.run();
            ours.stderr = ours.stderr.replace("DEBUG: Updating Config.Config signature_v2 -> True\n", "");
        }
        difference(&real, &ours).then(|| format!("{number}: {:?}\n  real {real:?}\n  ours {ours:?}", &call.args))
    });
}
