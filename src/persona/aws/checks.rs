//! What the CLI checks besides the call itself: of the options, before it looks for the command;
//! of the settings, once the profile is known; of settings and options, when it makes a client.

use super::args;
use super::failure::{Failure, Kind};
use super::session::{Session, is_true, unhashable};
use crate::argv::argparse::Parsed;
use crate::config::aws::{Files, Setting};
use crate::python::int::int;
use crate::python::jmespath;
use crate::python::repr::repr;
use crate::python::space::strip;
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

/// Settings that no link depends on, and whose bad values are errors. Gives the one that matters:
/// whether S3 Express goes without a session.
pub fn client(session: &Session, signed: bool, addressing_style: Option<&str>) -> Result<bool, Failure> {
    let attempts = session.check_int("AWS_MAX_ATTEMPTS", "max_attempts")?;
    let retry_mode = session.lookup("AWS_RETRY_MODE", "retry_mode")?;
    if let Some(size) =
        session.lookup("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "request_min_compression_size_bytes")?
    {
        let wrong = |why: &str| {
            Err(Failure::general(format!(
                "Invalid value \"{}\" for request_min_compression_size_bytes. Value must be {why}",
                size.shown()
            )))
        };
        let Setting::Text(text) = &size else { return wrong("an integer. Received <class 'dict'> instead.") };
        match int(text) {
            Err(_) => return wrong("an integer. Received <class 'str'> instead."),
            Ok(number) if !number.to_i64().is_some_and(|number| (1..=1_048_576).contains(&number)) => {
                return wrong("between 1 and 1048576.");
            }
            Ok(_) => {}
        }
    }
    for key in ["request_checksum_calculation", "response_checksum_validation"] {
        if let Some(value) = session.lookup(&format!("AWS_{}", key.to_uppercase()), key)?.map(lowered)
            && !matches!(value.as_text(), Some("when_supported" | "when_required"))
        {
            let value = value.shown();
            return Err(Failure::general(format!(
                "Unsupported configuration value for {key}. Expected one of ('when_supported', 'when_required') but got {value}."
            )));
        }
    }
    if let Some(mode) = session.lookup("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode")?.map(lowered)
        && signed
        && !matches!(mode.as_text(), Some("preferred" | "disabled" | "required"))
    {
        return Err(Failure::general(format!(
            "The configured value '{}' for 'account_id_endpoint_mode' is invalid. Valid values are: ('preferred', \
             'disabled', 'required').",
            mode.shown()
        )));
    }
    if let Some(block @ Setting::Block(_)) = session.lookup("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference")? {
        return Err(Failure::general(format!(
            "auth_scheme_preference must be a comma-delimited string. Received <class 'dict'> instead: {}.",
            block.shown()
        )));
    }
    let express = session.lookup("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "s3_disable_express_session_auth")?;
    let disable_express_session = match &express {
        None => false,
        Some(value) if is_true(value) => true,
        Some(Setting::Text(text)) if text.to_lowercase() == "false" => false,
        Some(value) => {
            return Err(Failure::general(format!(
                "Invalid value \"{}\" for s3_disable_express_session_auth. Value must be a boolean",
                value.shown()
            )));
        }
    };
    if let Some(Setting::Block(_)) = session.setting("tcp_keepalive")? {
        return Err(Failure::general("'dict' object has no attribute 'lower'"));
    }
    if let Some(style) = addressing_style.filter(|style| !matches!(*style, "virtual" | "auto" | "path")) {
        return Err(Failure::general(format!(
            "S3 addressing style {style} is invalid. Valid options are: 'auto', 'virtual', and 'path'"
        )));
    }
    if let Some(attempts) = attempts.filter(|attempts| attempts.as_str().starts_with('-') || attempts.as_str() == "0") {
        return Err(Failure::general(format!(
            "Value provided to \"max_attempts\": {} must be an integer greater than or equal to one.",
            attempts.as_str()
        )));
    }
    if let Some(mode) = retry_mode.filter(|mode| !matches!(mode.as_text(), Some("standard" | "adaptive"))) {
        return Err(Failure::general(format!(
            "Invalid value provided to \"mode\": \"{}\" must be one of: \"standard\" or \"adaptive\"",
            mode.shown()
        )));
    }
    Ok(disable_express_session)
}

fn lowered(setting: Setting) -> Setting {
    match setting {
        Setting::Text(text) => Setting::Text(text.to_lowercase()),
        block => block,
    }
}

/// The bundle of certificates, of which only an empty name is an error.
pub fn bundle(session: &Session, options: &Parsed) -> Result<(), Failure> {
    if options.has("--no-verify-ssl") {
        return Ok(());
    }
    let bundle = match options.get("--ca-bundle") {
        Some(option) => Some(Setting::Text(shown(option).into_owned())),
        None => session.lookup("AWS_CA_BUNDLE", "ca_bundle")?,
    };
    let bundle = bundle.or_else(|| session.variable("REQUESTS_CA_BUNDLE").map(Setting::Text));
    if bundle.is_some_and(|bundle| bundle.as_text().is_some_and(|bundle| strip(bundle).is_empty())) {
        return Err(Failure::general(
            "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or verify) \
             resolved to an empty or whitespace-only string. Provide a valid path to a CA bundle file.",
        ));
    }
    Ok(())
}

/// urllib3's `Timeout`. Nought is none, to the CLI.
pub fn timeouts(options: &Parsed) -> Result<(), Failure> {
    for name in ["connect", "read"] {
        if let Some(Ok(time)) = options.get(&format!("--cli-{name}-timeout")).map(|value| int(&shown(value)))
            && time.as_str().starts_with('-')
        {
            return Err(Failure::general(format!(
                "Attempted to set {name} timeout to {}, but the timeout cannot be set to a value less than or equal to 0.",
                time.as_str()
            )));
        }
    }
    Ok(())
}
