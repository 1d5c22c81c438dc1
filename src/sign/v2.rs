//! Signature version 2 in the query string.
//!
//! Source: AWS, "Signing and authenticating REST requests", query string request authentication
//! alternative; s3cmd 2.4.0's `sign_url_base_v2` for the order of what it appends and for what it
//! leaves raw.

use super::Credentials;
use super::encode::{Keep, push};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// What the link is to allow: always a GET.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Scheme, host and the path before the key, as printed: `http://bucket.s3.amazonaws.com/`.
    pub base: &'a str,
    /// The bucket, raw: s3cmd quotes it nowhere.
    pub bucket: &'a str,
    /// The object's key, percent-encoded.
    pub key: &'a str,
    /// Seconds since 1970: decimal digits, written as they are.
    pub expires: &'a str,
    /// `response-…` parameters, raw, in the order to sign and print.
    pub overrides: &'a [(&'a str, &'a str)],
}

/// A link with what was signed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub url: String,
    pub string_to_sign: String,
    /// Base64, percent-encoded.
    pub signature: String,
}

/// Signs a link. A session token is signed as the header that it stands for.
pub fn presign(request: &Request, credentials: &Credentials) -> Signed {
    let token = credentials.token.as_ref().map(|token| token.expose());
    let mut string_to_sign = format!("GET\n\n\n{}\n", request.expires);
    if let Some(token) = token {
        string_to_sign.push_str("x-amz-security-token:");
        string_to_sign.push_str(token);
        string_to_sign.push('\n');
    }
    string_to_sign.push('/');
    string_to_sign.push_str(request.bucket);
    string_to_sign.push('/');
    string_to_sign.push_str(request.key);
    let mut separator = '?';
    for (name, value) in request.overrides {
        string_to_sign.push(separator);
        string_to_sign.push_str(name);
        string_to_sign.push('=');
        string_to_sign.push_str(value);
        separator = '&';
    }
    let mut signature = String::new();
    push(&mut signature, &sign(credentials.secret_key.expose(), string_to_sign.as_bytes()), Keep::Unreserved);

    let mut url = format!(
        "{}{}?AWSAccessKeyId={}&Expires={}&Signature={signature}",
        request.base, request.key, credentials.access_key, request.expires
    );
    let token = token.map(|token| ("x-amz-security-token", token));
    for (name, value) in token.iter().chain(request.overrides) {
        url.push('&');
        url.push_str(name);
        url.push('=');
        push(&mut url, value, Keep::Unreserved);
    }
    Signed { url, string_to_sign, signature }
}

/// The signature of a string: HMAC-SHA1, in base64.
pub fn sign(secret_key: &str, string_to_sign: &[u8]) -> String {
    // An HMAC key may have any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret_key.as_bytes()) else { return String::new() };
    mac.update(string_to_sign);
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::example_credentials as credentials;
    use super::*;

    /// The query string example of AWS's documentation (RESTAuthentication.html, the edition with
    /// the bucket `johnsmith`).
    #[test]
    fn aws_documentation_example() {
        let request = Request {
            base: "http://johnsmith.s3.amazonaws.com/",
            bucket: "johnsmith",
            key: "photos/puppy.jpg",
            expires: "1175139620",
            overrides: &[],
        };
        let signed = presign(&request, &credentials(None));
        assert_eq!(signed.string_to_sign, "GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg");
        assert_eq!(
            signed.url,
            "http://johnsmith.s3.amazonaws.com/photos/puppy.jpg\
             ?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D"
        );
    }

    /// The header examples of that page sign with the same key.
    #[test]
    fn aws_documentation_header_examples() {
        let secret = credentials(None).secret_key;
        for (bucket, signature) in
            [("johnsmith", "bWq2s1WEIj+Ydj0vQ697zp+IXMU="), ("awsexamplebucket1", "qgk2+6Sv9/oM7G3qLEjTH1a1l1g=")]
        {
            let text = format!("GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/{bucket}/photos/puppy.jpg");
            assert_eq!(sign(secret.expose(), text.as_bytes()), signature);
        }
    }

    #[test]
    fn a_session_token_is_signed_and_printed() {
        let request = Request {
            base: "http://h/b/",
            bucket: "b",
            key: "k",
            expires: "1",
            overrides: &[("response-content-type", "a/b c")],
        };
        let signed = presign(&request, &credentials(Some("to/ken+=")));
        assert_eq!(
            signed.string_to_sign,
            "GET\n\n\n1\nx-amz-security-token:to/ken+=\n/b/k?response-content-type=a/b c"
        );
        assert!(
            signed.url.ends_with("&x-amz-security-token=to%2Fken%2B%3D&response-content-type=a%2Fb%20c"),
            "{}",
            signed.url
        );
    }
}
