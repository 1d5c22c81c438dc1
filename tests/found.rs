//! Calls whose answers were once wrong, found by made-up calls; the answers are the real program's.

use crate::support::Call;

fn aws(args: &[&str]) -> Call {
    Call::new("aws").args(["s3", "presign", "s3://bkt/key"]).args(args)
}

fn error(call: Call, exit: u8, text: &str) {
    let answer = call.run();
    assert_eq!((answer.stderr.as_str(), answer.exit, answer.stdout.as_str()), (text, exit, ""));
}

#[test]
fn settings_of_the_environment_meet_an_empty_s3_block() {
    let call = || aws(&[]).file(".aws/config", "[default]\ns3 =\n");
    error(call(), 255, "\naws: [ERROR]: 'str' object has no attribute 'get'\n");
    let text = "\naws: [ERROR]: 'str' object does not support item assignment\n";
    error(call().env("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "false"), 255, text);
    error(call().env("AWS_S3_USE_ARN_REGION", ""), 255, text);
    let call = aws(&[]).file(".aws/config", "[default]\ns3 = x\n").env("AWS_S3_USE_ARN_REGION", "");
    error(call, 255, "\naws: [ERROR]: 'str' object has no attribute 'get'\n");
}

#[test]
fn numbers_are_checked_before_the_profile() {
    let call = aws(&["--profile", "nope"]).env("AWS_METADATA_SERVICE_TIMEOUT", "x");
    error(call, 255, "\naws: [ERROR]: invalid literal for int() with base 10: 'x'\n");
}

#[test]
fn a_bad_error_format_is_named_before_a_parse_error() {
    let answer = aws(&["--output", "xml"]).env("AWS_CLI_ERROR_FORMAT", "zzz").run();
    let start = "Invalid cli_error_format: 'zzz'. Using 'enhanced' format.\n\naws: [ERROR]: An error occurred \
                 (ParamValidation): argument --output: Found invalid choice 'xml'\n";
    assert!(answer.stderr.starts_with(start), "{}", answer.stderr);
}

#[test]
fn a_beta_outpost_with_an_endpoint_that_is_no_url_to_the_rules() {
    let bucket = "7hho28hlm48w6uzc8itmhavervk6jt3g8xq7koc9jbeta0--op-s3";
    let answer = Call::new("aws")
        .args(["s3", "presign", &format!("s3://{bucket}/k"), "--region", "us-west-2"])
        .args(["--endpoint-url", "https://h.example?x=y"])
        .env("AWS_ACCESS_KEY_ID", "AK")
        .env("AWS_SECRET_ACCESS_KEY", "SK")
        .run();
    let start = format!("https://{bucket}.op-28hlm48w6uzc8itmh.s3-outposts.us-west-2.amazonaws.com/k?");
    assert!(answer.stdout.starts_with(&start), "{answer:?}");
}

#[test]
fn a_query_is_checked_before_the_endpoint() {
    let call = aws(&["--query", "[[", "--endpoint-url", "nos"]);
    let text = "\naws: [ERROR]: An error occurred (ParamValidation): Bad value for --query [[: Invalid jmespath \
                expression: Incomplete expression:\n\"[[\"\n   ^\n";
    error(call, 252, text);
}
