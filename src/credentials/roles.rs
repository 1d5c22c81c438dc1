//! Roles: `role_arn` with a source of credentials, and web identity. The settings are checked
//! here; the role itself is STS's to give.

use super::{Answer, Context, Found, container, environment, metadata, of_profile, partial};
use crate::config::aws::{Setting, UNHASHABLE};
use crate::python::repr::repr;

/// `role_arn` in the profile.
pub fn assume(context: &Context) -> Answer {
    if !has_role(context) {
        return Ok(None);
    }
    check_role(context, &mut vec![context.profile.to_owned()])?;
    Ok(Some(Found::Network("assume-role")))
}

fn has_role(context: &Context) -> bool {
    context.setting("role_arn").is_some() && context.setting("web_identity_token_file").is_none()
}

fn has_keys(context: &Context) -> bool {
    context.setting("aws_access_key_id").is_some() || context.setting("aws_secret_access_key").is_some()
}

/// Checks where the role's source credentials come from, through all profiles that it leads to.
fn check_role(context: &Context, visited: &mut Vec<String>) -> Result<(), String> {
    let profile = context.profile;
    match (context.setting("source_profile"), context.setting("credential_source")) {
        (Some(_), Some(_)) => {
            Err(format!("The profile \"{profile}\" contains both source_profile and credential_source."))
        }
        (None, None) => Err(partial("assume-role", "source_profile or credential_source")),
        (None, Some(source)) => check_source(context, &source.shown()),
        (Some(Setting::Text(source)), None) => check_profile(context, &source, visited),
        (Some(Setting::Block(_)), None) => Err(UNHASHABLE.to_owned()),
    }
}

fn check_source(context: &Context, source: &str) -> Result<(), String> {
    let found = match source {
        "Environment" => environment::load(context)?,
        "EcsContainer" => container::load(context)?,
        "Ec2InstanceMetadata" => metadata::load(context)?,
        _ => {
            return Err(format!(
                "The credential source \"{source}\" referenced in profile \"{}\" is not valid.",
                context.profile
            ));
        }
    };
    match found {
        Some(_) => Ok(()),
        None => Err(format!(
            "Error when retrieving credentials from {source}: No credentials found in credential_source referenced in \
             profile {}",
            context.profile
        )),
    }
}

fn check_profile(context: &Context, source: &str, visited: &mut Vec<String>) -> Result<(), String> {
    if context.files.profile(source).is_none() {
        return Err(format!(
            "The source_profile \"{source}\" referenced in the profile \"{}\" does not exist.",
            context.profile
        ));
    }
    let next = context.of_source(source);
    if visited.iter().any(|name| name == source) && (source != context.profile || !has_keys(&next)) {
        let names: Vec<String> = visited.iter().map(|name| repr(name)).collect();
        return Err(format!(
            "Infinite loop in credential configuration detected. Attempting to load from profile {source} which has \
             already been visited. Visited profiles: [{}]",
            names.join(", ")
        ));
    }
    visited.push(source.to_owned());
    if has_keys(&next) || !has_role(&next) {
        return match of_profile(&next)? {
            Some(_) => Ok(()),
            None => Err(format!("The source profile \"{source}\" must have credentials.")),
        };
    }
    check_role(&next, visited)
}

/// A token file and a role, by environment or profile.
pub fn web_identity(context: &Context) -> Answer {
    let value = |variable: &str, key: &str| {
        let from_env = if context.profile_option { None } else { context.variable(variable).map(Setting::Text) };
        from_env.or_else(|| context.setting(key)).filter(|value| value.as_text() != Some(""))
    };
    if value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file").is_none() {
        return Ok(None);
    }
    if value("AWS_ROLE_ARN", "role_arn").is_none() {
        return Err(
            "The provided profile or the current environment is configured to assume role with web identity but \
                    has no role ARN configured. Ensure that the profile has the role_arnconfiguration set or the \
                    AWS_ROLE_ARN env var is set."
                .to_owned(),
        );
    }
    Ok(Some(Found::Network("assume-role-with-web-identity")))
}
