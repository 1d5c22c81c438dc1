//! More calls of the AWS CLI whose answers were once wrong; the answers are the real program's.

use crate::support::Call;

fn call() -> Call {
    Call::new("aws").args(["s3", "presign", "s3://bkt/key"])
}

fn with_keys(call: Call) -> Call {
    call.env("AWS_ACCESS_KEY_ID", "AK").env("AWS_SECRET_ACCESS_KEY", "SK")
}

/// Checks that the call is refused with this message, exit code 255.
fn refused(call: Call, text: &str) {
    let answer = call.run();
    let text = format!("\naws: [ERROR]: {text}\n");
    assert_eq!((answer.stderr.as_str(), answer.exit, answer.stdout.as_str()), (text.as_str(), 255, ""));
}

fn linked(call: Call, start: &str) {
    let answer = call.run();
    assert!(answer.exit == 0 && answer.stdout.starts_with(start), "{start}: {answer:?}");
}

/// A block is a dictionary to Python, wherever a text is meant to stand.
#[test]
fn blocks_in_the_place_of_texts() {
    const HASH: &str = "cannot use 'dict' as a dict key (unhashable type: 'dict')";
    const INT: &str = "int() argument must be a string, a bytes-like object or a real number, not 'dict'";
    const LOWER: &str = "'dict' object has no attribute 'lower'";
    const DICT: &str = "{'a': \"d'\", 'c': 'd'}";
    for (key, text) in [
        ("retry_mode", "Invalid value provided to \"mode\": \"DICT\" must be one of: \"standard\" or \"adaptive\""),
        ("max_attempts", INT),
        ("metadata_service_timeout", INT),
        ("metadata_service_num_attempts", INT),
        ("tcp_keepalive", LOWER),
        ("cli_auto_prompt", LOWER),
        ("ec2_metadata_service_endpoint_mode", LOWER),
        ("ec2_metadata_service_endpoint", "unhashable type: 'dict'"),
        ("endpoint_url", "unhashable type: 'dict'"),
        ("services", HASH),
        ("sso_session", HASH),
        ("cli_binary_format", HASH),
        (
            "request_min_compression_size_bytes",
            "Invalid value \"DICT\" for request_min_compression_size_bytes. Value must be an integer. Received <class \
             'dict'> instead.",
        ),
        (
            "account_id_endpoint_mode",
            "The configured value 'DICT' for 'account_id_endpoint_mode' is invalid. Valid values are: ('preferred', \
             'disabled', 'required').",
        ),
        (
            "request_checksum_calculation",
            "Unsupported configuration value for request_checksum_calculation. Expected one of ('when_supported', \
             'when_required') but got DICT.",
        ),
        (
            "s3_disable_express_session_auth",
            "Invalid value \"DICT\" for s3_disable_express_session_auth. Value must be a boolean",
        ),
        (
            "auth_scheme_preference",
            "auth_scheme_preference must be a comma-delimited string. Received <class 'dict'> instead: DICT.",
        ),
    ] {
        let config = format!("[default]\n{key} =\n  a = b\n  c=d\n  a = d'\n");
        refused(with_keys(call()).file(".aws/config", config), &text.replace("DICT", DICT));
    }
    let answer = with_keys(call()).file(".aws/config", "[default]\ncli_timestamp_format =\n  a = b\n").run();
    let text = "An error occurred (Configuration): Unknown cli_timestamp_format value: {'a': 'b'}, valid values are";
    assert!(answer.exit == 253 && answer.stderr.contains(text), "{answer:?}");
}

#[test]
fn blocks_in_the_place_of_credentials() {
    let sso = "The profile \"default\" is configured to use SSO but is missing required configuration: ";
    for (config, text) in [
        ("credential_process =\n  a=b", "'dict' object has no attribute 'read'".to_owned()),
        ("login_session =\n  a=b", "'dict' object has no attribute 'encode'".to_owned()),
        (
            "role_arn =\n  a=b",
            "Partial credentials found in assume-role, missing: source_profile or credential_source".to_owned(),
        ),
        (
            "role_arn = r\nsource_profile =\n  a=b",
            "cannot use 'dict' as a dict key (unhashable type: 'dict')".to_owned(),
        ),
        (
            "role_arn = r\ncredential_source =\n  a=b",
            "The credential source \"{'a': 'b'}\" referenced in profile \"default\" is not valid.".to_owned(),
        ),
        ("sso_role_name =\n  a=b", format!("{sso}sso_account_id, sso_start_url, sso_region")),
        (
            "aws_access_key_id =\n  a=b\naws_secret_access_key = x",
            "sequence item 0: expected str instance, dict found".to_owned(),
        ),
        (
            "aws_access_key_id = x\naws_secret_access_key =\n  a=b",
            "can only concatenate str (not \"dict\") to str".to_owned(),
        ),
    ] {
        refused(call().file(".aws/config", format!("[default]\n{config}\n")), &text);
    }
    let token = "[default]\naws_access_key_id = A\naws_secret_access_key = B\naws_session_token =\n  a = b\n  c=d\n";
    let answer = call().file(".aws/credentials", token).run();
    assert!(
        answer.stdout.contains("Security-Token=%7B%27a%27%3A%20%27b%27%2C%20%27c%27%3A%20%27d%27%7D&"),
        "{answer:?}"
    );
}

#[test]
fn an_sso_session_must_agree_in_all_it_says() {
    let config = "[default]\nsso_session = s\nsso_role_name = r\nsso_registration_scopes = b\n[sso-session s]\n\
                  sso_region = x\nsso_start_url = u\nsso_registration_scopes = a\n";
    let text = "The value for sso_registration_scopes is inconsistent between profile (b) and sso-session (a).";
    refused(call().file(".aws/config", config), text);
}

#[test]
fn what_a_credential_process_prints() {
    let keys = |more: &str| format!("{{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"B\", {more}}}");
    let version = |shown: &str| {
        format!(
            "Error when retrieving credentials from custom-process: Unsupported version '{shown}' for credential \
             process provider, supported versions: 1"
        )
    };
    let joined = |name: &str| format!("sequence item 0: expected str instance, {name} found");
    for (output, text) in [
        (keys("\"AccessKeyId\": 5"), joined("int")),
        (keys("\"AccessKeyId\": null"), joined("NoneType")),
        (keys("\"SecretAccessKey\": true"), "can only concatenate str (not \"bool\") to str".to_owned()),
        (keys("\"Expiration\": 5"), "Parser must be a string or character stream, not int".to_owned()),
        (
            keys("\"Expiration\": \"2099-13-01T00:00:00Z\""),
            "month must be in 1..12, not 13: 2099-13-01T00:00:00Z".to_owned(),
        ),
        (
            keys("\"Expiration\": \"2099-02-30T25:00:00Z\""),
            "day 30 must be in range 1..28 for month 2 in year 2099: 2099-02-30T25:00:00Z".to_owned(),
        ),
        (
            keys("\"Expiration\": \"2099-01-01T00:00:60Z\""),
            "second must be in 0..59, not 60: 2099-01-01T00:00:60Z".to_owned(),
        ),
        (
            keys("\"AccessKeyId\": 5, \"Expiration\": \"2099-01-01T00:00:00\""),
            "can't subtract offset-naive and offset-aware datetimes".to_owned(),
        ),
        ("1.5".to_owned(), "'float' object has no attribute 'get'".to_owned()),
        ("{\"Version\": 1e22}".to_owned(), version("1e+22")),
        (
            "{\"Version\": 1,}".to_owned(),
            "Illegal trailing comma before end of object: line 1 column 14 (char 13)".to_owned(),
        ),
        ("\u{feff}{}".to_owned(), "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)".to_owned()),
    ] {
        let call = call().file(".aws/config", "[default]\ncredential_process = cat out.json\n");
        refused(call.env("PATH", "/usr/bin:/bin").file("out.json", output), &text);
    }
    let nameless = call().file(".aws/config", "[default]\ncredential_process = '' x\n");
    refused(nameless, "[Errno 13] Permission denied: ''");
}

/// The secret comes last, with `AWS4` in front; of two tokens only the one that counts is looked at.
#[test]
fn keys_of_the_environment_that_are_not_utf8() {
    let wrong =
        |at: u8| format!("'utf-8' codec can't encode character '\\udcff' in position {at}: surrogates not allowed");
    refused(with_keys(call()).env_bytes("AWS_SECRET_ACCESS_KEY", b"a\xff"), &wrong(5));
    let both = with_keys(call()).env_bytes("AWS_SECRET_ACCESS_KEY", b"\xff").env_bytes("AWS_SESSION_TOKEN", b"a\xff");
    refused(both, &wrong(1));
    let unread = with_keys(call()).env("AWS_SECURITY_TOKEN", "x").env_bytes("AWS_SESSION_TOKEN", b"\xff");
    linked(unread, "https://bkt.s3.amazonaws.com/key?");
}

#[test]
fn settings_that_no_link_depends_on() {
    const BUNDLE: &str = "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or \
                          verify) resolved to an empty or whitespace-only string. Provide a valid path to a CA bundle file.";
    refused(with_keys(call()).env("AWS_CA_BUNDLE", " "), BUNDLE);
    refused(with_keys(call()).env("REQUESTS_CA_BUNDLE", ""), BUNDLE);
    refused(with_keys(call()).args(["--ca-bundle", "", "--cli-read-timeout", "-1"]), BUNDLE);
    refused(with_keys(call()).file(".aws/config", "[default]\nca_bundle =\n"), BUNDLE);
    linked(with_keys(call()).env("AWS_CA_BUNDLE", "").args(["--no-verify-ssl"]), "https://bkt.");
    linked(with_keys(call()).env("AWS_CA_BUNDLE", "").args(["--ca-bundle", "x"]), "https://bkt.");
    for name in ["read", "connect"] {
        let text = format!(
            "Attempted to set {name} timeout to -1, but the timeout cannot be set to a value less than or equal to 0."
        );
        refused(with_keys(call()).args([format!("--cli-{name}-timeout=-1")]), &text);
        linked(with_keys(call()).args([format!("--cli-{name}-timeout=-0")]), "https://bkt.");
    }
    let csm = with_keys(call()).env("AWS_CSM_ENABLED", "True").env("AWS_CSM_PORT", "x");
    refused(csm, "invalid literal for int() with base 10: 'x'");
    linked(with_keys(call()).env("AWS_CSM_PORT", "x"), "https://bkt.");
    let binary = || with_keys(call()).file(".aws/config", "[default]\ncli_binary_format = x\nretry_mode = x\n");
    refused(binary(), "'x'");
    let option = with_keys(call()).file(".aws/config", "[default]\ncli_binary_format = x\n");
    linked(option.args(["--cli-binary-format", "base64"]), "https://bkt.");
    linked(with_keys(call()).env("AWS_CLI_OUTPUT_ENCODING", "UTF-8"), "https://bkt.");
    let alias = with_keys(call()).file(".aws/cli/alias/x", "");
    refused(alias, "The specified config file ({HOME}/.aws/cli/alias) could not be found.");
}

#[test]
fn plugins_are_the_real_programs() {
    let call = |lines: &str| with_keys(call()).file(".aws/config", format!("[plugins]\n{lines}\n"));
    linked(call("x = y"), "https://bkt.");
    linked(call("cli_legacy_plugin_path = /"), "https://bkt.");
    let text = "the settings ask for plugins (cli_legacy_plugin_path), which only the real aws loads";
    refused(call("cli_legacy_plugin_path = /\nx = y"), text);
}

#[test]
fn lives_and_paths() {
    let life = |life: &str| with_keys(call()).args([format!("--expires-in={life}")]);
    refused(life("\x1c5\x1f"), "invalid literal for int() with base 10: '\\x1c5\\x1f'");
    refused(life("\x1c\u{663}"), "invalid literal for int() with base 10: '\\x1c\u{663}'");
    linked(life("\u{85}5\x0b"), "https://bkt.");
    refused(life("fileb://u").file("u", "\u{663}"), "invalid literal for int() with base 10: b'\\xd9\\xa3'");
    refused(with_keys(call()).args(["--expires-in", "-5x"]), "invalid literal for int() with base 10: '-5x'");
    let path = |path: &str| with_keys(Call::new("aws").args(["s3", "presign", path]));
    linked(path("-1.5e3/k"), "https://s3.amazonaws.com/-1.5e3/k?");
    linked(path("s3://bkt\n/k"), "https://bkt.s3.amazonaws.com/k?");
    linked(path("s3://BKT\n/k"), "https://s3.amazonaws.com/BKT%0A/k?");
}
