//! `urllib.parse.urlsplit` and what botocore asks of its result.

use super::int::decimal_digit;
use super::repr::repr;
use std::net::{IpAddr, Ipv6Addr};

/// The port is not a number from 0 to 65535.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPort;

/// The five parts of a URL, none of them decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// Lower case; empty if there is none.
    pub scheme: String,
    pub netloc: &'a str,
    pub path: &'a str,
    pub query: &'a str,
}

/// Splits a URL. White space and control characters in front are dropped; tabs and line ends
/// inside must have been dropped by the caller. The error is the text of Python's `ValueError`.
pub fn urlsplit(url: &str) -> Result<Split<'_>, String> {
    let url = url.trim_start_matches(|c| c <= ' ');
    let (scheme, rest) = split_scheme(url);
    let (netloc, rest) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
        None => ("", rest),
    };
    match (netloc.find('['), netloc.find(']')) {
        (None, None) => {}
        (Some(open), Some(_)) => {
            let host = &netloc[open + 1..];
            check_bracketed(host.split(']').next().unwrap_or(host))?;
        }
        _ => return Err("Invalid IPv6 URL".to_owned()),
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    Ok(Split { scheme, netloc, path, query })
}

/// The scheme alone, lower case, empty if the text has none; and what follows it.
pub fn split_scheme(url: &str) -> (String, &str) {
    match url.split_once(':') {
        Some((scheme, rest))
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            (scheme.to_ascii_lowercase(), rest)
        }
        _ => (String::new(), url),
    }
}

fn check_bracketed(host: &str) -> Result<(), String> {
    if host.starts_with('v') {
        return Ok(()); // IPvFuture: no check that botocore would let through matters here
    }
    let address = host.split('%').next().unwrap_or(host);
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) => Ok(()),
        Ok(IpAddr::V4(_)) => Err("An IPv4 address cannot be in brackets".to_owned()),
        Err(_) => Err(format!("{} does not appear to be an IPv4 or IPv6 address", repr(host))),
    }
}

impl Split<'_> {
    fn host_and_port(&self) -> (&str, Option<&str>) {
        let host = self.netloc.rsplit_once('@').map_or(self.netloc, |(_, host)| host);
        let (host, port) = match host.split_once('[') {
            Some((_, bracketed)) => {
                let (host, port) = bracketed.split_once(']').unwrap_or((bracketed, ""));
                (host, port.split_once(':').map_or("", |(_, port)| port))
            }
            None => host.split_once(':').unwrap_or((host, "")),
        };
        (host, Some(port).filter(|port| !port.is_empty()))
    }

    /// The host name without user, brackets and port, lower case; `None` if there is none.
    pub fn hostname(&self) -> Option<String> {
        let host = self.host_and_port().0;
        let (name, zone) = host.split_at(host.find('%').unwrap_or(host.len()));
        (!host.is_empty()).then(|| name.to_lowercase() + zone)
    }

    /// The port, if there is one.
    pub fn port(&self) -> Result<Option<u16>, BadPort> {
        match self.host_and_port().1 {
            None => Ok(None),
            Some(port) if port.bytes().all(|b| b == b'0') => Ok(Some(0)),
            Some(port) if port.bytes().all(|b| b.is_ascii_digit()) => {
                port.trim_start_matches('0').parse().map(Some).map_err(|_| BadPort)
            }
            Some(_) => Err(BadPort),
        }
    }

    /// botocore's `is_valid_ipv6_endpoint_url`: the host without its brackets is never one, but
    /// the `Host` header of a bracketed address gets its brackets back.
    pub fn is_ipv6(&self) -> bool {
        self.netloc.contains('[')
            && self.host_and_port().0.split('%').next().is_some_and(|host| host.parse::<Ipv6Addr>().is_ok())
    }

    /// Four groups of one to three digits, as botocore takes an IPv4 address.
    pub fn is_ipv4(&self) -> bool {
        self.hostname().is_some_and(|host| looks_like_ipv4(&host))
    }
}

/// Four groups of one to three digits with dots between, whatever their value.
pub fn looks_like_ipv4(host: &str) -> bool {
    let mut groups = 0;
    host.split('.').all(|group| {
        groups += 1;
        (1..=3).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
    }) && groups == 4
}

/// botocore's `is_valid_endpoint_url(url) or is_valid_ipv6_endpoint_url(url)`; `Err` is the text
/// of a `ValueError` that the splitting itself raises.
pub fn is_valid_endpoint(url: &str) -> Result<bool, String> {
    if url.contains(['\t', '\r', '\n']) {
        return Ok(false);
    }
    let split = urlsplit(url)?;
    if split.is_ipv6() {
        return Ok(true);
    }
    let Some(host) = split.hostname() else { return Ok(false) };
    if host.chars().count() > 255 {
        return Ok(false);
    }
    let host = host.strip_suffix('.').unwrap_or(&host);
    Ok(host.split('.').all(|label| is_host_label(label, true)))
}

/// Letters, digits and inner hyphens, 1 to 63 of them. With `unicode`, what Python's `\d` and
/// case folding let through besides.
pub fn is_host_label(label: &str, unicode: bool) -> bool {
    let length = label.chars().count();
    (1..=63).contains(&length)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || c == '-'
                || decimal_digit(c).is_some()
                || (unicode && matches!(c, '\u{17f}' | '\u{212a}'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        let url = urlsplit("HTTPS://user:pw@H.example:443/p/q?x=y#f").expect("url");
        assert_eq!(url.scheme, "https");
        assert_eq!(url.netloc, "user:pw@H.example:443");
        assert_eq!((url.path, url.query), ("/p/q", "x=y"));
        assert_eq!(url.hostname().as_deref(), Some("h.example"));
        assert_eq!(url.port(), Ok(Some(443)));
        let url = urlsplit("http://[::1]:9000").expect("url");
        assert!(url.is_ipv6());
        assert_eq!(url.port(), Ok(Some(9000)));
        assert_eq!(urlsplit("localhost:9000").expect("url").scheme, "localhost");
        assert_eq!(urlsplit("//h").expect("url").scheme, "");
        assert_eq!(urlsplit("http://[::1").expect_err("url"), "Invalid IPv6 URL");
        assert_eq!(urlsplit("http://h:abc").expect("url").port(), Err(BadPort));
        assert_eq!(urlsplit("http://h:").expect("url").port(), Ok(None));
        assert_eq!(urlsplit("http://h:000").expect("url").port(), Ok(Some(0)));
        assert_eq!(urlsplit("http://h:65536").expect("url").port(), Err(BadPort));
    }

    #[test]
    fn endpoints() {
        for url in ["https://h.example.com", "http://localhost:9000", "https://h", "http://[::1]:9000", "https://h.x."]
        {
            assert_eq!(is_valid_endpoint(url), Ok(true), "{url}");
        }
        for url in [
            "https://",
            "http:///x",
            "localhost:9000",
            "https://a_b.example.com",
            "https://h x",
            "https://\u{e9}.x",
            "https://s3..x",
            "https://h\n",
            "",
        ] {
            assert_eq!(is_valid_endpoint(url), Ok(false), "{url}");
        }
    }
}
