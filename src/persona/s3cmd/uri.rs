//! What `signurl` is to sign: s3cmd's `S3Uri`.

use super::fault::Fault;
use crate::os;
use crate::python::repr::{repr, repr_bytes};
use crate::python::text::{replaced, shown};
use std::ffi::OsStr;

/// A bucket and a key, raw; bytes that are not UTF-8 have become `?`, as s3cmd signs them.
#[derive(Debug, PartialEq, Eq)]
pub struct S3Uri {
    pub bucket: String,
    pub key: String,
    /// `repr()` of the URI, for `-d`.
    pub shown: String,
}

impl S3Uri {
    /// Takes `s3://BUCKET/KEY`; s3cmd's other kinds of URI are parameter problems, what it knows
    /// no kind for is where it dies.
    pub fn parse(argument: &OsStr) -> Result<Self, Fault> {
        let text = argument.as_encoded_bytes();
        if let Some(rest) = after_scheme(text) {
            // ^s3:///*([^/]*)/?(.*): the key ends at a line end.
            let slashes = rest.iter().take_while(|&&b| b == b'/').count();
            let rest = &rest[slashes..];
            let end = rest.iter().position(|&b| b == b'/').unwrap_or(rest.len());
            let bucket = &rest[..end];
            let key = first_line(rest.get(end + 1..).unwrap_or_default());
            let uri = os::from_bytes(&[b"s3://", bucket, b"/", key].concat());
            return Ok(Self {
                bucket: replaced(bucket).into_owned(),
                key: replaced(key).into_owned(),
                shown: repr(&format!("<S3UriS3: {}>", shown(&uri))),
            });
        }
        Err(Fault::Parameter(format!("Must be S3Uri. Got: {}", other_kind(text)?)))
    }
}

/// What follows `s3://`, in any case; `ſ` is a small `s` to a Python regular expression.
fn after_scheme(text: &[u8]) -> Option<&[u8]> {
    let rest = match text {
        [b's' | b'S', rest @ ..] => rest,
        _ => text.strip_prefix("\u{17f}".as_bytes())?,
    };
    rest.strip_prefix(b"3://")
}

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|&b| b == b'\n').next().unwrap_or_default()
}

/// The URI as s3cmd prints it if it is of another kind that it knows.
fn other_kind(text: &[u8]) -> Result<String, Fault> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with(b"s3fs://") {
        let rest = &text[7..];
        let slashes = rest.iter().take_while(|&&b| b == b'/').count();
        let mut parts = rest[slashes..].splitn(2, |&b| b == b'/');
        let (bucket, key) = (parts.next().unwrap_or_default(), first_line(parts.next().unwrap_or_default()));
        return Ok(shown(&os::from_bytes(&[b"s3fs://", bucket, b"/", key].concat())).into_owned());
    }
    if lower.starts_with(b"cf://") {
        let id = text[5..].split(|&b| b == b'/').next().unwrap_or_default();
        let rest = &text[5 + id.len()..];
        let request = first_line(&rest[rest.iter().take_while(|&&b| b == b'/').count()..]);
        let slash: &[u8] = if request.is_empty() { b"" } else { b"/" };
        return Ok(shown(&os::from_bytes(&[b"cf://", id, slash, request].concat())).into_owned());
    }
    let text_shown = String::from_utf8_lossy(text);
    let (scheme, path) = match text_shown.split_once("://") {
        Some((scheme, _)) if is_word(scheme) => (scheme.to_owned(), &text[scheme.len() + 3..]),
        _ => ("file".to_owned(), text),
    };
    if scheme != "file" {
        return Err(Fault::Crash(format!("{}: not a recognized URI", repr_bytes(text).trim_matches(['\'', '"']))));
    }
    Ok(format!("file://{}", shown(&os::from_bytes(first_line(path)))))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_and_keys() {
        for (text, bucket, key) in [
            ("s3://b/k", "b", "k"),
            ("S3://b", "b", ""),
            ("s3:////b//k", "b", "/k"),
            ("s3://", "", ""),
            ("s3://b/k\nx", "b", "k"),
            ("\u{17f}3://b/k/", "b", "k/"),
        ] {
            let uri = S3Uri::parse(OsStr::new(text)).expect(text);
            assert_eq!((uri.bucket.as_str(), uri.key.as_str()), (bucket, key), "{text}");
        }
        let uri = S3Uri::parse(&os::from_bytes(b"s3://b\xff/k\xfe")).expect("bytes");
        assert_eq!((uri.bucket.as_str(), uri.key.as_str()), ("b?", "k?"));
    }

    #[test]
    fn other_kinds() {
        for (text, shown) in [
            ("foo", "file://foo"),
            ("s3:/b/k", "file://s3:/b/k"),
            ("", "file://"),
            ("a\nb", "file://a"),
            ("file:///tmp/x", "file:///tmp/x"),
            ("s3fs://fs/p", "s3fs://fs/p"),
            ("cf://ABC/", "cf://ABC"),
            ("CF://ABC//r", "cf://ABC/r"),
        ] {
            assert_eq!(S3Uri::parse(OsStr::new(text)), Err(Fault::Parameter(format!("Must be S3Uri. Got: {shown}"))));
        }
        assert_eq!(
            S3Uri::parse(OsStr::new("http://b/k")),
            Err(Fault::Crash("http://b/k: not a recognized URI".to_owned()))
        );
    }
}
