//! What the CLI checks besides the call itself: of the options, before it looks for the command;
//! of the settings, once the profile is known.

use super::args;
use super::failure::{Failure, Kind};
use super::session::Session;
use crate::argv::argparse::Parsed;
use crate::config::aws::Setting;
use crate::python::int::int;
use crate::python::jmespath;
use crate::python::text::shown;
use crate::python::url::{is_valid_endpoint, urlsplit};
use std::ffi::OsStr;

/// `cli_auto_prompt`, where the profile can be read.
pub fn prompts(session: &Session) -> bool {
    let mode = session.text("AWS_CLI_AUTO_PROMPT", "cli_auto_prompt");
    mode.is_ok_and(|mode| mode.is_some_and(|mode| matches!(mode.to_lowercase().as_str(), "on" | "on-partial")))
}

/// What the CLI checks of the global options before it looks for the command.
pub fn globals(globals: &Parsed) -> Result<(), Failure> {
    if let Some(query) = globals.get("--query") {
        let query = shown(query);
        jmespath::check(&query).map_err(|why| Failure::param(format!("Bad value for --query {query}: {why}")))?;
    }
    if let Some(url) = globals.get("--endpoint-url") {
        let url = shown(url);
        let scheme = urlsplit(&url).map_err(Failure::general)?.scheme;
        if scheme.is_empty() && args::with_scheme(OsStr::new(url.as_ref())).is_none() {
            return Err(Failure::param(format!(
                "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form http://<hostname>/ or \
                 https://<hostname>/"
            )));
        }
    }
    for name in ["--cli-read-timeout", "--cli-connect-timeout"] {
        if let Some(value) = globals.get(name) {
            int(&shown(value)).map_err(Failure::general)?;
        }
    }
    Ok(())
}

/// What handlers check once the profile is known, before the command is looked at. They give up
/// where the profile is not there; the client will say so.
pub fn session(session: &Session) -> Result<(), Failure> {
    let is_there = session.scoped().is_ok();
    if is_there
        && let Some(Setting::Text(format)) = session.setting("cli_timestamp_format")?
        && !matches!(format.as_str(), "wire" | "iso8601")
    {
        return Err(Failure::Said(
            Kind::Configuration,
            format!("Unknown cli_timestamp_format value: {format}, valid values are \"wire\" or \"iso8601\""),
        ));
    }
    let is_set = |variable: &str| session.variable(variable).is_some();
    for (variable, key) in [
        ("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"),
    ] {
        if !is_there && !is_set(variable) {
            return Ok(());
        }
        session.check_int(variable, key)?;
    }
    if !is_there {
        return Ok(());
    }
    let mode = session.text("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")?;
    if let Some(mode) = mode.filter(|mode| !matches!(mode.to_lowercase().as_str(), "ipv4" | "ipv6")) {
        return Err(Failure::general(format!(
            "Invalid EC2 Instance Metadata endpoint mode: {mode} Valid endpoint modes (case-insensitive): ('ipv4', 'ipv6')."
        )));
    }
    let endpoint = session.text("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")?;
    match endpoint.filter(|url| !url.is_empty() && is_valid_endpoint(url) != Ok(true)) {
        Some(url) => Err(Failure::general(format!("Invalid endpoint EC2 Instance Metadata endpoint: {url}"))),
        None => Ok(()),
    }
}
