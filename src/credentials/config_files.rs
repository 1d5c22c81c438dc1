//! Keys in the credentials file and in the config file.

use super::{Answer, Context, Found, partial};
use crate::config::aws::text;
use crate::config::ini::View;
use crate::sign::{Credentials, Secret};

/// The section of the credentials file that has the profile's name.
pub fn credentials_file(context: &Context) -> Answer {
    keys(context.files.credentials.section(context.profile), "shared-credentials-file")
}

/// The profile's own keys in the config file.
pub fn config_file(context: &Context) -> Answer {
    keys(context.files.section("profile", context.profile), "config-file")
}

fn keys(section: Option<View>, source: &str) -> Answer {
    let Some(section) = section else { return Ok(None) };
    let Some(access_key) = text(&section, "aws_access_key_id") else { return Ok(None) };
    let secret_key = text(&section, "aws_secret_access_key").ok_or_else(|| partial(source, "aws_secret_access_key"))?;
    // An empty token is one.
    let token = text(&section, "aws_security_token").or_else(|| text(&section, "aws_session_token"));
    Ok(Some(Found::Ready(Credentials {
        access_key,
        secret_key: Secret::new(secret_key),
        token: token.map(Secret::new),
    })))
}
