//! Which signature a link gets, and the link.

use super::config::Config;
use super::expiry::Expiry;
use super::fault::Fault;
use super::log::Log;
use super::uri::S3Uri;
use crate::config::own::Signature;
use crate::endpoint::hosts;
use crate::python::repr::repr;
use crate::sign::encode::{Keep, encode};
use crate::sign::v4::MAX_EXPIRES;
use crate::sign::{Credentials, Secret, v2, v4};
use std::time::SystemTime;

/// Which signature, and for a version 4 one the life in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    V2,
    V4(i64),
}

/// The rule of `docs/signatures.md`: the first that fits.
pub fn version(
    config: &Config,
    asked_v4: bool,
    own: Signature,
    expiry: &Expiry,
    now: SystemTime,
) -> Result<Version, Fault> {
    let life = expiry.life(now).filter(|life| (1..=MAX_EXPIRES).contains(life));
    if config.truth("signature_v2") {
        return Ok(Version::V2);
    }
    if asked_v4 || own == Signature::V4 {
        let wrong = if expiry.is_past(now) { "is past" } else { "is more than 7 days ahead" };
        return life.map(Version::V4).ok_or_else(|| {
            Fault::Parameter(format!(
                "A version 4 link lives from 1 second to 7 days, but its expiry {} {wrong}. Use --signature-v2, or another expiry.",
                expiry.epoch
            ))
        });
    }
    match life {
        Some(life) if own == Signature::Auto && hosts::refuses_v2(&hosts::name_of(config.text("host_base"))) => {
            Ok(Version::V4(life))
        }
        _ => Ok(Version::V2),
    }
}

/// The credentials that count in the end.
pub fn credentials(config: &Config) -> Credentials {
    let token = config.text("access_token");
    Credentials {
        access_key: config.text("access_key").to_owned(),
        secret_key: Secret::new(config.text("secret_key")),
        token: (!token.is_empty()).then(|| Secret::new(token)),
    }
}

/// Signs the link.
pub fn link(config: &Config, uri: &S3Uri, expiry: &Expiry, version: Version, now: SystemTime, log: &mut Log) -> String {
    let protocol = if config.truth("signurl_use_https") { "https" } else { "http" };
    let host_base = config.text("host_base");
    let virtual_host = config.text("host_bucket").contains("%(bucket)s") && is_dns_name(&uri.bucket);
    let key = encode(&uri.key, Keep::Slash);
    let overrides: Vec<(&str, &str)> = [
        ("response-content-disposition", config.text("content_disposition")),
        ("response-content-type", config.text("content_type")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect();
    let credentials = credentials(config);
    match version {
        Version::V2 => {
            let base = if virtual_host {
                format!("{protocol}://{}.{host_base}/", uri.bucket)
            } else {
                format!("{protocol}://{host_base}/{}/", uri.bucket)
            };
            let request = v2::Request {
                base: &base,
                bucket: &uri.bucket,
                key: &key,
                expires: &expiry.epoch,
                overrides: &overrides,
            };
            let signed = v2::presign(&request, &credentials);
            log.debug(|| format!("Signing plaintext: {}", repr(&hide(&signed.string_to_sign, &credentials))));
            log.debug(|| format!("Urlencoded signature: {}", signed.signature));
            signed.url
        }
        Version::V4(life) => {
            let (authority, prefix) = host_base.split_at(host_base.find('/').unwrap_or(host_base.len()));
            let (authority, path) = if virtual_host {
                (format!("{}.{authority}", uri.bucket), format!("{prefix}/{key}"))
            } else {
                (authority.to_owned(), format!("{prefix}/{}/{key}", encode(&uri.bucket, Keep::Unreserved)))
            };
            let default_port = if protocol == "https" { ":443" } else { ":80" };
            let host = authority.to_lowercase();
            let request = v4::Request {
                method: "GET",
                origin: &format!("{protocol}://{authority}"),
                host: host.strip_suffix(default_port).unwrap_or(&host),
                path: &path,
                query: &overrides,
            };
            let region = region(config);
            let scope = v4::Scope { region: &region, service: "s3", time: now, expires: &life.to_string() };
            let signed = v4::presign(&request, &credentials, &scope);
            log.debug(|| format!("Signing with version 4: region {region}, life {life} seconds"));
            log.debug(|| format!("Signing plaintext: {}", repr(&signed.string_to_sign)));
            signed.url
        }
    }
}

/// The text that is signed, without the session token in it.
fn hide(text: &str, credentials: &Credentials) -> String {
    match &credentials.token {
        Some(token) => text.replacen(token.expose(), "[secret]", 1),
        None => text.to_owned(),
    }
}

/// The region of a version 4 link: the host's, if its name tells one, else the setting's.
fn region(config: &Config) -> String {
    if let Some(region) = hosts::region_of(&hosts::name_of(config.text("host_base"))) {
        return region.to_owned();
    }
    match config.text("bucket_location") {
        "" | "US" => "us-east-1",
        "EU" => "eu-west-1",
        region => region,
    }
    .to_owned()
}

/// `check_bucket_name_dns_conformity`: whether a bucket can be part of a host name.
fn is_dns_name(bucket: &str) -> bool {
    let letter_or_digit = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let bytes = bucket.as_bytes();
    (3..=63).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && !bucket.contains("-.")
        && !bucket.contains("..")
        && letter_or_digit(bytes.first())
        && letter_or_digit(bytes.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::Env;
    use std::time::{Duration, UNIX_EPOCH};

    const NOW: u64 = 1_700_000_000;

    fn choose(host: &str, v2: bool, v4: bool, own: Signature, ahead: i64) -> Result<Version, Fault> {
        let mut config = Config::default();
        let env = Env::given::<&str, &str>([]);
        config.update("host_base", host, &env).expect("host");
        config.update("signature_v2", if v2 { "yes" } else { "no" }, &env).expect("version");
        let epoch = NOW as i64 + ahead;
        let expiry = Expiry { epoch: epoch.to_string(), shown: String::new() };
        version(&config, v4, own, &expiry, UNIX_EPOCH + Duration::from_secs(NOW))
    }

    /// The rule, line by line.
    #[test]
    fn which_signature() {
        use Signature::{Auto, V2, V4};
        let aws = "s3.amazonaws.com";
        let ceph = "s-dt2.cloud.gcore.lu";
        for (host, v2, v4, own, ahead, version) in [
            (aws, true, true, V4, 60, Ok(Version::V2)),
            (ceph, false, true, Auto, 60, Ok(Version::V4(60))),
            (ceph, false, false, V4, 60, Ok(Version::V4(60))),
            (aws, false, true, Auto, 0, Err(())),
            (aws, false, true, Auto, 604_801, Err(())),
            (aws, false, false, Auto, -1, Ok(Version::V2)),
            (aws, false, false, Auto, 604_801, Ok(Version::V2)),
            (aws, false, false, Auto, 604_800, Ok(Version::V4(604_800))),
            (aws, false, false, V2, 60, Ok(Version::V2)),
            ("S3.CN-North-1.amazonaws.com.cn:80", false, false, Auto, 60, Ok(Version::V4(60))),
            ("x.r2.cloudflarestorage.com", false, false, Auto, 60, Ok(Version::V4(60))),
            (ceph, false, false, Auto, 60, Ok(Version::V2)),
        ] {
            assert_eq!(choose(host, v2, v4, own, ahead).map_err(|_| ()), version, "{host} {v2} {v4} {own:?} {ahead}");
        }
    }

    #[test]
    fn dns_names() {
        for name in ["abc", "a.b", "a.-b", "192.168.1.1", "9num"] {
            assert!(is_dns_name(name), "{name}");
        }
        for name in ["ab", "Abc", "a_b", "a..b", "a-.b", "-ab", "ab-", "b\u{fc}cket"] {
            assert!(!is_dns_name(name), "{name}");
        }
    }
}
