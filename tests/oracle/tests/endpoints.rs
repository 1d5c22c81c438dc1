//! presign's endpoint rules against the AWS SDK's, case by case: both give the same URL, to be
//! signed in the same way, or both refuse in the same words.
//!
//! `PRESIGN_ORACLE_CALLS` and `PRESIGN_ORACLE_SEED` set how many cases there are, and which.

use presign::endpoint::region::{Regions, of_client, without_fips};
use presign::endpoint::rules::{self, Params, Scheme};
use presign_oracle::cases::{Case, Endpoint, case};
use presign_oracle::sdk::{self, Answer};
use std::collections::BTreeMap;
use std::io::Write;

const CALLS: u64 = 100_000;
const SEED: u64 = 20_260_801;

/// A run of at least so many cases must come upon every kind of answer below, each one as often as
/// once in so many. A shorter one is a look at a few cases.
const ENOUGH_CALLS: u64 = 100_000;
const ONCE_IN: u64 = 25_000;

/// All refusals that a `GetObject` can meet with; `{}` is what varies. The rule set has others for
/// clients without a region and other operations, for object lambdas that the CLI does not let
/// through (`is_object_lambda`), and for ARNs in the path, where botocore has none (`Question::of`).
const REFUSALS: &[&str] = &[
    "A custom endpoint cannot be combined with FIPS",
    "A custom endpoint cannot be combined with S3 Accelerate",
    "Accelerate cannot be used with FIPS",
    "Access Points do not support S3 Accelerate",
    "Cannot set dual-stack in combination with a custom endpoint.",
    "Client was configured for partition `{}` but ARN (`{}`) has `{}`",
    "Client was configured for partition `{}` but bucket referred to partition `{}`",
    "Custom endpoint `{}` was not a valid URI",
    "Expected a endpoint to be specified but no endpoint was found",
    "Expected an outpost type `accesspoint`, found {}",
    "Invalid ARN: Expected a 4-component resource",
    "Invalid ARN: Expected a resource of the format `accesspoint:<accesspoint name>` but no name was provided",
    "Invalid ARN: No ARN type specified",
    "Invalid ARN: The ARN may only contain a single resource component after `accesspoint`.",
    "Invalid ARN: The ARN was not for the S3 service, found: {}",
    "Invalid ARN: The Outpost Id was not set",
    "Invalid ARN: The access point name may only contain a-z, A-Z, 0-9 and `-`. Found: `{}`",
    "Invalid ARN: The account id may only contain a-z, A-Z, 0-9 and `-`. Found: `{}`",
    "Invalid ARN: The outpost Id may only contain a-z, A-Z, 0-9 and `-`. Found: `{}`",
    "Invalid ARN: The outpost Id must only contain a-z, A-Z, 0-9 and `-`.",
    "Invalid ARN: Unrecognized format: {} (type: {})",
    "Invalid ARN: `{}` was not a valid ARN",
    "Invalid ARN: bucket ARN is missing a region",
    "Invalid ARN: expected an access point name",
    "Invalid Access Point Name",
    "Invalid Arn: Outpost Access Point ARN contains sub resources",
    "Invalid Outposts Bucket alias - it must be a valid bucket name.",
    "Invalid configuration: Multi-Region Access Point ARNs are disabled.",
    "Invalid configuration: region from ARN `{}` does not match client region `{}` and UseArnRegion is `false`",
    "Invalid region in ARN: `{}` (invalid DNS name)",
    "Invalid region: region was not a valid DNS name.",
    "Partition does not support FIPS",
    "Path-style addressing cannot be used with S3 Accelerate",
    "S3 Accelerate cannot be used in this region",
    "S3 MRAP does not support FIPS",
    "S3 MRAP does not support S3 Accelerate",
    "S3 MRAP does not support dual-stack",
    "S3 Object Lambda does not support Dual-stack",
    "S3 Object Lambda does not support S3 Accelerate",
    "S3 Outposts does not support Dual-stack",
    "S3 Outposts does not support FIPS",
    "S3 Outposts does not support S3 Accelerate",
    "S3Express bucket name is not a valid virtual hostable name.",
    "S3Express does not support S3 Accelerate.",
    "Unrecognized S3Express bucket name format.",
    "Unrecognized hardware type: \"Expected hardware type o or e but got {}\"",
];

/// All kinds of endpoints, see `kind_of`, and the partitions' domains.
const ENDPOINTS: &[&str] = &[
    "s3 sigv4 arn aws",
    "s3 sigv4 arn aws dualstack",
    "s3 sigv4 arn aws fips",
    "s3 sigv4 arn aws fips dualstack",
    "s3 sigv4 arn custom",
    "s3 sigv4 host aws",
    "s3 sigv4 host aws global",
    "s3 sigv4 host aws accelerate",
    "s3 sigv4 host aws accelerate global",
    "s3 sigv4 host aws accelerate dualstack",
    "s3 sigv4 host aws accelerate dualstack global",
    "s3 sigv4 host aws dualstack",
    "s3 sigv4 host aws dualstack global",
    "s3 sigv4 host aws fips",
    "s3 sigv4 host aws fips global",
    "s3 sigv4 host aws fips dualstack",
    "s3 sigv4 host aws fips dualstack global",
    "s3 sigv4 host custom",
    "s3 sigv4 path aws",
    "s3 sigv4 path aws global",
    "s3 sigv4 path aws dualstack",
    "s3 sigv4 path aws dualstack global",
    "s3 sigv4 path aws fips",
    "s3 sigv4 path aws fips global",
    "s3 sigv4 path aws fips dualstack",
    "s3 sigv4 path aws fips dualstack global",
    "s3 sigv4 path custom",
    "s3 sigv4a arn aws",
    "s3 sigv4a arn custom",
    "s3-outposts sigv4a arn aws",
    "s3-outposts sigv4a arn custom",
    "s3-outposts sigv4a host aws",
    "s3-outposts sigv4a host custom",
    "s3express sigv4 host aws",
    "s3express sigv4 host aws dualstack",
    "s3express sigv4 host aws fips",
    "s3express sigv4 host aws fips dualstack",
    "s3express sigv4 host custom",
    "s3express sigv4 path custom",
    "s3express sigv4-s3express host aws",
    "s3express sigv4-s3express host aws dualstack",
    "s3express sigv4-s3express host aws fips",
    "s3express sigv4-s3express host aws fips dualstack",
    "s3express sigv4-s3express host custom",
    "s3express sigv4-s3express path custom",
    "in .amazonaws.com",
    "in .amazonaws.com.cn",
    "in .amazonaws.eu",
    "in .c2s.ic.gov",
    "in .sc2s.sgov.gov",
    "in .cloud.adc-e.uk",
    "in .csp.hci.ic.gov",
];

/// What both are asked: a case after botocore has looked at it, which it does before the rules.
struct Question<'a> {
    case: &'a Case,
    regions: Regions,
    fips: bool,
    force_path_style: bool,
}

impl<'a> Question<'a> {
    fn of(case: &'a Case) -> Self {
        // A region with `fips-` or `-fips` is the one without, and a setting. A client without a
        // region asks for `aws-global`, for `us-east-1` if it is to be dual-stack.
        let (region, fips_region) = case.region.as_deref().map(without_fips).unzip();
        Self {
            case,
            regions: of_client(region.as_deref(), case.endpoint.is_some(), case.dualstack),
            fips: case.fips || fips_region == Some(true),
            // An ARN never stands in the path, whatever the addressing style.
            force_path_style: case.force_path_style && !is_arn(&case.bucket),
            // Also, botocore drops FIPS and dual-stack if there is a custom endpoint, and refuses
            // most bad names of regions and buckets by itself. The rules are asked all the same,
            // since they have their own refusals for these.
        }
    }

    fn ours(&self) -> Result<Answer, String> {
        let case = self.case;
        let resolved = rules::resolve(&Params {
            bucket: &case.bucket,
            region: &self.regions.rules,
            fips: self.fips,
            dualstack: case.dualstack,
            accelerate: case.accelerate,
            force_path_style: self.force_path_style,
            endpoint: case.endpoint.as_ref().map(Endpoint::url).as_deref(),
            use_arn_region: case.use_arn_region,
            disable_multi_region: case.disable_multi_region,
            disable_express_session: case.disable_express_session,
        })?;
        let signing = || self.regions.signing.clone();
        let (scheme, region) = match resolved.scheme {
            Scheme::V4 => ("sigv4", resolved.region.unwrap_or_else(signing)),
            Scheme::V4a => ("sigv4a", resolved.region.unwrap_or_else(|| "*".to_owned())),
            Scheme::Express => ("sigv4-s3express", resolved.region.unwrap_or_else(signing)),
        };
        Ok(Answer { url: resolved.url, scheme: scheme.to_owned(), service: resolved.service.to_owned(), region })
    }

    fn theirs(&self) -> Result<Answer, String> {
        let mut answer = sdk::resolve(self.case, &self.regions.rules, self.force_path_style, self.fips)?;
        // Where the bucket is no ARN, botocore signs for the client's region and not for the rules'.
        // These are the regions for which that is not the same.
        if !is_arn(&self.case.bucket)
            && answer.scheme != "sigv4a"
            && matches!(self.regions.rules.as_str(), "aws-global" | "s3-external-1")
        {
            answer.region.clone_from(&self.regions.signing);
        }
        Ok(answer)
    }

    /// Why the SDK does not count here, if presign's answer is as it should be.
    fn exception(&self, ours: &Result<Answer, String>, theirs: &Result<Answer, String>) -> Option<&'static str> {
        let (bucket, refused) = (self.case.bucket.as_str(), ours.is_err());
        if refused && is_object_lambda(bucket) {
            return Some("object lambdas that the CLI refuses before the rules");
        }
        if refused && (ends_in_hyphen(bucket) || ends_in_hyphen(&self.regions.rules)) {
            return Some("labels that end in a hyphen: botocore refuses them, the SDK does not");
        }
        if let (Ok(ours), Ok(theirs)) = (ours, theirs)
            && has_hyphens_in_zone(bucket)
            && *ours == (Answer { url: ours.url.clone(), ..theirs.clone() })
        {
            return Some("hyphens around a zone: botocore counts letters, the SDK splits at `--`");
        }
        None
    }
}

fn is_arn(bucket: &str) -> bool {
    bucket.starts_with("arn:") && bucket.split(':').count() >= 6
}

/// The CLI has no object lambdas. With a region they do not get as far as to the rules, nor do those
/// that are no access points; the others get there to be refused.
fn is_object_lambda(bucket: &str) -> bool {
    let parts: Vec<&str> = bucket.splitn(6, ':').collect();
    let ["arn", _, "s3-object-lambda", region, _, resource] = parts.as_slice() else { return false };
    !region.is_empty() || resource.split([':', '/']).next() != Some("accesspoint")
}

/// Labels of a region, of an ARN, or the outpost id in an alias, which ends 32 letters before its end.
fn ends_in_hyphen(name: &str) -> bool {
    let alias = name.ends_with("--op-s3").then(|| name.get(..name.len().checked_sub(32)?)).flatten();
    alias.unwrap_or(name).split([':', '/', '.']).any(|label| label.ends_with('-'))
}

/// Whether the zone of a directory bucket would be another one for who counts its letters.
fn has_hyphens_in_zone(bucket: &str) -> bool {
    let name = bucket.strip_suffix("--x-s3").or_else(|| bucket.strip_suffix("--xa-s3"));
    let zone = name.and_then(|name| name.split("--").last());
    zone.is_some_and(|zone| zone.starts_with('-') || zone.ends_with('-') || !matches!(zone.len(), 8 | 9 | 13 | 14 | 20))
}

/// Whether the text is the template with something in the place of each `{}`.
fn fits(template: &str, text: &str) -> bool {
    let Some((start, rest)) = template.split_once("{}") else { return template == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    (0..=text.len()).any(|at| text.is_char_boundary(at) && fits(rest, &text[at..]))
}

/// What kinds of answers this is one of: a refusal's template; or who signs how, whether the bucket
/// stands in the host or the path or is an ARN, whose host it is with which of its variants, and the
/// partition's domain.
fn kinds_of(question: &Question, answer: &Result<Answer, String>) -> Result<Vec<String>, String> {
    let case = question.case;
    let answer = match answer {
        Ok(answer) => answer,
        Err(text) => {
            let template = REFUSALS.iter().find(|template| fits(template, text));
            return template.map(|template| vec![(*template).to_owned()]).ok_or_else(|| text.clone());
        }
    };
    let rest = answer.url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let place = match host.strip_prefix(&case.bucket) {
        _ if is_arn(&case.bucket) => "arn",
        Some(rest) if rest.starts_with('.') => "host",
        _ => "path",
    };
    let mut kind = format!("{} {} {place}", answer.service, answer.scheme);
    if case.endpoint.is_some() {
        return Ok(vec![kind + " custom"]);
    }
    kind.push_str(" aws");
    // Buckets and regions may have such words in their own names.
    let own = host.strip_prefix(&case.bucket).unwrap_or(host);
    let has = |marks: &[&str]| marks.iter().any(|mark| own.contains(mark));
    for (variant, marks) in [
        (" accelerate", ["s3-accelerate."].as_slice()),
        (" fips", &["s3-fips.", "s3-accesspoint-fips.", "s3express-fips-"]),
        (" dualstack", &[".dualstack."]),
    ] {
        if has(marks) {
            kind.push_str(variant);
        }
    }
    if answer.service == "s3" && place != "arn" && question.regions.rules == "aws-global" {
        kind.push_str(" global");
    }
    let domains = ENDPOINTS.iter().filter_map(|kind| kind.strip_prefix("in "));
    let domain = domains.filter(|domain| host.ends_with(domain)).max_by_key(|domain| domain.len());
    Ok([Some(kind), domain.map(|domain| format!("in {domain}"))].into_iter().flatten().collect())
}

#[test]
fn same_answers() {
    let number = |name: &str, default| match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")),
        Err(_) => default,
    };
    let (calls, seed) = (number("PRESIGN_ORACLE_CALLS", CALLS), number("PRESIGN_ORACLE_SEED", SEED));
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut exceptions: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut resolved, mut differences) = (0, Vec::new());
    for number in 0..calls {
        let case = case(seed, number);
        let question = Question::of(&case);
        let (ours, theirs) = (question.ours(), question.theirs());
        resolved += u64::from(theirs.is_ok());
        if ours != theirs {
            match question.exception(&ours, &theirs) {
                Some(reason) => *exceptions.entry(reason).or_default() += 1,
                None => differences.push(format!("{number}: {case:?}\n  presign {ours:?}\n  SDK     {theirs:?}")),
            }
            continue;
        }
        for kind in kinds_of(&question, &theirs).unwrap_or_else(|text| panic!("{number}: new refusal: {text}")) {
            *counts.entry(kind).or_default() += 1;
        }
    }

    // Past the harness, which keeps a good test's output for itself.
    let mut out = std::io::stderr().lock();
    let mut print = |line: String| writeln!(out, "{line}").expect("standard error");
    print(format!("seed {seed}: {calls} cases, the SDK resolves {resolved}, {} differences", differences.len()));
    counts.iter().for_each(|(kind, count)| print(format!("{count:6} {kind}")));
    exceptions.iter().for_each(|(reason, count)| print(format!("{count:6} not compared: {reason}")));

    assert!(differences.is_empty(), "{}", differences[..differences.len().min(20)].join("\n"));
    if calls >= ENOUGH_CALLS {
        assert!(resolved * 2 > calls, "only {resolved} of {calls} resolve");
        let rare = |kind: &&&str| counts.get(**kind).is_none_or(|count| count * ONCE_IN < calls);
        let rare: Vec<_> = ENDPOINTS.iter().chain(REFUSALS).filter(rare).collect();
        assert!(rare.is_empty(), "hardly ever seen: {rare:#?}");
        let known = |kind: &&String| ENDPOINTS.iter().chain(REFUSALS).any(|known| known == kind);
        let unknown: Vec<_> = counts.keys().filter(|kind| !known(kind)).collect();
        assert!(unknown.is_empty(), "kinds that are not in the list: {unknown:#?}");
    }
}
