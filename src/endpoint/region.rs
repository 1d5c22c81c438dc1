//! The region of a client: what may be one, which one the rules see and which one signs.
//!
//! This is what botocore does around the rule set: it lets its older endpoint data have the first
//! word.

use super::partitions::{by_form, of_region};

/// `^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{,63}(?<!-)$`, where Python's `$` lets a line end through.
pub fn is_valid(region: &str) -> bool {
    let label = region.strip_suffix('\n').unwrap_or(region);
    let digits = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
    !digits
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A region such as `fips-us-east-1` or `us-west-2-fips` names another one and asks for FIPS.
pub fn without_fips(region: &str) -> (String, bool) {
    let plain = region.replace("fips-", "").replace("-fips", "");
    let fips = plain != region;
    (plain, fips)
}

/// The regions of a client.
#[derive(Debug, PartialEq, Eq)]
pub struct Regions {
    /// What the rules are asked with; `aws-global` if there is no region.
    pub rules: String,
    /// What is in the credential scope.
    pub signing: String,
}

/// The regions for a client of this region, with or without an endpoint of its own.
pub fn of_client(region: Option<&str>, custom_endpoint: bool, dualstack: bool) -> Regions {
    let (rules, signing) = match region {
        None if dualstack => ("us-east-1", "us-east-1"),
        None => ("aws-global", "us-east-1"),
        Some(region @ ("aws-global" | "s3-external-1")) if !custom_endpoint => (region, "us-east-1"),
        Some(region) => (region, region),
    };
    Regions { rules: rules.to_owned(), signing: signing.to_owned() }
}

/// The partitions that the older endpoint data has no dual-stack names for.
pub fn lacks_dualstack(region: &str) -> bool {
    by_form(region).is_some_and(|partition| matches!(partition.name, "aws-iso-e" | "aws-iso-f"))
}

/// The URL that botocore checks before it asks the rules. It matters where the region is no
/// label of a host name: an empty one.
pub fn unchecked_url(region: &str, fips: bool, dualstack: bool) -> String {
    let fips = if fips { "-fips" } else { "" };
    let dualstack = if dualstack { ".dualstack" } else { "" };
    let suffix = of_region(region.trim_end_matches('\n')).dns_suffix;
    format!("https://s3{fips}{dualstack}.{region}.{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity() {
        for region in ["us-west-2", "EU", "bogus", "", "a1", &"x".repeat(63)] {
            assert!(is_valid(region), "{region}");
        }
        for region in ["us west", "us_west", "a.b", "-x", "x-", "123", "eu-west-1 ; c", &"x".repeat(64)] {
            assert!(!is_valid(region), "{region}");
        }
    }

    #[test]
    fn fips() {
        assert_eq!(without_fips("fips-us-east-1"), ("us-east-1".to_owned(), true));
        assert_eq!(without_fips("us-west-2-fips"), ("us-west-2".to_owned(), true));
        assert_eq!(without_fips("us-west-2"), ("us-west-2".to_owned(), false));
    }
}
