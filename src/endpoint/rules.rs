//! The decision: a bucket and a client's settings in, an endpoint or a refusal out.

use super::labels::{from_end, is_valid_host_label, is_virtual_hostable};
use super::partitions::{self, Partition};
use super::url::Endpoint;
use super::{arn, special};
use crate::sign::encode::{Keep, encode};

/// What the rules depend on.
#[derive(Clone, Debug, Default)]
pub struct Params<'a> {
    /// A name or an ARN.
    pub bucket: &'a str,
    pub region: &'a str,
    pub fips: bool,
    pub dualstack: bool,
    pub accelerate: bool,
    pub force_path_style: bool,
    /// A custom endpoint URL.
    pub endpoint: Option<&'a str>,
    pub use_arn_region: Option<bool>,
    pub disable_multi_region: bool,
    pub disable_express_session: bool,
}

/// How the link is to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    V4,
    V4a,
    /// Version 4 with the credentials of an S3 Express session.
    Express,
}

/// What the rules give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Scheme, authority and the path before the key; the bucket is in it.
    pub url: String,
    pub scheme: Scheme,
    pub service: &'static str,
    /// The region that an access point's own ARN asks for.
    pub region: Option<String>,
}

impl Resolved {
    pub fn s3(url: String) -> Self {
        Self { url, scheme: Scheme::V4, service: "s3", region: None }
    }
}

/// The rule set, from its top. The error is the rule's own text.
pub fn resolve(params: &Params) -> Result<Resolved, String> {
    let p = params;
    let custom = p.endpoint.is_some();
    let refusals = [
        (p.accelerate && p.fips, "Accelerate cannot be used with FIPS"),
        (p.dualstack && custom, "Cannot set dual-stack in combination with a custom endpoint."),
        (p.fips && custom, "A custom endpoint cannot be combined with FIPS"),
        (p.accelerate && custom, "A custom endpoint cannot be combined with S3 Accelerate"),
        (p.fips && partition(p).name == "aws-cn", "Partition does not support FIPS"),
    ];
    if let Some((_, text)) = refusals.iter().find(|(refused, _)| *refused) {
        return Err((*text).to_owned());
    }
    let endpoint = p.endpoint.and_then(Endpoint::parse);
    for suffix in special::EXPRESS_SUFFIXES {
        if from_end(p.bucket, 0, suffix.len()) == Some(suffix) {
            return special::express(p, suffix, endpoint.as_ref());
        }
    }
    if special::is_outposts_alias(p.bucket) {
        return special::outposts_alias(p, endpoint.as_ref());
    }
    if let Some(url) = p.endpoint.filter(|_| endpoint.is_none()) {
        return Err(format!("Custom endpoint `{url}` was not a valid URI"));
    }
    bucket(p, endpoint.as_ref())
}

pub(super) fn partition(params: &Params) -> &'static Partition {
    partitions::of_region(params.region)
}

/// A bucket that is none of the special kinds.
fn bucket(p: &Params, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    if !p.force_path_style && is_virtual_hostable(p.bucket, false) {
        check_region(p)?;
        if p.accelerate && partition(p).name == "aws-cn" {
            return Err("S3 Accelerate cannot be used in this region".to_owned());
        }
        return Ok(virtual_host(p, endpoint));
    }
    if let Some(url) = endpoint.filter(|url| url.scheme == "http")
        && !p.force_path_style
        && is_virtual_hostable(p.bucket, true)
    {
        check_region(p)?;
        return Ok(Resolved::s3(format!("http://{}.{}{}", p.bucket, url.authority, url.path)));
    }
    // The rules' substring() gives nothing for text that is not ASCII.
    if p.bucket.is_ascii() && p.bucket.starts_with("arn:") {
        let invalid = format!("Invalid ARN: `{}` was not a valid ARN", p.bucket);
        return arn::resolve(p, &arn::Arn::parse(p.bucket).ok_or(invalid)?, endpoint);
    }
    path_style(p, endpoint)
}

fn check_region(p: &Params) -> Result<(), String> {
    match is_valid_host_label(p.region, false) {
        true => Ok(()),
        false => Err("Invalid region: region was not a valid DNS name.".to_owned()),
    }
}

fn virtual_host(p: &Params, endpoint: Option<&Endpoint>) -> Resolved {
    Resolved::s3(match endpoint {
        Some(url) if url.is_ip => format!("{}://{}{}{}", url.scheme, url.authority, url.normalized_path, p.bucket),
        Some(url) => format!("{}://{}.{}{}", url.scheme, p.bucket, url.authority, url.path),
        None => format!("https://{}.{}", p.bucket, aws_host(p)),
    })
}

fn path_style(p: &Params, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    if p.accelerate {
        return Err("Path-style addressing cannot be used with S3 Accelerate".to_owned());
    }
    let bucket = encode(p.bucket, Keep::Unreserved);
    Ok(Resolved::s3(match endpoint {
        Some(url) => format!("{}://{}{}{bucket}", url.scheme, url.authority, url.normalized_path),
        None => format!("https://{}/{bucket}", aws_host(p)),
    }))
}

/// AWS's own host for a region and its variants.
fn aws_host(p: &Params) -> String {
    let suffix = partition(p).dns_suffix;
    let global = p.region == "aws-global";
    let region = if global { "us-east-1" } else { p.region };
    match (p.accelerate, p.fips, p.dualstack) {
        (true, _, true) if global => format!("s3-accelerate.dualstack.us-east-1.{suffix}"),
        (true, _, true) => format!("s3-accelerate.dualstack.{suffix}"),
        (true, _, false) => format!("s3-accelerate.{suffix}"),
        (false, true, true) => format!("s3-fips.dualstack.{region}.{suffix}"),
        (false, true, false) => format!("s3-fips.{region}.{suffix}"),
        (false, false, true) => format!("s3.dualstack.{region}.{suffix}"),
        (false, false, false) if global => format!("s3.{suffix}"),
        (false, false, false) => format!("s3.{region}.{suffix}"),
    }
}
