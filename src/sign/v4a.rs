//! Signature version 4A in the query string: ECDSA, for a set of regions instead of one.
//!
//! Source: the AWS CLI 2.36's links for multi-region access points and Outposts. The scope has no
//! region, `X-Amz-Expires` stands behind `X-Amz-SignedHeaders`, the region set is `*`.

use super::Credentials;
use super::request::{Query, Request, Signed, Stamp};
use aws_sigv4::sign::v4a::{calculate_signature, generate_signing_key};
use std::time::SystemTime;

const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";

/// Where and when a signature counts.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub service: &'a str,
    pub time: SystemTime,
    /// The life in seconds, if it is to be written.
    pub expires: Option<u64>,
}

/// Signs a link.
pub fn presign(request: &Request, credentials: &Credentials, scope: &Scope) -> Signed {
    let stamp = Stamp::of(scope.time);
    let scope_text = format!("{}/{}/aws4_request", stamp.date(), scope.service);
    let mut query = Query::of(request);
    query.add("X-Amz-Algorithm", ALGORITHM);
    query.add_credential(credentials, &scope_text);
    query.add("X-Amz-Date", stamp.time());
    query.add("X-Amz-SignedHeaders", "host");
    if let Some(expires) = scope.expires {
        query.add("X-Amz-Expires", expires.to_string());
    }
    query.add_token(credentials.token.as_ref());
    query.add("X-Amz-Region-Set", "%2A");
    let (canonical_request, string_to_sign) = query.canonical(request, ALGORITHM, &stamp, &scope_text);
    let key = generate_signing_key(&credentials.access_key, credentials.secret_key.expose());
    let signature = calculate_signature(key, string_to_sign.as_bytes());
    Signed { url: query.url(request, &signature), canonical_request, string_to_sign }
}
