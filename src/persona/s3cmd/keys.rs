//! The settings file, and where the keys come from: `Config.__init__`.

use super::config::{Config, names};
use super::fault::Fault;
use super::log::Log;
use super::profile;
use crate::argv::optparse::Parsed;
use crate::config::s3cfg::{Line, lines};
use crate::invocation::{Env, Invocation};
use crate::python::space::{strip, universal_newlines};
use crate::python::text::{decode, replaced, shown, strerror};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

/// Reads the settings file, or the AWS credentials file in its place, then takes the keys from
/// the first source that has an access key.
pub fn load(
    config: &mut Config,
    invocation: &Invocation,
    parsed: &Parsed,
    file: &Path,
    log: &mut Log,
) -> Result<(), Fault> {
    let env = &invocation.env;
    if let Some(bytes) = read_file(&invocation.path(file), file, log) {
        settings(config, &bytes, file, env, log)?;
    } else if env.get("AWS_CREDENTIAL_FILE").is_some() || env.get("AWS_PROFILE").is_some() {
        profile::read(config, invocation, log)?;
    }

    let option = |dest: &str| {
        parsed
            .last(dest)
            .map(|given| replaced(given.value.as_encoded_bytes()).into_owned())
            .filter(|text| !text.is_empty())
    };
    if let (Some(access), Some(secret)) = (option("access_key"), option("secret_key")) {
        config.access_key = Some(access);
        config.secret_key = Some(secret);
    }
    if let Some(token) = option("access_token") {
        config.access_token = Some(token);
    }
    if config.text("access_key").is_empty() {
        environment(config, env, file)?;
    }

    let kms = !config.text("kms_key").is_empty();
    if kms && config.truth("server_side_encryption") {
        log.warning(
            "Cannot have server_side_encryption (S3 SSE) and KMS_key set (S3 KMS). KMS encryption will be used. \
             Please set server_side_encryption to False",
        );
    }
    if kms && config.truth("signature_v2") {
        return Err(Fault::Crash("KMS encryption requires signature v4. Please set signature_v2 to False".to_owned()));
    }
    Ok(())
}

/// The file's bytes; `None` if it cannot be read, whatever the reason.
fn read_file(path: &Path, name: &Path, log: &mut Log) -> Option<Vec<u8>> {
    log.debug(|| format!("ConfigParser: Reading file '{}'", shown(name.as_os_str())));
    std::fs::read(path).ok()
}

fn settings(config: &mut Config, bytes: &[u8], file: &Path, env: &Env, log: &mut Log) -> Result<(), Fault> {
    let text = universal_newlines(decode(bytes).map_err(Fault::Parameter)?);
    let mut values: Vec<(&str, &str)> = Vec::new();
    for line in lines(&text) {
        match line {
            Line::Setting { key, value } => {
                values.push((key, value));
                log.debug(|| {
                    let secret = matches!(key, "access_key" | "secret_key" | "gpg_passphrase" | "access_token");
                    format!("ConfigParser: {key}->{}", if secret { masked(value) } else { value.to_owned() })
                });
            }
            Line::Invalid(line) => {
                log.warning(&format!("Ignoring invalid line in '{}': {line}", shown(file.as_os_str())));
            }
        }
    }
    let last = |name: &str| values.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| *value);
    for name in names() {
        if let Some(value) = last(name) {
            config.update(name, strip(value), env).map_err(Fault::caught)?;
        }
    }
    if let Some(headers) = last("add_headers").filter(|headers| !headers.is_empty())
        && headers.split(',').any(|header| !header.contains(':'))
    {
        return Err(Fault::Parameter("not enough values to unpack (expected 2, got 1)".to_owned()));
    }
    Ok(())
}

/// A secret as s3cmd's debug output shows it: two characters, the length less three, and one.
pub fn masked(value: &str) -> String {
    let count = value.chars().count();
    let head: String = value.chars().take(2).collect();
    let tail: String = value.chars().skip(count.saturating_sub(1)).collect();
    format!("{head}...{}_chars...{tail}", count as i64 - 3)
}

/// The keys of the environment, else of a role.
fn environment(config: &mut Config, env: &Env, file: &Path) -> Result<(), Fault> {
    let either = |first: &str, second: &str| {
        env.non_empty(first)
            .or_else(|| env.non_empty(second))
            .map(|value| replaced(value.as_encoded_bytes()).into_owned())
    };
    let Some(access) = either("AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID") else {
        return Err(role(env, file));
    };
    let Some(secret) = either("AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY") else {
        return Err(Fault::Parameter(
            "AWS_ACCESS_KEY environment variable is used but AWS_SECRET_KEY variable is missing".to_owned(),
        ));
    };
    config.access_key = Some(access);
    config.secret_key = Some(secret);
    if let Some(token) = either("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN") {
        config.access_token = Some(token);
    }
    Ok(())
}

/// No keys anywhere: s3cmd now asks STS (`AWS_ROLE_ARN`) or the instance's metadata service. We
/// look whether there is anybody to ask, for the reason that s3cmd gives if there is not; where
/// there is, the real program must ask.
fn role(env: &Env, file: &Path) -> Fault {
    let reason = match env.non_empty("AWS_ROLE_ARN") {
        Some(_) => web_identity(env).and_then(|()| {
            let host = match env.get("AWS_STS_REGIONAL_ENDPOINTS").is_some_and(|value| value == "regional") {
                true => format!(
                    "sts.{}.amazonaws.com",
                    env.non_empty("AWS_REGION").unwrap_or_else(|| "US".into()).display()
                ),
                false => "sts.amazonaws.com".to_owned(),
            };
            reach((host.as_str(), 443))
        }),
        None => reach(SocketAddr::from(([169, 254, 169, 254], 80))),
    };
    match reason {
        Err(reason) => Fault::Exit(
            vec![
                format!("{}: {reason}", shown(file.as_os_str())),
                "Configuration file not available.".to_owned(),
                "Consider using --configure parameter to create one.".to_owned(),
            ],
            78,
        ),
        Ok(()) => Fault::Theirs(
            "there are no keys in the settings file or the environment, and this version of presign does not ask \
             for a role's; the real s3cmd does"
                .to_owned(),
        ),
    }
}

fn web_identity(env: &Env) -> Result<(), String> {
    match env.non_empty("AWS_WEB_IDENTITY_TOKEN_FILE") {
        Some(file) => std::fs::read(file).map(drop).map_err(|error| strerror(&error)),
        None => Ok(()),
    }
}

/// Whether a connection can be made; the error is the reason as Python's `strerror` has it.
fn reach(address: impl ToSocketAddrs) -> Result<(), String> {
    let resolved = address.to_socket_addrs().map_err(|error| {
        let text = error.to_string();
        text.strip_prefix("failed to lookup address information: ").map_or(text.clone(), str::to_owned)
    })?;
    let mut reason = "None".to_owned();
    for address in resolved {
        match TcpStream::connect_timeout(&address, Duration::from_secs(2)) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => reason = "None".to_owned(),
            Err(error) => reason = strerror(&error),
        }
    }
    Err(reason)
}
