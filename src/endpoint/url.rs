//! A custom endpoint: the rule set's `parseURL`.

use crate::python::url::urlsplit;
use crate::sign::encode::{Keep, encode};

/// What the rules use of an endpoint URL.
#[derive(Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub scheme: String,
    /// User, host and port as given.
    pub authority: String,
    pub path: String,
    /// Percent-encoded, without empty and dot segments, with a `/` at both ends.
    pub normalized_path: String,
    pub is_ip: bool,
}

impl Endpoint {
    /// `None` if it is no `http` or `https` URL, or has a query, or a port that is no number.
    pub fn parse(url: &str) -> Option<Self> {
        let split = urlsplit(url).ok()?;
        split.port().ok()?;
        if !matches!(split.scheme.as_str(), "http" | "https") || !split.query.is_empty() {
            return None;
        }
        let mut normalized_path = encode(&without_dots(split.path), Keep::Slash);
        if !normalized_path.ends_with('/') {
            normalized_path.push('/');
        }
        Some(Self {
            authority: split.netloc.to_owned(),
            path: split.path.to_owned(),
            normalized_path,
            is_ip: split.is_ipv4() || split.is_ipv6(),
            scheme: split.scheme,
        })
    }
}

/// botocore's `normalize_url_path`: RFC 3986's dot segments, and empty ones, removed.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let first = if path.is_empty() || path.starts_with('/') { "/" } else { "" };
    let last = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    format!("{first}{}{last}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (url, path) in [
            ("https://h", "/"),
            ("https://h/", "/"),
            ("https://h//", "/"),
            ("https://h/p", "/p/"),
            ("https://h/p/./q/../r//", "/p/r/"),
            ("https://h/a b", "/a%20b/"),
            ("https://h/a%20b", "/a%2520b/"),
        ] {
            assert_eq!(Endpoint::parse(url).expect(url).normalized_path, path, "{url}");
        }
    }

    #[test]
    fn refusals() {
        for url in ["https://h?x=y", "ftp://h", "https://h:abc", "file://ep", "//h", "localhost:9000"] {
            assert_eq!(Endpoint::parse(url), None, "{url}");
        }
        assert!(Endpoint::parse("http://127.0.0.1:9000").is_some_and(|url| url.is_ip));
        assert!(Endpoint::parse("http://[::1]:9000").is_some_and(|url| url.is_ip));
        assert!(Endpoint::parse("https://h/p#f").is_some_and(|url| !url.is_ip && url.path == "/p"));
    }
}
