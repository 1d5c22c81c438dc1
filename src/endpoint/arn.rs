//! Buckets that are ARNs: access points, multi-region access points and Outposts.

use super::labels::is_valid_host_label;
use super::partitions;
use super::rules::{Params, Resolved, Scheme, partition};
use super::url::Endpoint;

/// The parts of an ARN; the resource split at `:` and `/`.
#[derive(Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    pub resource: Vec<&'a str>,
}

impl<'a> Arn<'a> {
    /// `aws.parseArn`: partition, service and resource must not be empty.
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, service, region, account, resource] = parts.as_slice() else { return None };
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return None;
        }
        Some(Self { partition, service, region, account, resource: resource.split([':', '/']).collect() })
    }

    fn part(&self, at: usize) -> Option<&'a str> {
        self.resource.get(at).copied()
    }
}

/// The rules for an ARN.
pub fn resolve(p: &Params, arn: &Arn, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    let kind = arn.part(0).unwrap_or_default();
    match kind {
        "" => Err("Invalid ARN: No ARN type specified".to_owned()),
        "accesspoint" => match arn.part(1).filter(|name| !name.is_empty()) {
            None => Err("Invalid ARN: Expected a resource of the format `accesspoint:<accesspoint name>` but no name \
                         was provided"
                .to_owned()),
            // With a region, the s3 commands refuse them before the rules are asked.
            Some(_) if arn.service == "s3-object-lambda" && p.dualstack => {
                Err("S3 Object Lambda does not support Dual-stack".to_owned())
            }
            Some(_) if arn.service == "s3-object-lambda" && p.accelerate => {
                Err("S3 Object Lambda does not support S3 Accelerate".to_owned())
            }
            Some(_) if arn.service == "s3-object-lambda" && arn.region.is_empty() => {
                Err("Invalid ARN: bucket ARN is missing a region".to_owned())
            }
            Some(name) if arn.region.is_empty() => multi_region(p, arn, name),
            Some(name) => access_point(p, arn, name, endpoint),
        },
        _ if arn.service == "s3-outposts" => outpost(p, arn, endpoint),
        _ => Err(format!("Invalid ARN: Unrecognized format: {} (type: {kind})", p.bucket)),
    }
}

fn found(what: &str, text: &str) -> String {
    format!("Invalid ARN: The {what} may only contain a-z, A-Z, 0-9 and `-`. Found: `{text}`")
}

/// The ARN's region must be the client's if `use_arn_region` is off, and of its partition.
fn check_place(p: &Params, arn: &Arn) -> Result<&'static partitions::Partition, String> {
    if p.use_arn_region == Some(false) && arn.region != p.region {
        return Err(format!(
            "Invalid configuration: region from ARN `{}` does not match client region `{}` and UseArnRegion is `false`",
            arn.region, p.region
        ));
    }
    let (of_arn, of_client) = (partitions::of_region(arn.region), partition(p));
    if of_arn.name != of_client.name {
        return Err(format!(
            "Client was configured for partition `{}` but ARN (`{}`) has `{}`",
            of_client.name, p.bucket, of_arn.name
        ));
    }
    if !is_valid_host_label(arn.region, true) {
        return Err(format!("Invalid region in ARN: `{}` (invalid DNS name)", arn.region));
    }
    Ok(of_arn)
}

fn access_point(p: &Params, arn: &Arn, name: &str, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    if arn.part(2).is_some() {
        return Err("Invalid ARN: The ARN may only contain a single resource component after `accesspoint`.".to_owned());
    }
    let place = check_place(p, arn)?;
    if arn.service != "s3" {
        return Err(format!("Invalid ARN: The ARN was not for the S3 service, found: {}", arn.service));
    }
    if !is_valid_host_label(arn.account, false) {
        return Err(found("account id", arn.account));
    }
    if !is_valid_host_label(name, false) {
        return Err(found("access point name", name));
    }
    if p.accelerate {
        return Err("Access Points do not support S3 Accelerate".to_owned());
    }
    let fips = if p.fips { "-fips" } else { "" };
    let dualstack = if p.dualstack { ".dualstack" } else { "" };
    let url = match endpoint.filter(|_| !p.fips && !p.dualstack) {
        Some(url) => format!("{}://{name}-{}.{}{}", url.scheme, arn.account, url.authority, url.path),
        None => {
            format!(
                "https://{name}-{}.s3-accesspoint{fips}{dualstack}.{}.{}",
                arn.account, arn.region, place.dns_suffix
            )
        }
    };
    Ok(Resolved { region: Some(arn.region.to_owned()), ..Resolved::s3(url) })
}

fn multi_region(p: &Params, arn: &Arn, name: &str) -> Result<Resolved, String> {
    if !is_valid_host_label(name, true) {
        return Err("Invalid Access Point Name".to_owned());
    }
    let refusals = [
        (p.dualstack, "S3 MRAP does not support dual-stack"),
        (p.fips, "S3 MRAP does not support FIPS"),
        (p.accelerate, "S3 MRAP does not support S3 Accelerate"),
        (p.disable_multi_region, "Invalid configuration: Multi-Region Access Point ARNs are disabled."),
    ];
    if let Some((_, text)) = refusals.iter().find(|(refused, _)| *refused) {
        return Err((*text).to_owned());
    }
    let place = partition(p);
    if place.name != arn.partition {
        return Err(format!(
            "Client was configured for partition `{}` but bucket referred to partition `{}`",
            place.name, arn.partition
        ));
    }
    let url = format!("https://{name}.accesspoint.s3-global.{}", place.dns_suffix);
    Ok(Resolved { scheme: Scheme::V4a, ..Resolved::s3(url) })
}

fn outpost(p: &Params, arn: &Arn, endpoint: Option<&Endpoint>) -> Result<Resolved, String> {
    let refusals = [
        (p.dualstack, "S3 Outposts does not support Dual-stack"),
        (p.fips, "S3 Outposts does not support FIPS"),
        (p.accelerate, "S3 Outposts does not support S3 Accelerate"),
        (arn.part(4).is_some(), "Invalid Arn: Outpost Access Point ARN contains sub resources"),
    ];
    if let Some((_, text)) = refusals.iter().find(|(refused, _)| *refused) {
        return Err((*text).to_owned());
    }
    let id = arn.part(1).ok_or("Invalid ARN: The Outpost Id was not set")?;
    if !is_valid_host_label(id, false) {
        return Err(found("outpost Id", id));
    }
    let place = check_place(p, arn)?;
    if !is_valid_host_label(arn.account, false) {
        return Err(found("account id", arn.account));
    }
    let kind = arn.part(2).ok_or("Invalid ARN: Expected a 4-component resource")?;
    let name = arn.part(3).ok_or("Invalid ARN: expected an access point name")?;
    if kind != "accesspoint" {
        return Err(format!("Expected an outpost type `accesspoint`, found {kind}"));
    }
    if !is_valid_host_label(name, false) {
        return Err(found("access point name", name));
    }
    let url = match endpoint {
        Some(url) => format!("https://{name}-{}.{id}.{}", arn.account, url.authority),
        None => format!("https://{name}-{}.{id}.s3-outposts.{}.{}", arn.account, arn.region, place.dns_suffix),
    };
    Ok(Resolved { url, scheme: Scheme::V4a, service: "s3-outposts", region: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let arn = Arn::parse("arn:aws:s3:us-west-2:123456789012:accesspoint/myap").expect("ARN");
        assert_eq!((arn.service, arn.region, arn.account), ("s3", "us-west-2", "123456789012"));
        assert_eq!(arn.resource, ["accesspoint", "myap"]);
        assert_eq!(Arn::parse("arn:aws:s3:us-west-2:123456789012:"), None);
        assert_eq!(Arn::parse("arn:aws:s3"), None);
    }
}
