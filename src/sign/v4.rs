//! Signature version 4 in the query string, for S3.
//!
//! Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". The
//! printed query has botocore's order.

use super::Credentials;
use super::request::{Query, Stamp};
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use std::time::SystemTime;

pub use super::request::{Request, Signed};

/// The longest life that servers accept: seven days, in seconds.
pub const MAX_EXPIRES: i64 = 604_800;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

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

/// Signs a link.
pub fn presign(request: &Request, credentials: &Credentials, scope: &Scope) -> Signed {
    let (query, canonical_request, string_to_sign) = unsigned(request, credentials, scope);
    let signature = calculate_signature(signing_key(credentials, scope), string_to_sign.as_bytes());
    Signed { url: query.url(request, &signature), canonical_request, string_to_sign }
}

/// A link before it is signed: query, canonical request, string to sign.
pub(super) fn unsigned(request: &Request, credentials: &Credentials, scope: &Scope) -> (Query, String, String) {
    let stamp = Stamp::of(scope.time);
    let scope_text = format!("{}/{}/{}/aws4_request", stamp.date(), scope.region, scope.service);
    let mut query = Query::of(request);
    query.add("X-Amz-Algorithm", ALGORITHM);
    query.add_credential(credentials, &scope_text);
    query.add("X-Amz-Date", stamp.time());
    query.add("X-Amz-Expires", scope.expires);
    query.add("X-Amz-SignedHeaders", "host");
    query.add_token(credentials.token.as_ref());
    let (canonical_request, string_to_sign) = query.canonical(request, ALGORITHM, &stamp, &scope_text);
    (query, canonical_request, string_to_sign)
}

/// The key of a day, region and service.
pub(super) fn signing_key(credentials: &Credentials, scope: &Scope) -> impl AsRef<[u8]> + use<> {
    generate_signing_key(credentials.secret_key.expose(), scope.time, scope.region, scope.service)
}

#[cfg(test)]
mod tests {
    use super::super::example_credentials;
    use super::*;
    use std::time::Duration;

    /// The presigned GET of AWS's documentation (sigv4-query-string-auth.html).
    #[test]
    fn aws_documentation_example() {
        let credentials = example_credentials(None);
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
