//! The signers against second implementations: aws-sigv4's whole API for version 4, a plain HMAC
//! for version 2, the derived public key for 4A.

use crate::support::v4::signature as by_aws_sigv4;
use crate::support::v4a::is_signed;
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use presign::sign::encode::{Keep, encode};
use presign::sign::{Credentials, Secret, v2, v4, v4a};
use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};

fn credentials(access_key: &str, secret: &str, token: Option<&str>) -> Credentials {
    Credentials { access_key: access_key.to_owned(), secret_key: Secret::new(secret), token: token.map(Secret::new) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn version_4(
        key in "\\PC{0,40}",
        access_key in "[A-Za-z0-9/+= ]{1,24}",
        secret in "[ -~]{1,40}",
        token in proptest::option::of("[A-Za-z0-9/+=]{0,60}"),
        region in "[a-z]{2}-[a-z]{4,9}-[1-9]",
        expires in 1_u64..=604_800,
        time in 0_u64..4_000_000_000,
        disposition in proptest::option::of("[ -~]{1,20}"),
    ) {
        let time = UNIX_EPOCH + Duration::from_secs(time);
        let path = format!("/{}", encode(&key, Keep::Slash));
        let query: Vec<(&str, &str)> = disposition.iter().map(|value| ("response-content-disposition", value.as_str())).collect();
        let host = format!("bucket.s3.{region}.amazonaws.com");
        let origin = format!("https://{host}");
        let request = v4::Request { method: "GET", origin: &origin, host: &host, path: &path, query: &query };
        let expires = expires.to_string();
        let scope = v4::Scope { region: &region, service: "s3", time, expires: &expires };
        let signed = v4::presign(&request, &credentials(&access_key, &secret, token.as_deref()), &scope);
        let own: String = query.iter().map(|(name, value)| format!("?{name}={}", encode(value, Keep::Unreserved))).collect();
        let bare = format!("{origin}{path}{own}");
        // aws-sigv4 leaves an empty token out.
        prop_assume!(token.as_deref() != Some(""));
        let other = by_aws_sigv4(&bare, (&access_key, &secret), token.as_deref(), &scope);
        prop_assert!(signed.url.ends_with(&format!("&X-Amz-Signature={other}")), "{}", signed.url);
        prop_assert!(signed.url.starts_with(&bare), "{}", signed.url);
    }

    #[test]
    fn version_4a(key in "\\PC{0,40}", access_key in "[A-Z0-9]{16,20}", secret in "[ -~]{1,40}", expires in 1_u64..=604_800) {
        let path = format!("/{}", encode(&key, Keep::Slash));
        let host = "x.mrap.accesspoint.s3-global.amazonaws.com";
        let origin = format!("https://{host}");
        let request = v4::Request { method: "GET", origin: &origin, host, path: &path, query: &[] };
        let scope = v4a::Scope { service: "s3", time: UNIX_EPOCH + Duration::from_secs(1_700_000_000), expires: Some(expires) };
        let url = v4a::presign(&request, &credentials(&access_key, &secret, Some("to/ken")), &scope).url;
        prop_assert!(is_signed(&url, &access_key, &secret), "{url}");
        let other = url.replacen("X-Amz-Expires=", "X-Amz-Expires=1", 1);
        prop_assert!(!is_signed(&other, &access_key, &secret), "{other}");
    }

    #[test]
    fn version_2(key in "\\PC{0,40}", secret in "\\PC{0,70}", expires in any::<u32>(), kind in proptest::option::of("[ -~]{1,20}")) {
        let key = encode(&key, Keep::Slash);
        let overrides: Vec<(&str, &str)> = kind.iter().map(|value| ("response-content-type", value.as_str())).collect();
        let expires = expires.to_string();
        let request = v2::Request { base: "http://b.h/", bucket: "b", key: &key, expires: &expires, overrides: &overrides };
        let signed = v2::presign(&request, &credentials("AK", &secret, None));
        let kind = kind.map(|value| format!("?response-content-type={value}")).unwrap_or_default();
        let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret.as_bytes()).expect("any key");
        mac.update(format!("GET\n\n\n{expires}\n/b/{key}{kind}").as_bytes());
        let other = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
        let signature = encode(&other, Keep::Unreserved);
        prop_assert_eq!(&signed.signature, &signature);
        let end = format!("http://b.h/{key}?AWSAccessKeyId=AK&Expires={expires}&Signature={signature}");
        prop_assert!(signed.url.starts_with(&end));
    }
}
