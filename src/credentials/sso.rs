//! SSO: the settings are checked here; the credentials are the portal's to give.

use super::{Answer, Context, Found};
use crate::config::aws::text;
use crate::python::repr::repr;

/// `sso_role_name` and `sso_account_id`, with a session or without.
pub fn load(context: &Context) -> Answer {
    if context.setting("sso_role_name").is_none() && context.setting("sso_account_id").is_none() {
        return Ok(None);
    }
    let session_name = context.setting("sso_session");
    let session = match &session_name {
        None => None,
        Some(name) => Some(
            context
                .files
                .section("sso-session", name)
                .ok_or_else(|| format!("The specified sso-session does not exist: \"{name}\""))?,
        ),
    };
    let mut missing = Vec::new();
    for key in ["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"] {
        let own = context.setting(key);
        let of_session = session.as_ref().and_then(|session| text(session, key));
        match (&own, &of_session) {
            (Some(own), Some(of_session)) if own != of_session => {
                return Err(format!(
                    "The value for {key} is inconsistent between profile ({own}) and sso-session ({of_session})."
                ));
            }
            (None, None) => missing.push(key),
            _ => {}
        }
    }
    if missing.is_empty() {
        return Ok(Some(Found::Network("sso")));
    }
    Err(format!(
        "The profile \"{}\" is configured to use SSO but is missing required configuration: {}",
        context.profile,
        missing.join(", ")
    ))
}

/// The check of a profile's `sso_session` that botocore makes for its bearer tokens, whoever's
/// credentials sign.
pub fn check_token_settings(context: &Context) -> Result<(), String> {
    let Some(name) = context.setting("sso_session") else { return Ok(()) };
    let profile = context.profile;
    let configured = format!("The profile \"{profile}\" is configured to use the SSO token provider but");
    let session = context.files.section("sso-session", &name).filter(|session| !session.is_empty());
    let session =
        session.ok_or_else(|| format!("{configured} the \"{name}\" sso_session configuration does not exist."))?;
    let missing: Vec<String> =
        ["sso_start_url", "sso_region"].iter().filter(|key| session.get(key).is_none()).map(|key| repr(key)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("{configured} is missing the following configuration: [{}].", missing.join(", ")))
}
