//! SSO: the settings are checked here; the credentials are the portal's to give.

use super::{Answer, Context, Found};
use crate::config::aws::{Setting, UNHASHABLE, setting};
use crate::config::ini::View;
use crate::python::repr::repr;

/// `sso_role_name` and `sso_account_id`, with a session or without.
pub fn load(context: &Context) -> Answer {
    if context.setting("sso_role_name").is_none() && context.setting("sso_account_id").is_none() {
        return Ok(None);
    }
    let session = match context.setting("sso_session") {
        None => None,
        Some(Setting::Text(name)) => Some(
            context
                .files
                .section("sso-session", &name)
                .ok_or_else(|| format!("The specified sso-session does not exist: \"{name}\""))?,
        ),
        Some(Setting::Block(_)) => return Err(UNHASHABLE.to_owned()),
    };
    // Whatever both say, they must agree on.
    for key in session.iter().flat_map(View::keys) {
        let of_session = session.as_ref().and_then(|session| setting(session, key));
        if let (Some(own), Some(of_session)) = (context.setting(key), of_session)
            && !own.equals(&of_session)
        {
            return Err(format!(
                "The value for {key} is inconsistent between profile ({}) and sso-session ({}).",
                own.shown(),
                of_session.shown()
            ));
        }
    }
    let mut missing = vec!["sso_role_name", "sso_account_id", "sso_start_url", "sso_region"];
    missing.retain(|key| {
        context.setting(key).is_none() && session.as_ref().is_none_or(|session| session.get(key).is_none())
    });
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
    let name = match context.setting("sso_session") {
        None => return Ok(()),
        Some(Setting::Text(name)) => name,
        Some(Setting::Block(_)) => return Err(UNHASHABLE.to_owned()),
    };
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
