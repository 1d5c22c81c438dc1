//! The recorded calls of the AWS CLI 2.36, byte for byte.
//!
//! One purposeful difference, by its rule: an `--endpoint-url` that is a dotted host name without
//! a scheme is not refused but taken as `https`.

use crate::support::recorded::{Recorded, read, report};
use crate::support::{Answer, v4a};

/// The error that the guide's rule takes away.
fn is_guide_host(recorded: &Recorded) -> bool {
    let stderr = recorded.stderr.as_deref().unwrap_or_default();
    let Some((_, rest)) = stderr.split_once("Bad value for --endpoint-url \"") else { return false };
    let host = rest.split('"').next().unwrap_or_default();
    host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

/// A random signature cannot be compared: ours must verify, by the key that verifies the recorded
/// one, and is then replaced by that.
fn with_recorded_signature(recorded: &Recorded, answer: Answer) -> Answer {
    const KEYS: [(&str, &str); 2] = [
        ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
    ];
    let access_key = |key: &&(&str, &str)| recorded.stdout.contains(&format!("X-Amz-Credential={}%2F", key.0));
    let (access_key, secret) = KEYS.iter().find(access_key).expect("one of the two keys");
    assert!(v4a::is_signed(&recorded.stdout, access_key, secret), "{}: the recorded link", recorded.name);
    assert!(v4a::is_signed(&answer.stdout, access_key, secret), "{}: {}", recorded.name, answer.stdout);
    let split = |url: &str| url.split_once("&X-Amz-Signature=").map(|(head, tail)| (head.to_owned(), tail.to_owned()));
    let (ours, _) = split(&answer.stdout).expect("a signature");
    let (_, theirs) = split(&recorded.stdout).expect("a signature");
    Answer { stdout: format!("{ours}&X-Amz-Signature={theirs}"), ..answer }
}

fn compare(file: &str) {
    let calls = read(file);
    let mut differences = Vec::new();
    for recorded in &calls {
        let answer = recorded.call("aws", &[]).run();
        if is_guide_host(recorded) {
            assert_eq!(answer.exit, 0, "{}: {}", recorded.name, answer.stderr);
            assert!(answer.stdout.starts_with("https://"), "{}", recorded.name);
            continue;
        }
        let answer = if recorded.random_signature { with_recorded_signature(recorded, answer) } else { answer };
        differences.extend(recorded.difference(&answer));
    }
    report(file, calls.len(), &differences);
}

#[test]
fn examples() {
    compare("aws-presign-examples.jsonl");
}

#[test]
fn random() {
    compare("aws-presign-random.jsonl");
}

#[test]
fn endpoints() {
    compare("aws-presign-endpoints.jsonl");
}
