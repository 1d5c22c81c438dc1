//! The mathematics of a presigned URL: pure functions of a request, credentials and a time.

pub mod bulk;
pub mod encode;
mod request;
pub mod v2;
pub mod v4;
pub mod v4a;

use std::fmt;
use zeroize::Zeroizing;

/// A secret: never shown, wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself, for a signer's eyes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// What signs a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The access key id, raw.
    pub access_key: String,
    pub secret_key: Secret,
    /// The session token of temporary credentials, raw. An empty one is part of the link too.
    pub token: Option<Secret>,
}

/// The keys of AWS's documentation.
#[cfg(test)]
fn example_credentials(token: Option<&str>) -> Credentials {
    Credentials {
        access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        token: token.map(Secret::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show() {
        let credentials = Credentials {
            access_key: "AKID".to_owned(),
            secret_key: Secret::new("s3cret"),
            token: Some(Secret::new("t0ken")),
        };
        let shown = format!("{credentials:?}");
        assert!(shown.contains("AKID") && !shown.contains("s3cret") && !shown.contains("t0ken"), "{shown}");
    }
}
