//! Made-up calls of `aws s3 presign`, by us and by the real AWS CLI.

use super::real::{Dice, compare, plan, program, run};
use crate::support::{Answer, Call, v4a};
use std::time::SystemTime;

const AP: &str = "s3://arn:aws:s3:us-west-2:123456789012:accesspoint";
const PATHS: &[&str] = &[
    "s3://bkt/key",
    "bkt/key",
    "s3://my.bucket/key",
    "s3://abc.bucket/k",
    "s3://My_Bucket/k",
    "s3://ab/k",
    "s3://bkt",
    "s3://bkt/",
    "s3://",
    "",
    "/k",
    "S3://bkt/k",
    "https://bkt/k",
    "s3://bkt//lead",
    "s3://bkt/a/../b",
    "s3://192.168.1.1/k",
    "s3://bkt!/k",
    "s3://bücket/k",
    "s3://-abc/k",
    "s3://xn--abc/k",
    "s3://b--usw2-az1--xa-s3/k",
    "s3://b--usw2-az1--x-s3/k",
    "s3://b--x-s3/k",
    "s3://b--x-s3x/k",
    "s3://x--op-s3/k",
    "file://p.txt",
    "file://nope",
    "fileb://p.txt",
    "file://~/p.txt",
    "file://$PVAR",
    "file://bad.bin",
    "file://.",
    "s3://arn:aws:s3::123456789012:accesspoint/x.mrap/k",
    "s3://arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/myap/k",
    "s3://arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/bucket/b/k",
    "s3://arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/ol/k",
    "s3://arn:aws:s3-object-lambda::123456789012:accesspoint:ol/k",
    "s3://arn:aws:s3:us-west-2:123456789012:accesspoint/my_ap/k",
    "s3://arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/ap/k",
    "s3://arn:aws:sns:us-west-2:123456789012:topic/k",
    "s3://test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3/k",
    "s3://test-accessp-e0b1d075431d83bebde8xz5w8ijx1qzlbp3i3ebeta0--op-s3/k",
];
const EXPIRIES: &[&str] = &[
    "60",
    "604800",
    "604801",
    "0",
    "-5",
    " 7 ",
    "1_000",
    "٣٤",
    "abc",
    "1.5",
    "",
    "99999999999999999999999",
    "+3",
    "file://life.txt",
    "fileb://life.txt",
    "file://nope",
    "007",
    "1e3",
];
const REGIONS: &[&str] = &[
    "us-west-2",
    "us-east-1",
    "eu-west-1",
    "cn-north-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eu-isoe-west-1",
    "us-isof-south-1",
    "eusc-de-east-1",
    "aws-global",
    "fips-us-east-1",
    "us-west-2-fips",
    "s3-external-1",
    "aws-cn-global",
    "bogus",
    "EU",
    "us_west_2",
    "us west",
    "-x",
    "123",
    "",
    "a.b",
    "aws-iso-e-global",
    "cn-bogus-1",
];
const ENDPOINTS: &[&str] = &[
    "http://localhost:9000",
    "https://h.example.com",
    "https://H.Example.com:443/p",
    "https://h/a b/",
    "https://h//",
    "http://127.0.0.1",
    "http://[::1]:9000",
    "https://user:pw@h",
    "https://h?x=y",
    "https://h/p#f",
    "ftp://h",
    "https://h:abc",
    "localhost:9000",
    "//h",
    "",
    "https://",
    "https://a_b.example.com",
    "https://h x",
    "HTTP://h",
    "https://s3-accelerate.amazonaws.com",
    "https://s3.us-west-2.amazonaws.com",
    "http://[::1",
    "https://h.",
    " https://h",
    "https://h/../p/./q//r",
    "https://h:99999",
    "https://é.example.com",
    "http:/one",
    "https://h/%41",
];
const OPTIONS: &[&[&str]] = &[
    &["--no-sign-request"],
    &["--no-sign"],
    &["--query", "a.b[0]"],
    &["--query", "[["],
    &["--query", "a.1"],
    &["--query", "`x"],
    &["--output", "json"],
    &["--output", "xml"],
    &["--outp=text"],
    &["--color", "on"],
    &["--color=purple"],
    &["--no-verify-ssl"],
    &["--no-paginate"],
    &["--no"],
    &["--c", "on"],
    &["--cli-read-timeout", "5"],
    &["--cli-read-timeout", "x"],
    &["--cli-connect-timeout=0"],
    &["--ca-bundle", "/nope"],
    &["--bogus"],
    &["--bogus", "x"],
    &["-x"],
    &["--profile", "dev"],
    &["--profile", "nope"],
    &["--profile", ""],
    &["--profile=my dev"],
    &["--prof", "default"],
    &["--profile"],
    &["extra"],
    &["--"],
    &["--cli-error-format", "json"],
    &["--cli-error-format", "legacy"],
    &["--cli-error-format", "text"],
    &["--cli-error-format", "yaml"],
    &["--cli-error-format=table"],
    &["--cli-error-format", "zzz"],
    &["--no-cli-auto-prompt"],
    &["--no-cli-pager"],
    &["--cli-binary-format", "base64"],
    &["--expires-in"],
    &["--exp", "9"],
    &["--e", "60"],
    &["--expires-in=8"],
    &["--no-cli-pager=1"],
    &["--re"],
    &["--cli-binary-format", "bas64"],
];
const PROFILE_LINES: &[&str] = &[
    "region = eu-central-1",
    "region = us_x",
    "region =",
    "output = json",
    "s3 =\n  addressing_style = path",
    "s3 =\n  addressing_style = virtual",
    "s3 =\n  addressing_style = Path",
    "s3 =\n  use_accelerate_endpoint = true",
    "s3 =\n  use_accelerate_endpoint = TRUE\n  use_dualstack_endpoint = true",
    "s3 =\n  use_dualstack_endpoint = True",
    "s3 =\n  use_arn_region = false",
    "s3 =\n  s3_disable_multiregion_access_points = true",
    "s3 = foo",
    "s3 =",
    "s3 =\n  foo",
    "s3 =\n  force_path_style = true",
    "s3 =\n  signature_version = s3\n\n  # c\n  addressing_style=path",
    "use_fips_endpoint = true",
    "use_dualstack_endpoint = true",
    "endpoint_url = http://conf.example:1",
    "endpoint_url = conf.example",
    "services = svc",
    "services = none",
    "ignore_configured_endpoint_urls = true",
    "retry_mode = bogus",
    "retry_mode = adaptive",
    "max_attempts = 0",
    "max_attempts = x",
    "max_attempts = 9",
    "request_checksum_calculation = bogus",
    "response_checksum_validation = WHEN_REQUIRED",
    "account_id_endpoint_mode = x",
    "parameter_validation = false",
    "cli_timestamp_format = bogus",
    "cli_timestamp_format = wire",
    "cli_error_format = json",
    "cli_error_format = legacy",
    "metadata_service_timeout = x",
    "metadata_service_num_attempts = 2",
    "s3_disable_express_session_auth = true",
    "s3_disable_express_session_auth = x",
    "request_min_compression_size_bytes = 0",
    "request_min_compression_size_bytes = x",
    "tcp_keepalive = true",
    "Region = US-EAST-1",
    "role_arn = arn:aws:iam::1:role/r",
    "role_arn = r\nsource_profile = none",
    "role_arn = r\nsource_profile = dev\ncredential_source = Environment",
    "role_arn = r\ncredential_source = Bogus",
    "role_arn = r\nsource_profile = default",
    "web_identity_token_file = /nope",
    "sso_role_name = r",
    "sso_account_id = 1\nsso_session = none",
    "sso_session = none",
    "sso_start_url = u",
    "login_session = s",
    "credential_process = /bin/echo {\"Version\": 1, \"AccessKeyId\": \"PK\", \"SecretAccessKey\": \"ps\"}",
    "credential_process = cat creds.json",
    "credential_process = cat old.json",
    "credential_process = sh -c 'echo oops >&2; exit 3'",
    "credential_process = /nope x",
    "credential_process = \"unclosed",
    "credential_process = echo hi",
    "credential_process = true",
    "credential_process = echo '{\"Version\": 2}'",
    "credential_process = echo '{\"Version\": 1}'",
    "credential_process = echo []",
    "aws_access_key_id = CAK\naws_secret_access_key = csk",
    "aws_access_key_id = CAK",
    "aws_session_token =",
    "; c",
    "# c",
    "garbage",
    "region = eu-west-1 ; c",
    "a = b\na = c",
    "= x",
    "key : v",
    "ec2_metadata_service_endpoint_mode = x",
    "ca_bundle = /nope",
    "auth_scheme_preference = sigv4a",
    "user_agent_appid = x",
    "aws_account_id = 1",
    "defaults_mode = x",
    "cli_pager =",
];
const HEADS: &[&str] = &[
    "[default]",
    "[default]",
    "[default]",
    "[profile default]",
    "[profile dev]",
    "[profile \"my dev\"]",
    "[dev]",
    "[default] junk",
    "[ default ]",
    "[DEFAULT]",
    "[profile a b]",
    "[profiles dev]",
    "[services svc]",
    "[sso-session ses]",
    "[plugins]",
];
const VARIABLES: &[(&str, &[&str])] = &[
    ("AWS_REGION", REGIONS),
    ("AWS_DEFAULT_REGION", REGIONS),
    ("AWS_PROFILE", &["dev", "default", "nope", "", "my dev"]),
    ("AWS_DEFAULT_PROFILE", &["dev", "nope"]),
    ("AWS_ENDPOINT_URL", ENDPOINTS),
    ("AWS_ENDPOINT_URL_S3", ENDPOINTS),
    ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", &["true", "TRUE", "1"]),
    ("AWS_USE_FIPS_ENDPOINT", &["true", "1", "True"]),
    ("AWS_USE_DUALSTACK_ENDPOINT", &["true", "yes", "TRUE"]),
    ("AWS_S3_USE_ARN_REGION", &["true", "false", "x"]),
    ("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", &["true", "false"]),
    ("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", &["true", "FALSE", "x"]),
    ("AWS_CLI_ERROR_FORMAT", &["json", "legacy", "Text", "zzz", "yaml", "table"]),
    ("AWS_MAX_ATTEMPTS", &["abc", "3", "0"]),
    ("AWS_RETRY_MODE", &["legacy", "standard"]),
    ("AWS_SESSION_TOKEN", &["tok/en+=", ""]),
    ("AWS_SECURITY_TOKEN", &["sec"]),
    ("AWS_CREDENTIAL_EXPIRATION", &["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2099-01-01", ""]),
    ("AWS_CONFIG_FILE", &["other.cfg", "", "~/other.cfg", "$PVAR", "/nope"]),
    ("AWS_SHARED_CREDENTIALS_FILE", &["", "/nope", "other.cfg"]),
    ("AWS_ACCOUNT_ID_ENDPOINT_MODE", &["required", "x"]),
    ("AWS_METADATA_SERVICE_TIMEOUT", &["1", "x"]),
    ("AWS_REQUEST_CHECKSUM_CALCULATION", &["x", "when_required"]),
    ("AWS_CREDENTIAL_FILE", &["/nope", "ec2.txt"]),
    ("BOTO_CONFIG", &["boto.cfg", "/nope"]),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &["http://x.example/y"]),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", &["/nope", ""]),
    ("AWS_CLI_AUTO_PROMPT", &["off", "bogus"]),
    ("AWS_CA_BUNDLE", &["/nope"]),
];

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
