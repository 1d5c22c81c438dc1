//! Made-up calls of `aws s3 presign`, by us and by the real AWS CLI.

use super::aws_parts::*;
use super::real::{Dice, compare, plan, program, run};
use crate::support::{Answer, Call, v4a};
use std::time::SystemTime;

fn section(dice: &mut Dice, most: usize) -> String {
    let mut text = String::from(if dice.one_in(3) { dice.pick(HEADS) } else { "[default]" });
    for _ in 0..dice.below(most + 1) {
        text.push('\n');
        text.push_str(dice.pick(PROFILE_LINES));
    }
    text + "\n"
}

/// A made-up call.
fn make(dice: &mut Dice) -> Call {
    let mut call = Call::new("aws");
    let mut groups: Vec<Vec<String>> = Vec::new();
    for _ in 0..if dice.one_in(3) { dice.below(3) } else { 0 } {
        groups.push(OPTIONS[dice.below(OPTIONS.len())].iter().map(|arg| (*arg).to_owned()).collect());
    }
    for (name, values, odds) in
        [("--region", REGIONS, 4), ("--endpoint-url", ENDPOINTS, 5), ("--expires-in", EXPIRIES, 3)]
    {
        if dice.one_in(odds) {
            let value = dice.pick(values);
            groups.push(if dice.one_in(4) {
                vec![format!("{name}={value}")]
            } else {
                vec![name.to_owned(), value.to_owned()]
            });
        }
    }
    dice.shuffle(&mut groups);
    let path = match dice.below(6) {
        0 => Some(dice.pick(PATHS).to_owned()),
        1 => Some(format!("s3://bucket/{}", dice.text(12))),
        2 => Some(format!("s3://{}/{}", dice.text(6), dice.text(4))),
        3 => Some(format!("{AP}{}myap{}", dice.pick(&["/", ":"]), dice.pick(&["/k", "", ":k", "/k/l", "/"]))),
        4 if dice.one_in(6) => None,
        _ => Some("s3://bkt/key".to_owned()),
    };
    let mut words = vec![
        vec!["s3".to_owned()],
        vec![if dice.one_in(25) { dice.pick(&["presing", "60", "", "Presign"]) } else { "presign" }.to_owned()],
    ];
    words.extend(path.map(|path| vec![path]));
    for group in groups {
        // Options of the command go behind it, but for one in four.
        let least = if group[0].starts_with("--exp") && !dice.one_in(4) { 2.min(words.len()) } else { 0 };
        let at = least + dice.below(words.len() + 1 - least);
        words.insert(at, group);
    }
    call = call.args(words.concat());

    let mut config = String::new();
    for _ in 0..dice.below(3) {
        config.push_str(&section(dice, 2));
    }
    if dice.one_in(3) {
        config.push_str("[profile dev]\nregion = ap-south-1\n");
    }
    if dice.one_in(6) {
        config.push_str("[services svc]\ns3 =\n  endpoint_url = http://svc.example\n");
    }
    if dice.one_in(10) {
        config = config.replace('\n', "\r\n");
    }
    if !dice.one_in(4) {
        call = call.text_file(".aws/config", &config);
    }
    if dice.one_in(3) {
        let mut credentials = String::from("[default]\naws_access_key_id = FAK\naws_secret_access_key = fsk\n");
        match dice.below(6) {
            0 => credentials.push_str("aws_session_token = f/t\n"),
            1 => credentials.push_str("region = us-west-1\n[my dev]\naws_access_key_id = MAK\n"),
            2 => credentials = "[dev]\naws_access_key_id = DAK\naws_secret_access_key = dsk\naws_security_token = a\naws_session_token = b\n".to_owned(),
            3 => credentials.push_str(&section(dice, 1)),
            _ => {}
        }
        call = call.text_file(".aws/credentials", &credentials);
    }
    call = call
        .file("p.txt", "s3://bkt/from file\n")
        .file("life.txt", "77\n")
        .file("bad.bin", b"\xff\xfe")
        .file("other.cfg", "[default]\nregion = eu-north-1\naws_access_key_id = OAK\naws_secret_access_key = osk\n")
        .file("ec2.txt", "AWSAccessKeyId=EAK\nAWSSecretKey = esk\n")
        .file("boto.cfg", "[Credentials]\naws_access_key_id = BAK\naws_secret_access_key = bsk\n")
        .file("creds.json", r#"{"Version": 1, "AccessKeyId": "JAK", "SecretAccessKey": "jsk", "SessionToken": "jt", "Expiration": "2099-01-01T00:00:00Z"}"#)
        .file("old.json", r#"{"Version": 1, "AccessKeyId": "JAK", "SecretAccessKey": "jsk", "Expiration": "2020-01-01T00:00:00Z"}"#)
        .env("PVAR", "p.txt");
    if !dice.one_in(3) {
        call = call.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        if !dice.one_in(15) {
            call = call.env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        }
    }
    for _ in 0..if dice.one_in(2) { dice.below(3) } else { 0 } {
        let (name, values) = VARIABLES[dice.below(VARIABLES.len())];
        call = call.env(name, dice.pick(values));
    }
    call
}

/// The time in the real program's link.
fn time_of(answer: &Answer) -> SystemTime {
    let stamp = answer.stdout.split("X-Amz-Date=").nth(1).map(|rest| &rest[..16]);
    match stamp.and_then(|stamp| chrono::NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").ok()) {
        Some(time) => time.and_utc().into(),
        None => SystemTime::now(),
    }
}

/// Whether the answers differ beyond the purposeful differences.
fn differs(real: &Answer, ours: &Answer) -> bool {
    let guide = (real.stderr.contains("Bad value for --endpoint-url \"") && ours.exit == 0)
        || real.stderr.contains("argument command: Found invalid choice 'presign'");
    // Which commands there are besides s3 is the real program's to say: without it, all end so.
    // A call that it answers with a link is never handed on.
    let other = ours.exit == 127 && real.exit != 0;
    // The network is not there for us yet, and is cut off for the real program.
    let network = ours.stderr.contains("this version of presign does not ask for");
    if guide || other || network {
        return false;
    }
    if real.stdout.contains("AWS4-ECDSA") && ours.stdout.contains("AWS4-ECDSA") {
        let head = |text: &str| text.split("&X-Amz-Signature=").next().map(str::to_owned);
        let known = real.stdout.contains("=AKIAIOSFODNN7EXAMPLE%2F");
        let verified =
            || v4a::is_signed(&ours.stdout, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        return head(&real.stdout) != head(&ours.stdout) || (known && !verified());
    }
    real != ours
}

#[test]
fn made_up_calls() {
    let (calls, seed) = plan(300);
    let real_program = program("PRESIGN_LIVE_AWS");
    compare("aws", calls, seed, |number| {
        let call = make(&mut Dice::new(seed, number))
            .env("HTTP_PROXY", "http://127.0.0.1:9")
            .env("HTTPS_PROXY", "http://127.0.0.1:9");
        let real = run(&real_program, &call);
        let call = call.at(time_of(&real));
        let ours = call.run();
        differs(&real, &ours).then(|| {
            let file = |name: &str| std::fs::read_to_string(call.home.path().join(name)).unwrap_or_default();
            format!(
                "{number}: {:?}\n  env {:?}\n  config {:?}\n  credentials {:?}\n  real {real:?}\n  ours {ours:?}",
                &call.args,
                &call.env,
                file(".aws/config"),
                file(".aws/credentials")
            )
        })
    });
}
