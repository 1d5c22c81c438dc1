//! The recorded calls of s3cmd 2.4.0, byte for byte.
//!
//! Two purposeful differences, each by its rule: a host that refuses version 2 gets a version 4
//! link (so those calls are compared with `--signature-v2`, and their version 4 link separately),
//! and a session token is part of the link (so the link without it is compared, and the signature
//! computed anew).

use crate::support::recorded::{Recorded, read, report, say};
use crate::support::{Answer, v4};
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use std::time::UNIX_EPOCH;

/// The hosts of the rule, written out once more.
fn refuses_v2(stdout: &str) -> bool {
    let host = stdout.split('/').nth(2).unwrap_or_default().to_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    [".amazonaws.com", ".amazonaws.com.cn", ".r2.cloudflarestorage.com", ".backblazeb2.com"]
        .iter()
        .any(|end| host.ends_with(end))
}

/// A link's query parameters, still encoded.
fn query(url: &str) -> Vec<(&str, &str)> {
    let query = url.trim_end().split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('=')).collect()
}

fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    query(url).into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned()
}

fn sha1_signature(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret.as_bytes()).expect("any key");
    mac.update(text.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
}

/// The text and the secret that make the signature of a recorded link: the key is some end of
/// the link's path, the secret one of the two in the recordings.
fn signed_as(recorded: &Recorded) -> (String, String) {
    const SECRETS: [&str; 2] = ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"];
    let url = recorded.stdout.trim_end();
    let signature = decoded(parameter(url, "Signature").expect("a signature"));
    let expiry = parameter(url, "Expires").expect("an expiry");
    let uri = recorded.args.iter().find(|arg| arg.to_lowercase().starts_with("s3://")).expect("a URI");
    let bucket = uri[5..].trim_start_matches('/').split('/').next().unwrap_or_default();
    let overrides: Vec<String> = query(url)
        .into_iter()
        .filter(|(name, _)| name.starts_with("response-"))
        .map(|(name, value)| format!("{name}={}", decoded(value)))
        .collect();
    let overrides = if overrides.is_empty() { String::new() } else { format!("?{}", overrides.join("&")) };
    let path = url.split_once('?').expect("a query").0;
    // A blank behind a quoted value leaves its closing quote in it.
    let quoted = SECRETS.map(|secret| format!("{secret}\""));
    for secret in SECRETS.map(str::to_owned).into_iter().chain(quoted) {
        for (at, _) in path.match_indices('/') {
            let text = format!("GET\n\n\n{expiry}\n/{bucket}/{}{overrides}", &path[at + 1..]);
            if sha1_signature(&secret, &text) == signature {
                return (text, secret);
            }
        }
    }
    panic!("{}: neither secret signs the recorded link", recorded.name)
}

/// The answer as it would be without the token, if the token in it is signed as it should be: as
/// the header that it stands for.
fn without_token(recorded: &Recorded, answer: Answer) -> Answer {
    let Some(token) = parameter(&answer.stdout, "x-amz-security-token") else { return answer };
    let signature = parameter(&answer.stdout, "Signature").expect("a signature");
    let (text, secret) = signed_as(recorded);
    let (head, resource) = text.rsplit_once("\n/").expect("a resource");
    let text = format!("{head}\nx-amz-security-token:{}\n/{resource}", decoded(token));
    assert_eq!(decoded(signature), sha1_signature(&secret, &text), "{}: {text:?}", recorded.name);
    let recorded_signature = parameter(&recorded.stdout, "Signature").unwrap_or_default();
    let stdout = answer
        .stdout
        .replace(&format!("&x-amz-security-token={token}"), "")
        .replace(&format!("Signature={signature}"), &format!("Signature={recorded_signature}"));
    Answer { stdout, ..answer }
}

/// Whether the rule gives a version 4 link to what was recorded as a version 2 one.
fn is_version_4(recorded: &Recorded) -> bool {
    let expires = parameter(&recorded.stdout, "Expires").and_then(|expires| expires.parse::<i64>().ok());
    let now = recorded.time().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() as i64;
    refuses_v2(&recorded.stdout) && expires.is_some_and(|expires| (1..=604_800).contains(&(expires - now)))
}

fn compare(file: &str) {
    let calls = read(file);
    let mut differences = Vec::new();
    for recorded in &calls {
        let before: &[&str] = if is_version_4(recorded) { &["--signature-v2"] } else { &[] };
        let answer = without_token(recorded, recorded.call("s3cmd", before).run());
        differences.extend(recorded.difference(&answer));
    }
    report(file, calls.len(), &differences);
}

/// Where the rule says version 4, the link is that of the same object, by aws-sigv4.
#[test]
fn version_4_links() {
    let calls = read("s3cmd-signurl-random.jsonl");
    let mut checked = 0;
    for recorded in calls.iter().filter(|recorded| is_version_4(recorded)) {
        let answer = recorded.call("s3cmd", &[]).run();
        assert_eq!(answer.exit, 0, "{}", recorded.name);
        let (url, real) = (answer.stdout.trim_end(), recorded.stdout.trim_end());
        let path = |url: &str| url.split_once('?').expect("a query").0.to_owned();
        // The bucket is encoded where s3cmd leaves it raw.
        assert_eq!(decoded(&path(url)), decoded(&path(real)), "{}", recorded.name);
        let expires: i64 = parameter(url, "X-Amz-Expires").expect("a life").parse().expect("a number");
        let end: i64 = parameter(real, "Expires").expect("an expiry").parse().expect("a number");
        let now = recorded.time().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() as i64;
        assert_eq!(now + expires, end, "{}", recorded.name);
        for name in ["response-content-disposition", "response-content-type"] {
            assert_eq!(parameter(url, name), parameter(real, name), "{}", recorded.name);
        }
        let (_, secret) = signed_as(recorded);
        v4::verify(url, &secret, recorded.time());
        checked += 1;
    }
    say(&format!("version 4: {checked} links verified"));
    assert!(checked > 20, "only {checked} recorded calls have a version 4 link");
}

#[test]
fn examples() {
    compare("s3cmd-signurl-examples.jsonl");
}

#[test]
fn random() {
    compare("s3cmd-signurl-random.jsonl");
}
