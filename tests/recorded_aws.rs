//! The recorded calls of the AWS CLI 2.36, byte for byte.
//!
//! One purposeful difference, by its rule: an `--endpoint-url` that is a dotted host name without
//! a scheme is not refused but taken as `https`.

mod support;

use support::recorded::{Recorded, read, report};

/// The error that the guide's rule takes away.
fn is_guide_host(recorded: &Recorded) -> bool {
    let stderr = recorded.stderr.as_deref().unwrap_or_default();
    let Some((_, rest)) = stderr.split_once("Bad value for --endpoint-url \"") else { return false };
    let host = rest.split('"').next().unwrap_or_default();
    host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
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
