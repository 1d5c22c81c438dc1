//! The lines of the Gcore guide, as printed there (and with the shell's part done).

use crate::support::{Call, v4};
use std::time::{Duration, UNIX_EPOCH};

const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
];

fn call(line: &str) -> Call {
    let mut words = line.split_whitespace();
    let call = Call::new(words.next().expect("a program")).args(words);
    KEYS.iter().fold(call, |call, (name, value)| call.env(name, value))
}

#[test]
fn aws_presign() {
    let line = "aws presign s3://example-bucket/image.jpg --expires in 60480 --endpoint-url s-dt2.cloud.gcore.lu";
    let answer = call(line).run();
    assert_eq!((answer.exit, answer.stderr.as_str()), (0, ""));
    let link = answer.stdout.trim_end();
    let start = "https://s-dt2.cloud.gcore.lu/example-bucket/image.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&";
    assert!(link.starts_with(start) && link.contains("&X-Amz-Expires=60480&"), "{link}");
    v4::verify(link, KEYS[1].1, UNIX_EPOCH + Duration::from_secs(1_741_964_966));
    // It is the same link as by the words that the AWS CLI knows.
    let line =
        "aws s3 presign s3://example-bucket/image.jpg --expires-in 60480 --endpoint-url https://s-dt2.cloud.gcore.lu";
    assert_eq!(call(line).run(), answer);
}

#[test]
fn s3cmd_signurl() {
    let config = "[default]\naccess_key = AKIAIOSFODNN7EXAMPLE\nsecret_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\
                  host_base = s-dt2.cloud.gcore.lu\nhost_bucket = s-dt2.cloud.gcore.lu\n";
    // echo "`date +%s` + 3600 * 24 * 7" | bc, at the time of the call.
    let in_a_week = (1_741_964_966 + 3600 * 24 * 7).to_string();
    for expiry in ["1657457538", &in_a_week] {
        let line = format!("s3cmd signurl s3://example-bucket/image.jpg {expiry}");
        let answer = call(&line).text_file(".s3cfg", config).run();
        assert_eq!((answer.exit, answer.stderr.as_str()), (0, ""));
        let start = format!(
            "http://s-dt2.cloud.gcore.lu/example-bucket/image.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires={expiry}&Signature="
        );
        assert!(answer.stdout.starts_with(&start), "{}", answer.stdout);
    }
}
