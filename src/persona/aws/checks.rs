//! What the CLI checks besides the call itself: of the options, before it looks for the command;
//! of the settings, once the profile is known.

use super::args;
use super::failure::{Failure, Kind};
use super::session::{Session, unhashable};
use crate::argv::argparse::Parsed;
use crate::config::aws::{Files, Setting};
use crate::python::int::int;
use crate::python::jmespath;
use crate::python::repr::repr;
use crate::python::text::shown;
use crate::python::url::{is_valid_endpoint, urlsplit};
use std::ffi::OsStr;

/// Whether there are plugins to load: any name besides the path that they are on.
pub fn has_plugins(files: &Files) -> bool {
    const PATH: &str = "cli_legacy_plugin_path";
    let plugins = files.config.section("plugins").filter(|plugins| plugins.get(PATH).is_some());
    plugins.is_some_and(|plugins| plugins.keys().any(|name| name != PATH))
}

/// `cli_auto_prompt`, where the profile can be read.
pub fn prompts(session: &Session) -> Result<bool, Failure> {
    if session.variable("AWS_CLI_AUTO_PROMPT").is_none() && session.scoped().is_err() {
        return Ok(false);
    }
    let mode = session.lower("AWS_CLI_AUTO_PROMPT", "cli_auto_prompt")?;
    Ok(mode.is_some_and(|mode| matches!(mode.as_str(), "on" | "on-partial")))
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

/// `AWS_CLI_OUTPUT_ENCODING`, which changes no link, but must name an encoding. What others than
/// these there are, the real program knows.
pub fn output_encoding(session: &Session) -> Result<(), Failure> {
    const KNOWN: [&str; 12] = [
        "utf-8",
        "utf_8",
        "utf8",
        "ascii",
        "us-ascii",
        "latin-1",
        "latin1",
        "iso-8859-1",
        "iso8859-1",
        "cp1252",
        "utf-16",
        "utf-32",
    ];
    let Some(name) = session.variable("AWS_CLI_OUTPUT_ENCODING") else { return Ok(()) };
    if KNOWN.contains(&name.to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    Err(Failure::Theirs(format!("Unknown codec `{name}` specified for AWS_CLI_OUTPUT_ENCODING.")))
}

/// What handlers check once the profile is known, before the command is looked at. They give up
/// where the profile is not there; the client will say so.
pub fn session(session: &Session, globals: &Parsed) -> Result<(), Failure> {
    let is_there = session.scoped().is_ok();
    if is_there
        && let Some(format) = session.setting("cli_timestamp_format")?
        && !matches!(format.as_text(), Some("wire" | "iso8601"))
    {
        return Err(Failure::Said(
            Kind::Configuration,
            format!("Unknown cli_timestamp_format value: {}, valid values are \"wire\" or \"iso8601\"", format.shown()),
        ));
    }
    if is_there && !globals.has("--cli-binary-format") {
        match session.setting("cli_binary_format")? {
            Some(Setting::Block(_)) => return Err(unhashable()),
            Some(Setting::Text(format)) if !matches!(format.as_str(), "base64" | "raw-in-base64-out") => {
                return Err(Failure::general(repr(&format)));
            }
            _ => {}
        }
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
    let (variable, key) = ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
    if session.lower(variable, key)?.is_some_and(|mode| !matches!(mode.as_str(), "ipv4" | "ipv6")) {
        let mode = session.text(variable, key)?.unwrap_or_default();
        return Err(Failure::general(format!(
            "Invalid EC2 Instance Metadata endpoint mode: {mode} Valid endpoint modes (case-insensitive): ('ipv4', 'ipv6')."
        )));
    }
    match session.lookup("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")? {
        Some(Setting::Block(_)) => Err(Failure::general("unhashable type: 'dict'")),
        Some(Setting::Text(url)) if !url.is_empty() && is_valid_endpoint(&url) != Ok(true) => {
            Err(Failure::general(format!("Invalid endpoint EC2 Instance Metadata endpoint: {url}")))
        }
        _ => Ok(()),
    }
}
