//! From a client, a bucket and a key to a link: where it leads, and who signs it.

use super::bucket;
use super::client::Client;
use super::failure::Failure;
use crate::credentials::{Context, Found};
use crate::endpoint::rules::{self, Params, Resolved, Scheme};
use crate::python::int::Int;
use crate::python::text::encode;
use crate::python::url::urlsplit;
use crate::sign::encode::{Keep, push};
use crate::sign::{Credentials, v4, v4a};
use std::time::SystemTime;

/// The endpoint of a bucket (raw).
pub fn resolve(client: &Client, bucket: &[u8]) -> Result<Resolved, Failure> {
    bucket::check(bucket)?;
    client.check_types()?;
    let bucket = encode(bucket).map_err(Failure::general)?;
    rules::resolve(&Params {
        bucket,
        region: &client.regions.rules,
        fips: client.fips,
        dualstack: client.dualstack,
        accelerate: client.s3.accelerate,
        force_path_style: client.force_path_style() && !is_arn(bucket),
        endpoint: client.endpoint.as_deref(),
        use_arn_region: client.s3.use_arn_region,
        disable_multi_region: client.s3.disable_multi_region,
        disable_express_session: client.disable_express_session,
    })
    .map_err(|text| refusal(&text))
}

/// `ArnParser.is_arn`: such a bucket never stands in the path.
fn is_arn(bucket: &str) -> bool {
    bucket.starts_with("arn:") && bucket.split(':').count() >= 6
}

/// botocore's exception for a rule's text.
fn refusal(text: &str) -> Failure {
    const ACCESS_POINTS: [&str; 6] = [
        "S3 Outposts does not support",
        "S3 MRAP does not support",
        "S3 Object Lambda does not support",
        "Access Points do not support",
        "Invalid configuration:",
        "Client was configured for partition",
    ];
    if text.starts_with("Invalid region in ARN: ") {
        let label = text.split('`').nth(1).unwrap_or(text);
        return Failure::general(format!(
            "Invalid host label to be bound to the hostname of the endpoint: \"{label}\"."
        ));
    }
    if matches!(text, "S3 Object Lambda does not support S3 Accelerate" | "Accelerate cannot be used with FIPS") {
        return Failure::general(format!("Unsupported configuration when using S3: {text}"));
    }
    if ACCESS_POINTS.iter().any(|start| text.starts_with(start)) {
        return Failure::general(format!("Unsupported configuration when using S3 access-points: {text}"));
    }
    if text.to_lowercase().starts_with("invalid arn:") {
        return Failure::report(text);
    }
    Failure::general(text)
}

/// The credentials to sign with now.
pub fn credentials(found: Option<Found>, context: &Context) -> Result<Credentials, Failure> {
    match found.ok_or_else(Failure::no_credentials)? {
        Found::Ready(credentials) => Ok(credentials),
        Found::Expiring(expiring) => expiring.now(context).map_err(Failure::general),
        Found::Unusable(reason) => Err(Failure::general(reason)),
        Found::Network(source) => Err(Failure::Theirs(format!(
            "the profile's credentials come from {source}, which this version of presign does not ask for"
        ))),
    }
}

/// Where the links of a bucket lead.
pub struct Target {
    /// Scheme and authority as printed.
    pub origin: String,
    /// The path before the key, percent-encoded, with its `/` at the end.
    pub prefix: String,
    /// The endpoint's own path, which a link without a key has.
    path: String,
    /// The `Host` header: lower case, no default port.
    pub host: String,
    pub service: &'static str,
    /// The region that signs.
    pub region: String,
    pub scheme: Scheme,
}

impl Target {
    pub fn new(client: &Client, resolved: Resolved) -> Result<Self, Failure> {
        // Line ends and tabs are dropped wherever Python splits a URL.
        let url = resolved.url.replace(['\t', '\r', '\n'], "");
        let url = urlsplit(&url).map_err(Failure::general)?;
        let mut host = url.hostname().unwrap_or_default();
        if url.is_ipv6() {
            host = format!("[{host}]");
        }
        if let Ok(Some(port)) = url.port()
            && port != if url.scheme == "https" { 443 } else { 80 }
        {
            host.push_str(&format!(":{port}"));
        }
        Ok(Self {
            origin: format!("{}://{}", url.scheme, url.netloc),
            prefix: format!("{}/", url.path.strip_suffix('/').unwrap_or(url.path)),
            path: url.path.to_owned(),
            host,
            service: resolved.service,
            region: resolved.region.unwrap_or_else(|| client.regions.signing.clone()),
            scheme: resolved.scheme,
        })
    }

    /// The path of a key (raw), percent-encoded.
    fn path(&self, key: &str) -> String {
        if key.is_empty() && !self.path.is_empty() {
            return self.path.clone();
        }
        let mut path = self.prefix.clone();
        push(&mut path, key, Keep::Slash);
        path
    }

    /// The URL of a key (raw), without a signature.
    pub fn unsigned(&self, key: &str) -> String {
        self.origin.clone() + &self.path(key)
    }

    /// An error if it takes more than keys to sign.
    pub fn check_scheme(&self) -> Result<(), Failure> {
        if self.scheme == Scheme::Express {
            return Err(Failure::Theirs(
                "an S3 Express bucket needs a session (CreateSession), which this version of presign does not ask \
                 for; sign without one by s3_disable_express_session_auth = true in the profile, by \
                 AWS_S3_DISABLE_EXPRESS_SESSION_AUTH=true, or not at all by --no-sign-request"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// The scope of version 4.
    pub fn scope<'a>(&'a self, expires: &'a Int, time: SystemTime) -> v4::Scope<'a> {
        v4::Scope { region: &self.region, service: self.service, time, expires: expires.as_str() }
    }

    /// What version 4 signs for a path (percent-encoded).
    pub fn request<'a>(&'a self, path: &'a str) -> v4::Request<'a> {
        v4::Request { method: "GET", origin: &self.origin, host: &self.host, path, query: &[] }
    }

    /// The link of a key (raw).
    pub fn sign(
        &self,
        key: &str,
        credentials: &Credentials,
        expires: &Int,
        time: SystemTime,
    ) -> Result<String, Failure> {
        let path = self.path(key);
        let request = self.request(&path);
        if self.scheme == Scheme::V4a {
            // The real program's signer refuses these without a word, and counts in 64 bits.
            if expires.as_str() == "0" || expires.as_str().starts_with('-') {
                return Err(Failure::general(""));
            }
            let expires = Some(expires.modulo_u64()).filter(|expires| *expires > 0);
            let scope = v4a::Scope { service: self.service, time, expires };
            return Ok(v4a::presign(&request, credentials, &scope).url);
        }
        Ok(v4::presign(&request, credentials, &self.scope(expires, time)).url)
    }
}
