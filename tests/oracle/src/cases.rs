//! Random calls: what may be asked of the rules, mostly sensible, often not quite.

use crate::random::Random;

/// One call, as a client has it: before botocore has looked at the region.
#[derive(Clone, Debug)]
pub struct Case {
    pub bucket: String,
    pub region: Option<String>,
    pub fips: bool,
    pub dualstack: bool,
    pub accelerate: bool,
    pub force_path_style: bool,
    pub endpoint: Option<Endpoint>,
    pub use_arn_region: Option<bool>,
    pub disable_multi_region: bool,
    pub disable_express_session: bool,
}

/// A custom endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Scheme and authority, or all of what is no URL.
    pub origin: String,
    pub path: &'static str,
    /// What the rules have to take for `normalizedPath`, see `PATHS`.
    pub normalized_path: &'static str,
}

impl Endpoint {
    pub fn url(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

/// Regions with the partitions they are in.
const REGIONS: &[(&str, &str)] = &[
    ("us-east-1", "aws"),
    ("us-east-1", "aws"),
    ("us-west-2", "aws"),
    ("us-west-2", "aws"),
    ("eu-central-1", "aws"),
    ("ap-southeast-3", "aws"),
    ("ca-west-1", "aws"),
    ("sa-east-1", "aws"),
    ("me-central-1", "aws"),
    ("af-south-1", "aws"),
    ("il-central-1", "aws"),
    ("mx-central-1", "aws"),
    ("us-bogus-9", "aws"),
    ("cn-north-1", "aws-cn"),
    ("cn-northwest-1", "aws-cn"),
    ("cn-bogus-12", "aws-cn"),
    ("eusc-de-east-1", "aws-eusc"),
    ("us-iso-east-1", "aws-iso"),
    ("us-isob-east-1", "aws-iso-b"),
    ("eu-isoe-west-1", "aws-iso-e"),
    ("us-isof-south-1", "aws-iso-f"),
    ("us-gov-west-1", "aws-us-gov"),
    ("us-gov-east-1", "aws-us-gov"),
];

/// Names that are more than a region, and names that fit no partition's form.
const PSEUDO_REGIONS: &[(&str, &str)] = &[
    ("s3-external-1", "aws"),
    ("aws-cn-global", "aws-cn"),
    ("aws-iso-global", "aws-iso"),
    ("aws-iso-b-global", "aws-iso-b"),
    ("aws-iso-e-global", "aws-iso-e"),
    ("aws-iso-f-global", "aws-iso-f"),
    ("aws-us-gov-global", "aws-us-gov"),
    ("fips-us-east-1", "aws"),
    ("us-west-2-fips", "aws"),
    ("fips-us-gov-west-1", "aws-us-gov"),
    ("cn-north-1-fips", "aws-cn"),
    ("us-east-1a", "aws"),
    ("us-east--1", "aws"),
    ("us-gov-east", "aws"),
    ("us-isox-east", "aws"),
    ("eusc-fr-east-1", "aws"),
    ("US-WEST-2", "aws"),
    ("bogus", "aws"),
    ("r2", "aws"),
];

/// No labels of a host name.
const BAD_REGIONS: &[&str] = &[
    "",
    "us west 2",
    "us_west_2",
    "-us-west-2",
    "us-west-2.",
    "us-west-2-",
    "us.west.2",
    ".",
    "us-west-2/x",
    "us-west-2#",
    "us-west-2-us-west-2-us-west-2-us-west-2-us-west-2-us-west-2-us-we",
];

const AUTHORITIES: &[&str] = &[
    "localhost:9000",
    "h",
    "h:80",
    "minio.example.com",
    "S3.Example.COM:8443",
    "a_b.example.com",
    "user:pw@h.example",
    "abc.r2.cloudflarestorage.com",
    "s3.amazonaws.com",
    "s3.us-west-2.amazonaws.com",
    "s3.cn-north-1.amazonaws.com.cn",
    "s3-fips.us-gov-west-1.amazonaws.com",
    "s3-accelerate.amazonaws.com",
    "bucket.vpce-0a1b2c3d-5e6f.s3.us-west-2.vpce.amazonaws.com",
    "accesspoint.vpce-0a1b2c3d-5e6f.s3.us-west-2.vpce.amazonaws.com",
    "control.vpce-0a1b2c3d-5e6f.s3.us-west-2.vpce.amazonaws.com",
    "192.168.1.1",
    "127.0.0.1:9000",
    "[::1]:9000",
    "[2001:db8::1]",
];

/// Paths, and the `normalizedPath` that botocore makes of them: without dot segments and empty
/// ones, with a `/` at both ends, encoded (again).
const PATHS: &[(&str, &str)] = &[
    ("", "/"),
    ("", "/"),
    ("", "/"),
    ("", "/"),
    ("/", "/"),
    ("//", "/"),
    ("/p", "/p/"),
    ("/p/", "/p/"),
    ("/p/q-r_s~t.u", "/p/q-r_s~t.u/"),
    ("/p/./q", "/p/q/"),
    ("/p/../q//", "/q/"),
    ("/a%20b", "/a%2520b/"),
    ("/p#f", "/p/"),
];

/// Not URLs that the rules take.
const BAD_ENDPOINTS: &[&str] = &[
    "ftp://h",
    "s3://h/p",
    "localhost:9000",
    "minio.example.com",
    "//h",
    "/p",
    "h:",
    "https://h?x=y",
    "https://h/p?x",
    "https://192.168.1.1?x",
    "http://h:abc",
    "http://h:65536",
    "",
];

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const LONG: &str = "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhhi";
const INNER: &str = "abcdefghijklmnopqrstuvwxyz0123456789-----";

/// The case of this number.
pub fn case(seed: u64, number: u64) -> Case {
    let r = &mut Random::of_case(seed, number);
    let (region, partition) = match r.below(20) {
        0..14 => r.pick(REGIONS),
        14..17 => r.pick(PSEUDO_REGIONS),
        17..19 => ("aws-global", "aws"),
        _ => (r.pick(BAD_REGIONS), "aws"),
    };
    let endpoint = r.one_in(3).then(|| endpoint(r));
    // What cannot be had together with an endpoint of one's own is set with one more rarely.
    let rare = if endpoint.is_some() { 50 } else { 6 };
    Case {
        bucket: bucket(r, region, partition),
        region: (!r.one_in(20)).then(|| region.to_owned()),
        fips: r.one_in(rare),
        dualstack: r.one_in(rare),
        accelerate: r.one_in(rare),
        force_path_style: r.one_in(4),
        endpoint,
        use_arn_region: r.pick(&[None, None, Some(true), Some(false)]),
        disable_multi_region: r.one_in(5),
        disable_express_session: r.one_in(3),
    }
}

fn endpoint(r: &mut Random) -> Endpoint {
    if r.one_in(15) {
        return Endpoint { origin: r.pick(BAD_ENDPOINTS).to_owned(), path: "", normalized_path: "" };
    }
    let (path, normalized_path) = r.pick(PATHS);
    let scheme = r.pick(&["http", "https", "https", "HTTPS"]);
    Endpoint { origin: format!("{scheme}://{}", r.pick(AUTHORITIES)), path, normalized_path }
}

/// A bucket's name or ARN, now and then with a slip in it.
fn bucket(r: &mut Random, region: &str, partition: &str) -> String {
    let mut bucket = match r.below(16) {
        0..4 => name(r, 3),
        4 => format!("{}.{}", name(r, 1), name(r, 3)),
        5 => odd_name(r),
        6..8 => express(r),
        8 => outposts_alias(r),
        9..16 => arn(r, region, partition),
        _ => unreachable!("below 16"),
    };
    if r.one_in(12) {
        let at = r.below(bucket.len() + 1);
        let slip = r.pick(&["-", ".", "_", ":", "/", " ", "A", "%", "~", "--", "..", "x", "7", "é"]);
        match bucket.get(at..) {
            Some(rest) if !rest.is_empty() && r.one_in(2) => drop(bucket.remove(at)),
            // Nobody lets an ARN with other letters than ASCII through to the rules.
            Some(_) if slip.is_ascii() || !bucket.starts_with("arn:") => bucket.insert_str(at, slip),
            _ => {}
        }
    }
    bucket
}

/// At least so long, and no longer than most names are.
fn name(r: &mut Random, least: usize) -> String {
    let length = least + r.below(12);
    match length {
        1 => r.text(LOWER, 1),
        _ => r.text(LOWER, 1) + &r.text(INNER, length - 2) + &r.text(LOWER, 1),
    }
}

fn odd_name(r: &mut Random) -> String {
    let (long, longer, longest) = (r.text(LOWER, 63), r.text(LOWER, 64), r.text("ab.", 255));
    let odd = [
        "ab",
        "a",
        "",
        "My-Bucket",
        "my_bucket",
        "-abc",
        "abc-",
        "abc.",
        ".abc",
        "my..bucket",
        "bucket.-name",
        "bucket-.name",
        "192.168.1.1",
        "1.2.3",
        "bucket name",
        "example.com#",
        "a/b",
        "a%2Fb",
        "b\u{fc}cher",
        "..",
        "xn--abc",
        "abc-s3alias",
        "arn:",
        "arn",
        &long,
        &longer,
        &longest,
    ];
    r.pick(&odd).to_owned()
}

/// A directory bucket, or an access point of one.
fn express(r: &mut Random) -> String {
    let zones = [
        "use1-az4",
        "test-ab1",
        "use1-az12",
        "apne1-az4",
        "test1-zone-ab",
        "test1-zone-ab1",
        "test1-long1-zone-ab1",
        "abc",
        "use1--az4",
        "use1-az123",
        "test1-long1-zone-ab12",
    ];
    let choice = if r.one_in(8) { &zones[..] } else { &zones[..7] };
    let zone = r.pick(choice);
    let suffix = r.pick(&["--x-s3", "--x-s3", "--xa-s3"]);
    match r.below(20) {
        0 => suffix.to_owned(),
        1 => format!("{}{suffix}", name(r, 3)),
        2 => format!("{}.{}--{zone}{suffix}", name(r, 3), name(r, 3)),
        _ => format!("{}--{zone}{suffix}", name(r, 3)),
    }
}

/// `…HIIIIIIIIIIIIIIIII....................RRRR.--op-s3`: hardware, outpost id and the start of a
/// region's name have their places counted from the end.
fn outposts_alias(r: &mut Random) -> String {
    let hardware = r.pick(&["o", "o", "o", "e", "e", "x"]);
    let id = if r.one_in(12) { "op-01234567.9abcde".to_owned() } else { r.text(LOWER, 17) };
    let region = r.pick(&["use1", "usw2", "beta"]);
    let front = name(r, 2).replace("--", "aa");
    let front = if r.one_in(12) { format!("{front}{}", r.text(LOWER, 20)) } else { front };
    format!("{front}{hardware}{id}{}{region}0--op-s3", r.text(LOWER, 20))
}

fn arn(r: &mut Random, region: &str, partition: &str) -> String {
    let other = r.pick(REGIONS);
    let partition = if r.one_in(15) { r.pick(&["aws", "aws-cn", "aws-us-gov", "aws-mars", ""]) } else { partition };
    let region = match r.below(16) {
        0..2 => other.0,
        2 => r.pick(BAD_REGIONS),
        _ => region,
    };
    let account = if r.one_in(15) { r.pick(&["", "123456_89012", "1234", "-1", "12.34"]) } else { "123456789012" };
    let part = |r: &mut Random| match r.below(24) {
        0 => r.pick(&["", "a_b", "a.b", "-ab", "MyPoint", "a b", "accesspoint", LONG]).to_owned(),
        _ => name(r, 3),
    };
    let separator = r.pick(&[":", "/"]);
    let more = if r.one_in(25) { format!("{separator}{}", name(r, 3)) } else { String::new() };
    let type_or = |r: &mut Random, kind: &'static str| match r.below(25) {
        0 => r.pick(&["", "bucket", "Accesspoint", "outpost", "bucket_name"]),
        _ => kind,
    };
    match r.below(16) {
        0..6 => {
            let service = if r.one_in(20) { r.pick(&["not-s3", "s3-outposts", "sqs", ""]) } else { "s3" };
            let kind = type_or(r, "accesspoint");
            format!("arn:{partition}:{service}:{region}:{account}:{kind}{separator}{}{more}", part(r))
        }
        6..10 => {
            let kind = type_or(r, "accesspoint");
            let name = if r.one_in(10) { part(r) } else { format!("{}.mrap", name(r, 3)) };
            format!("arn:{partition}:s3::{account}:{kind}{separator}{name}{more}")
        }
        10..14 => {
            let (kind, inner) = (type_or(r, "outpost"), type_or(r, "accesspoint"));
            let parts = [kind.to_owned(), format!("op-{}", part(r)), inner.to_owned(), part(r) + &more];
            let count = if r.one_in(12) { 1 + r.below(3) } else { 4 };
            let id = if r.one_in(30) { r.pick(&["", "op_1", "op.1"]).to_owned() } else { parts[1].clone() };
            let parts = [parts[0].as_str(), &id, &parts[2], &parts[3]];
            format!("arn:{partition}:s3-outposts:{region}:{account}:{}", parts[..count].join(separator))
        }
        14 => {
            let region = if r.one_in(2) { "" } else { region };
            let kind = type_or(r, "accesspoint");
            format!("arn:{partition}:s3-object-lambda:{region}:{account}:{kind}{separator}{}{more}", part(r))
        }
        _ => {
            let whole = format!("arn:{partition}:s3:{region}:{account}:accesspoint");
            let cut = r.below(whole.len() + 1);
            let odd = ["arn:aws:s3:::bucket/key", "arn:aws:s3", "arn::s3:::x", "arn:aws::::x", "ARN:aws:s3:::b"];
            if r.one_in(3) { r.pick(&odd).to_owned() } else { whole.get(..cut).unwrap_or(&whole).to_owned() }
        }
    }
}
