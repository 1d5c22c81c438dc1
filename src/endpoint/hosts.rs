//! What is known of an S3 host by its name alone: which region it is in, and whether it refuses
//! signature version 2.

/// Hosts that take no version 2 signature, by the end of their names. AWS: every bucket made since
/// 24 June 2020 and every region opened since 2014. Cloudflare R2 and Backblaze B2: by their
/// documentation.
const REFUSE_V2: &[&str] = &[".amazonaws.com", ".amazonaws.com.cn", ".r2.cloudflarestorage.com", ".backblazeb2.com"];

/// Where a host's name has its region: what stands before it, what after. The first that fits.
const REGIONS: &[(&str, &str)] = &[
    ("s3.dualstack.", ".amazonaws.com"),
    ("s3.dualstack.", ".amazonaws.com.cn"),
    ("s3-fips.dualstack.", ".amazonaws.com"),
    ("s3-fips.", ".amazonaws.com"),
    ("s3.", ".amazonaws.com"),
    ("s3.", ".amazonaws.com.cn"),
    ("s3-", ".amazonaws.com"),
    ("s3.", ".backblazeb2.com"),
    ("s3.", ".wasabisys.com"),
    ("s3.", ".scw.cloud"),
    ("s3.", ".io.cloud.ovh.net"),
    ("", ".digitaloceanspaces.com"),
];

/// Names that stand where a region would, and are none.
const NO_REGION: &[&str] = &["accelerate", "external-1", "website"];

/// The host name of an authority: lower case, without a port and without what follows a `/`.
pub fn name_of(authority: &str) -> String {
    let host = authority.split('/').next().unwrap_or_default();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    host.to_lowercase()
}

/// Whether the host (as `name_of` gives it) is known to refuse signature version 2.
pub fn refuses_v2(host: &str) -> bool {
    REFUSE_V2.iter().any(|end| host.ends_with(end))
}

/// The region that the host's name tells (`auto` for Cloudflare R2).
pub fn region_of(host: &str) -> Option<&str> {
    if host.ends_with(".r2.cloudflarestorage.com") {
        return Some("auto");
    }
    REGIONS.iter().find_map(|(before, after)| {
        let name = host.strip_suffix(after)?;
        let region = match name.strip_prefix(before) {
            Some(region) => region,
            // A bucket may stand in front.
            None => name.rsplit_once(&format!(".{before}")).map(|(_, region)| region)?,
        };
        let fits = !region.is_empty()
            && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !NO_REGION.iter().any(|name| region.starts_with(name));
        fits.then_some(region)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_by_name() {
        for (host, region) in [
            ("s3.amazonaws.com", None),
            ("s3.eu-central-1.amazonaws.com", Some("eu-central-1")),
            ("bkt.s3.eu-central-1.amazonaws.com", Some("eu-central-1")),
            ("s3-eu-west-1.amazonaws.com", Some("eu-west-1")),
            ("s3.dualstack.us-west-2.amazonaws.com", Some("us-west-2")),
            ("s3-fips.us-gov-west-1.amazonaws.com", Some("us-gov-west-1")),
            ("s3.cn-north-1.amazonaws.com.cn", Some("cn-north-1")),
            ("s3-accelerate.amazonaws.com", None),
            ("s3-accelerate.dualstack.amazonaws.com", None),
            ("s3-external-1.amazonaws.com", None),
            ("abc.r2.cloudflarestorage.com", Some("auto")),
            ("s3.us-west-004.backblazeb2.com", Some("us-west-004")),
            ("nyc3.digitaloceanspaces.com", Some("nyc3")),
            ("localhost", None),
            ("s-dt2.cloud.gcore.lu", None),
        ] {
            assert_eq!(region_of(host), region, "{host}");
        }
    }

    #[test]
    fn version_2() {
        assert_eq!(name_of("S3.AmazonAWS.com:443/x"), "s3.amazonaws.com");
        assert!(refuses_v2("s3.amazonaws.com") && refuses_v2("abc.r2.cloudflarestorage.com"));
        assert!(!refuses_v2("s-dt2.cloud.gcore.lu") && !refuses_v2("amazonaws.com.example"));
    }
}
