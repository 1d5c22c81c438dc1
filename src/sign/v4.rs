//! Signature version 4 in the query string, for S3.
//!
//! Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". The
//! path is encoded once and never normalised, the payload is `UNSIGNED-PAYLOAD`, `host` is the
//! only signed header. The printed query has botocore's order: the request's own parameters, then
//! `X-Amz-Algorithm`, `-Credential`, `-Date`, `-Expires`, `-SignedHeaders`, `-Security-Token` and
//! `-Signature`; the signed one is sorted.

use super::Credentials;
use super::encode::{Keep, push};
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use chrono::{DateTime, Datelike, Timelike, Utc};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::SystemTime;

/// The longest life that servers accept: seven days, in seconds.
pub const MAX_EXPIRES: i64 = 604_800;

/// What the link is to allow.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Scheme and authority as printed: `https://bucket.s3.amazonaws.com`.
    pub origin: &'a str,
    /// The `Host` header that the server will see: lower case, no default port.
    pub host: &'a str,
    /// The path, percent-encoded, with its leading `/`.
    pub path: &'a str,
    /// The request's own query parameters, raw, in the order to print.
    pub query: &'a [(&'a str, &'a str)],
}

/// Where and when a signature counts.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub region: &'a str,
    /// `s3`, or the name of an S3 variant.
    pub service: &'a str,
    pub time: SystemTime,
    /// The life in seconds: decimal digits, written as they are.
    pub expires: &'a str,
}

/// A link with what was signed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub url: String,
    pub canonical_request: String,
    pub string_to_sign: String,
}

/// Signs a link.
pub fn presign(request: &Request, credentials: &Credentials, scope: &Scope) -> Signed {
    let stamp = Stamp::of(scope.time);
    let date = &stamp.0[..8];
    let scope_text = format!("{date}/{}/{}/aws4_request", scope.region, scope.service);

    let mut credential = String::with_capacity(96);
    push(&mut credential, &credentials.access_key, Keep::Unreserved);
    credential.push_str("%2F");
    push(&mut credential, &scope_text, Keep::Unreserved);
    let token = credentials.token.as_ref().map(|token| {
        let mut encoded = String::with_capacity(token.expose().len() * 3 / 2);
        push(&mut encoded, token.expose(), Keep::Unreserved);
        encoded
    });

    let mut own = String::new();
    for (name, value) in request.query {
        push(&mut own, name, Keep::Unreserved);
        own.push('=');
        push(&mut own, value, Keep::Unreserved);
        own.push('&');
    }
    let mut fixed = String::with_capacity(256);
    fixed.push_str("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=");
    fixed.push_str(&credential);
    fixed.push_str("&X-Amz-Date=");
    fixed.push_str(&stamp.0);
    fixed.push_str("&X-Amz-Expires=");
    fixed.push_str(scope.expires);
    let token = token.as_deref().map(|token| format!("&X-Amz-Security-Token={token}")).unwrap_or_default();

    let canonical_query = if own.is_empty() {
        format!("{fixed}{token}&X-Amz-SignedHeaders=host")
    } else {
        let all = format!("{own}{fixed}{token}&X-Amz-SignedHeaders=host");
        let mut pairs: Vec<(&str, &str)> = all.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
        pairs.sort_unstable();
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    };
    let canonical_request = format!(
        "{}\n{}\n{canonical_query}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD",
        request.method, request.path, request.host
    );
    let mut string_to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope_text}\n", stamp.0);
    push_hex(&mut string_to_sign, &Sha256::digest(canonical_request.as_bytes()));
    let key = generate_signing_key(credentials.secret_key.expose(), scope.time, scope.region, scope.service);
    let signature = calculate_signature(key, string_to_sign.as_bytes());

    let url = format!(
        "{}{}?{own}{fixed}&X-Amz-SignedHeaders=host{token}&X-Amz-Signature={signature}",
        request.origin, request.path
    );
    Signed { url, canonical_request, string_to_sign }
}

/// `20250314T150926Z`, UTC.
struct Stamp(String);

impl Stamp {
    fn of(time: SystemTime) -> Self {
        let t = DateTime::<Utc>::from(time);
        let mut text = String::with_capacity(16);
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        );
        Self(text)
    }
}

fn push_hex(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;
    use std::time::Duration;

    /// The presigned GET of AWS's documentation (sigv4-query-string-auth.html).
    #[test]
    fn aws_documentation_example() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            token: None,
        };
        let request = Request {
            method: "GET",
            origin: "https://examplebucket.s3.amazonaws.com",
            host: "examplebucket.s3.amazonaws.com",
            path: "/test.txt",
            query: &[],
        };
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600); // 2013-05-24
        let scope = Scope { region: "us-east-1", service: "s3", time, expires: "86400" };
        let signed = presign(&request, &credentials, &scope);
        assert_eq!(
            signed.string_to_sign,
            "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n\
             3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04"
        );
        assert_eq!(
            signed.url,
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
             &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
             &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
             &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }
}
