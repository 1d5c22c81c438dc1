//! What may be a label of a host name, by the rule set's own functions.

use crate::python::url::{is_host_label, looks_like_ipv4};

/// `isValidHostLabel(value, allowSubDomains)`. Python's `$` lets a line end at the very end through.
pub fn is_valid_host_label(value: &str, allow_dots: bool) -> bool {
    let is_label = |label: &str| is_host_label(label.strip_suffix('\n').unwrap_or(label), false);
    if allow_dots { value.split('.').all(is_label) } else { is_label(value) }
}

/// `aws.isVirtualHostableS3Bucket(value, allowSubDomains)`, as botocore has it: with dots, each
/// label must be a bucket name by itself, three letters or more.
pub fn is_virtual_hostable(bucket: &str, allow_dots: bool) -> bool {
    let is_name = |name: &str| name.len() >= 3 && name.to_lowercase() == name && !looks_like_ipv4(name);
    if allow_dots {
        is_name(bucket) && bucket.split('.').all(|label| is_virtual_hostable(label, false))
    } else {
        is_name(bucket) && is_valid_host_label(bucket, false)
    }
}

/// `substring(value, start, stop, reverse: true)`: counted from the end.
pub fn from_end(value: &str, start: usize, stop: usize) -> Option<&str> {
    if !value.is_ascii() || value.len() < stop {
        return None;
    }
    value.get(value.len() - stop..value.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets() {
        for bucket in ["bkt", "xn--abc", "1bucket", "123", "a--op-s3"] {
            assert!(is_virtual_hostable(bucket, false), "{bucket}");
        }
        for bucket in ["ab", "my.bucket", "My-Bucket", "my_bucket", "192.168.1.1", "-abc", "abc-"] {
            assert!(!is_virtual_hostable(bucket, false), "{bucket}");
        }
        assert!(!is_virtual_hostable(&"b".repeat(64), false));
        assert!(is_virtual_hostable("abc.def", true) && !is_virtual_hostable("my.bucket", true));
    }

    #[test]
    fn substrings() {
        assert_eq!(from_end("abc--x-s3", 0, 6), Some("--x-s3"));
        assert_eq!(from_end("abc--x-s3", 6, 9), Some("abc"));
        assert_eq!(from_end("x-s3", 0, 6), None);
    }
}
