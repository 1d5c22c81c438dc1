//! What version 4 and 4A have in common: the request, its time, its canonical form and its URL.
//!
//! The path is encoded once and never normalised, the payload is `UNSIGNED-PAYLOAD`, `host` is the
//! only signed header.

use super::encode::{Keep, encode, hex, push};
use super::{Credentials, Secret};
use chrono::{DateTime, Datelike, Timelike, Utc};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::SystemTime;

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

/// A link with what was signed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub url: String,
    pub canonical_request: String,
    pub string_to_sign: String,
}

/// Query parameters, encoded, in the order to print.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// The request's own parameters, which come first.
    pub fn of(request: &Request) -> Self {
        let encoded = |text: &str| encode(text, Keep::Unreserved);
        Self { pairs: request.query.iter().map(|(name, value)| (encoded(name), encoded(value))).collect() }
    }

    /// Appends a signing parameter; the value is encoded already.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.pairs.push((name.to_owned(), value.into()));
    }

    /// `X-Amz-Credential`: access key and scope.
    pub fn add_credential(&mut self, credentials: &Credentials, scope: &str) {
        let mut value = String::with_capacity(96);
        push(&mut value, &credentials.access_key, Keep::Unreserved);
        value.push_str("%2F");
        push(&mut value, scope, Keep::Unreserved);
        self.add("X-Amz-Credential", value);
    }

    /// `X-Amz-Security-Token`, if there is a token.
    pub fn add_token(&mut self, token: Option<&Secret>) {
        if let Some(token) = token {
            self.add("X-Amz-Security-Token", encode(token.expose(), Keep::Unreserved));
        }
    }

    fn joined<'q>(pairs: impl Iterator<Item = &'q (String, String)>) -> String {
        let mut out = String::with_capacity(512);
        for (name, value) in pairs {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        }
        out
    }

    /// The canonical request, and the string to sign of an algorithm and scope.
    pub fn canonical(&self, request: &Request, algorithm: &str, stamp: &Stamp, scope: &str) -> (String, String) {
        let mut sorted: Vec<&(String, String)> = self.pairs.iter().collect();
        sorted.sort_unstable();
        let query = Self::joined(sorted.into_iter());
        let canonical_request =
            format!("{}\n{}\n{query}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD", request.method, request.path, request.host);
        let hash = hex(&Sha256::digest(canonical_request.as_bytes()).into());
        let mut string_to_sign = format!("{algorithm}\n{}\n{scope}\n", stamp.time());
        string_to_sign.extend(hash.map(char::from));
        (canonical_request, string_to_sign)
    }

    /// The link.
    pub fn url(&self, request: &Request, signature: &str) -> String {
        let query = Self::joined(self.pairs.iter());
        format!("{}{}?{query}&X-Amz-Signature={signature}", request.origin, request.path)
    }
}

/// A moment as `20250314T150926Z`, UTC.
pub(super) struct Stamp(String);

impl Stamp {
    pub fn of(time: SystemTime) -> Self {
        let t = DateTime::<Utc>::from(time);
        let mut text = String::with_capacity(16);
        let (year, month, day) = (t.year(), t.month(), t.day());
        let _ = write!(text, "{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", t.hour(), t.minute(), t.second());
        Self(text)
    }

    pub fn time(&self) -> &str {
        &self.0
    }

    pub fn date(&self) -> &str {
        self.0.split('T').next().unwrap_or_default()
    }
}
