//! Keys in the credentials file and in the config file.

use super::{Answer, Context, of_file, partial};
use crate::config::aws::setting;
use crate::config::ini::View;

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
    let value = |key: &str| setting(&section, key);
    let Some(access_key) = value("aws_access_key_id") else { return Ok(None) };
    let secret_key = value("aws_secret_access_key").ok_or_else(|| partial(source, "aws_secret_access_key"))?;
    // An empty token is one.
    let token = value("aws_security_token").or_else(|| value("aws_session_token"));
    Ok(Some(of_file(&access_key, &secret_key, token.as_ref())))
}
