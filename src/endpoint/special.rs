//! Buckets whose names say what they are: S3 Express directory buckets and their access points,
//! and aliases of access points on Outposts.

use super::labels::{from_end, is_valid_host_label, is_virtual_hostable};
use super::rules::{Params, Resolved, Scheme, partition};
use super::url::Endpoint;
use crate::sign::encode::{Keep, encode};

/// A directory bucket and an access point of one.
pub const EXPRESS_SUFFIXES: [&str; 2] = ["--x-s3", "--xa-s3"];

/// How long the zone may be that stands before the suffix, after another `--`.
const ZONE_LENGTHS: [usize; 5] = [8, 9, 13, 14, 20];

/// The rules for S3 Express.
pub fn express(p: &Params, suffix: &str, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    if p.accelerate {
        return Err("S3Express does not support S3 Accelerate.".to_owned());
    }
    let scheme = if p.disable_express_session { Scheme::V4 } else { Scheme::Express };
    let resolved = |url| Ok(Resolved { url, scheme, service: "s3express", region: None });
    if let Some(url) = endpoint.filter(|url| url.is_ip) {
        let bucket = encode(p.bucket, Keep::Unreserved);
        return resolved(format!("{}://{}/{bucket}{}", url.scheme, url.authority, url.path));
    }
    if !is_virtual_hostable(p.bucket, false) {
        return Err("S3Express bucket name is not a valid virtual hostable name.".to_owned());
    }
    if let Some(url) = endpoint {
        return resolved(format!("{}://{}.{}{}", url.scheme, p.bucket, url.authority, url.path));
    }
    let zone = ZONE_LENGTHS
        .iter()
        .map(|length| suffix.len() + length)
        .find(|&start| from_end(p.bucket, start, start + 2) == Some("--"))
        .and_then(|start| from_end(p.bucket, suffix.len(), start))
        .ok_or("Unrecognized S3Express bucket name format.")?;
    let fips = if p.fips { "fips-" } else { "" };
    let dualstack = if p.dualstack { ".dualstack" } else { "" };
    let suffix = partition(p).dns_suffix;
    resolved(format!("https://{}.s3express-{fips}{zone}{dualstack}.{}.{suffix}", p.bucket, p.region))
}

/// Long enough for all that an alias holds, and `--op-s3` at its end.
pub fn is_outposts_alias(bucket: &str) -> bool {
    from_end(bucket, 0, 7) == Some("--op-s3") && from_end(bucket, 49, 50).is_some()
}

/// The rules for an alias of an access point on Outposts.
pub fn outposts_alias(p: &Params, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    let part = |start, stop| from_end(p.bucket, start, stop).unwrap_or_default();
    let (hardware, region_prefix, id) = (part(49, 50), part(8, 12), part(32, 49));
    if !is_valid_host_label(id, false) {
        return Err("Invalid ARN: The outpost Id must only contain a-z, A-Z, 0-9 and `-`.".to_owned());
    }
    if !is_virtual_hostable(p.bucket, false) {
        return Err("Invalid Outposts Bucket alias - it must be a valid bucket name.".to_owned());
    }
    let place = match hardware {
        "e" => "ec2".to_owned(),
        "o" => format!("op-{id}"),
        _ => {
            return Err(format!("Unrecognized hardware type: \"Expected hardware type o or e but got {hardware}\""));
        }
    };
    let beta = region_prefix == "beta";
    if beta && p.endpoint.is_none() {
        return Err("Expected a endpoint to be specified but no endpoint was found".to_owned());
    }
    // One that is there but no URL to the rules is passed over.
    let url = match endpoint.filter(|_| beta) {
        Some(url) => format!("https://{}.{place}.{}", p.bucket, url.authority),
        None => format!("https://{}.{place}.s3-outposts.{}.{}", p.bucket, p.region, partition(p).dns_suffix),
    };
    Ok(Resolved { url, scheme: Scheme::V4a, service: "s3-outposts", region: None })
}
