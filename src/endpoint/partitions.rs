//! The partitions of AWS and which of them a region belongs to.

/// One partition.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    pub name: &'static str,
    pub dns_suffix: &'static str,
    /// Regions are `PREFIX-word-digits` with one of these.
    prefixes: &'static [&'static str],
    /// Regions that have another form.
    others: &'static [&'static str],
}

/// In the order in which they are tried; the first is the default.
const PARTITIONS: &[Partition] = &[
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        others: &["aws-global"],
    },
    Partition { name: "aws-cn", dns_suffix: "amazonaws.com.cn", prefixes: &["cn"], others: &["aws-cn-global"] },
    Partition { name: "aws-eusc", dns_suffix: "amazonaws.eu", prefixes: &["eusc-de"], others: &[] },
    Partition { name: "aws-iso", dns_suffix: "c2s.ic.gov", prefixes: &["us-iso"], others: &["aws-iso-global"] },
    Partition { name: "aws-iso-b", dns_suffix: "sc2s.sgov.gov", prefixes: &["us-isob"], others: &["aws-iso-b-global"] },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        prefixes: &["eu-isoe"],
        others: &["aws-iso-e-global"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        prefixes: &["us-isof"],
        others: &["aws-iso-f-global"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        prefixes: &["us-gov"],
        others: &["aws-us-gov-global"],
    },
];

/// The partition of a region: the default one if it fits none.
pub fn of_region(region: &str) -> &'static Partition {
    PARTITIONS
        .iter()
        .find(|partition| partition.others.contains(&region) || partition.has_form(region))
        .unwrap_or(&PARTITIONS[0])
}

/// The partition whose region form this is, pseudo regions aside.
pub fn by_form(region: &str) -> Option<&'static Partition> {
    PARTITIONS.iter().find(|partition| partition.has_form(region))
}

impl Partition {
    /// `^PREFIX-\w+-\d+$`
    fn has_form(&self, region: &str) -> bool {
        self.prefixes.iter().any(|prefix| {
            let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-')).is_some_and(|(word, digits)| {
                !word.is_empty()
                    && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                    && !digits.is_empty()
                    && digits.bytes().all(|b| b.is_ascii_digit())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        for (region, name) in [
            ("us-west-2", "aws"),
            ("mx-central-1", "aws"),
            ("aws-global", "aws"),
            ("bogus", "aws"),
            ("US-WEST-2", "aws"),
            ("cn-bogus-1", "aws-cn"),
            ("aws-cn-global", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("eusc-fr-east-1", "aws"),
        ] {
            assert_eq!(of_region(region).name, name, "{region}");
        }
    }
}
