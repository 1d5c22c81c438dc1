//! From the path argument to bucket and key: the `s3` commands' splitting and botocore's check of
//! the name.

use super::failure::Failure;
use crate::python::text::shown;
use std::ffi::OsStr;

const PATTERNS: &str = r#"Bucket name must match the regex "^[a-zA-Z0-9.\-_]{1,255}$" or be an ARN matching the regex "^arn:(aws).*:(s3|s3-object-lambda):[a-z\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\-]{1,63}$""#;

/// Splits `BUCKET/KEY`, where the bucket may be an ARN with slashes of its own.
pub fn split(path: &[u8]) -> Result<(&[u8], &[u8]), Failure> {
    if !path.starts_with(b"arn:aws") {
        return Ok(at_slash(path));
    }
    let fits = |rest: Option<&[u8]>, separators: &[u8]| rest.and_then(|rest| key_of(rest, separators)).is_some();
    if resources(path, "s3-object-lambda", 1).any(|at| fits(named(&path[at..], b"accesspoint"), b"/:")) {
        return Err(Failure::param(
            "s3 commands do not support S3 Object Lambda resources. Use s3api commands instead.",
        ));
    }
    if resources(path, "s3-outposts", 1).any(|at| fits(outpost(&path[at..], b"bucket"), b"/:")) {
        return Err(Failure::param("s3 commands do not support Outpost Bucket ARNs. Use s3control commands instead."));
    }
    let access_point = resources(path, "s3", 0).find_map(|at| {
        let name = after_word(&path[at..], b"accesspoint")?;
        let length = name.iter().position(|&b| b == b'/').unwrap_or(name.len());
        let key = key_of(&name[length..], b"/")?;
        (length > 0).then_some((&path[..path.len() - name.len() + length], key))
    });
    let outpost = || {
        resources(path, "s3-outposts", 1).find_map(|at| {
            let rest = outpost(&path[at..], b"accesspoint")?;
            Some((&path[..path.len() - rest.len()], key_of(rest, b"/:")?))
        })
    };
    Ok(access_point.or_else(outpost).unwrap_or_else(|| at_slash(path)))
}

/// `SEPARATOR?(?P<key>.*)$`: Python's `.` stops at a line end, its `$` lets one at the very end
/// through.
fn key_of<'a>(rest: &'a [u8], separators: &[u8]) -> Option<&'a [u8]> {
    let key = match rest.split_first() {
        Some((first, key)) if separators.contains(first) => key,
        _ => rest,
    };
    let key = key.strip_suffix(b"\n").unwrap_or(key);
    (!key.contains(&b'\n')).then_some(key)
}

fn at_slash(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().position(|&b| b == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (path, b""),
    }
}

/// botocore's `validate_bucket_name`.
pub fn check(bucket: &[u8]) -> Result<(), Failure> {
    let name = bucket.strip_suffix(b"\n").unwrap_or(bucket);
    let is_name = (1..=255).contains(&name.len())
        && name.iter().all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let whole_name = |rest: &[u8], dots: bool| label(rest, dots).is_some_and(|length| length == rest.len());
    let is_arn = || {
        ["s3", "s3-object-lambda"].iter().any(|service| {
            resources(name, service, 0)
                .any(|at| after_word(&name[at..], b"accesspoint").is_some_and(|rest| whole_name(rest, true)))
        }) || resources(name, "s3-outposts", 1)
            .any(|at| outpost(&name[at..], b"accesspoint").is_some_and(<[u8]>::is_empty))
    };
    if is_name || is_arn() {
        return Ok(());
    }
    let shown = shown(&crate::os::from_bytes(bucket)).into_owned();
    Err(Failure::report(&format!("Invalid bucket name \"{shown}\": {PATTERNS}")))
}

/// Where the resource of an ARN begins: `arn:(aws).*:SERVICE:[a-z\-0-9]{LEAST,}:[0-9]{12}:`, all
/// places that fit, the last one first, as a greedy pattern finds them.
fn resources<'a>(text: &'a [u8], service: &str, least: usize) -> impl Iterator<Item = usize> + use<'a> {
    let mark = format!(":{service}:");
    let line = text.split(|&b| b == b'\n').next().unwrap_or_default();
    let starts = if text.starts_with(b"arn:aws") { b"arn:aws".len()..line.len() } else { 0..0 };
    starts.rev().filter_map(move |at| {
        let rest = text[at..].strip_prefix(mark.as_bytes())?;
        let region = rest.iter().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'-').count();
        let account = rest[region..].strip_prefix(b":")?;
        let fits = region >= least
            && account.len() > 12
            && account[..12].iter().all(u8::is_ascii_digit)
            && account[12] == b':';
        fits.then(|| text.len() - account.len() + 13)
    })
}

/// What follows `WORD/` or `WORD:`.
fn after_word<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let rest = text.strip_prefix(word)?;
    matches!(rest.first(), Some(b'/' | b':')).then(|| &rest[1..])
}

/// The length of `[a-zA-Z0-9\-]{1,63}` (with dots if so) at the start, as long as it gets.
fn label(text: &[u8], dots: bool) -> Option<usize> {
    let length =
        text.iter().take(63).take_while(|&&b| b.is_ascii_alphanumeric() || b == b'-' || (dots && b == b'.')).count();
    (length > 0).then_some(length)
}

/// What follows `WORD[/:]NAME`.
fn named<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let name = after_word(text, word)?;
    Some(&name[label(name, false)?..])
}

/// What follows `outpost[/:]ID[/:]WORD[/:]NAME`.
fn outpost<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let rest = named(text, b"outpost")?;
    matches!(rest.first(), Some(b'/' | b':')).then(|| named(&rest[1..], word)).flatten()
}

/// A path argument without its `s3://`.
pub fn without_scheme(path: &OsStr) -> &[u8] {
    let path = path.as_encoded_bytes();
    path.strip_prefix(b"s3://").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_and_keys() {
        const AP: &str = "arn:aws:s3:us-west-2:123456789012:accesspoint";
        const OP: &str = "arn:aws:s3-outposts:us-west-2:123456789012:outpost";
        for (path, bucket, key) in [
            ("b/k/l", "b".to_owned(), "k/l"),
            ("b", "b".to_owned(), ""),
            ("/k", String::new(), "k"),
            (&format!("{AP}/ap/k/l"), format!("{AP}/ap"), "k/l"),
            (&format!("{AP}:ap/k"), format!("{AP}:ap"), "k"),
            (&format!("{AP}:a.p:x/k"), format!("{AP}:a.p:x"), "k"),
            (&format!("{AP}:ap"), format!("{AP}:ap"), ""),
            (&format!("{OP}/op-1/accesspoint/ap/k"), format!("{OP}/op-1/accesspoint/ap"), "k"),
            (&format!("{OP}:op-1:accesspoint:ap:k"), format!("{OP}:op-1:accesspoint:ap"), "k"),
            (&format!("{AP}/ap/k\nl"), AP.to_owned(), "ap/k\nl"),
            (&format!("{AP}/ap/k\n"), format!("{AP}/ap"), "k"),
            (&format!("{AP}/a\np"), format!("{AP}/a\np"), ""),
        ] {
            assert_eq!(split(path.as_bytes()), Ok((bucket.as_bytes(), key.as_bytes())), "{path}");
        }
        for path in [
            "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/x/k",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/bucket/b/k",
        ] {
            assert!(split(path.as_bytes()).is_err(), "{path}");
        }
    }

    #[test]
    fn names() {
        for name in [
            "bkt",
            "My_B.x-",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/a.p",
            "arn:aws-x:s3::123456789012:accesspoint:m.mrap",
        ] {
            assert_eq!(check(name.as_bytes()), Ok(()), "{name}");
        }
        for name in [
            "",
            "b!",
            "b\u{fc}",
            "arn:aws:s3:us-west-2:12:accesspoint/x",
            "arn:aws:s3:US:123456789012:accesspoint/x",
            "arn:aws:s3::123456789012:accesspoint/a_b",
        ] {
            assert!(check(name.as_bytes()).is_err(), "{name}");
        }
    }
}
