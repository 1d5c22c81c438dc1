//! The keys that s3cmd takes from an AWS credentials file when it has no settings file of its own
//! and `AWS_PROFILE` or `AWS_CREDENTIAL_FILE` is set: Python's interpolating `ConfigParser`.

use super::config::Config;
use super::fault::Fault;
use super::log::Log;
use crate::config::ini::{Error, Ini, View};
use crate::invocation::Invocation;
use crate::python::paths::in_home;
use crate::python::repr::repr;
use crate::python::space::universal_newlines;
use crate::python::text::{decode, replaced, shown};
use std::path::{Path, PathBuf};

const LEGACY: &str = "please use the standardized config format as described here: https://aws.amazon.com/blogs/security/a-new-and-standardized-way-to-manage-credentials-in-the-aws-sdks/";

/// `Config.aws_credential_file`: puts the profile's keys into the settings.
pub fn read(config: &mut Config, invocation: &Invocation, log: &mut Log) -> Result<(), Fault> {
    let env = &invocation.env;
    let named = env.get("AWS_CREDENTIAL_FILE").map(PathBuf::from);
    let path = match named.filter(|path| invocation.path(path).is_file()) {
        Some(path) => path,
        None => in_home(".aws/credentials", env),
    };
    let real_path = invocation.path(&path);
    if !real_path.is_file() {
        return Ok(());
    }
    let name = shown(path.as_os_str()).into_owned();
    log.debug(|| format!("Reading AWS credentials from {name}"));
    let bytes = match std::fs::read(&real_path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            log.warning(&format!("Errno {number} accessing credentials file {name}"));
            return Ok(());
        }
    };
    let text = universal_newlines(decode(&bytes).map_err(Fault::Parameter)?).into_owned();
    let with_header;
    let (text, ini) = match Ini::parse(&text) {
        Err(Error::MissingSectionHeader(_)) => {
            with_header = format!("[default]\n{text}");
            (with_header.as_str(), Ini::parse(&with_header))
        }
        parsed => (text.as_str(), parsed),
    };
    let ini = ini.map_err(|error| unreadable(error, &name, text))?;

    let profile =
        env.get("AWS_PROFILE").map_or("default".to_owned(), |name| replaced(name.as_encoded_bytes()).into_owned());
    log.debug(|| format!("Using AWS profile '{profile}'"));
    let reader = Reader { ini: &ini, profile: &profile, file: &name };
    for (setting, key, legacy) in [
        ("access_key", "aws_access_key_id", Some("awsaccesskeyid")),
        ("secret_key", "aws_secret_access_key", Some("awssecretkey")),
        ("access_token", "aws_session_token", None),
    ] {
        match reader.get(key, legacy, log)? {
            Found::Value(value) => config.update(setting, &value, env).map_err(Fault::caught)?,
            Found::Nothing => {}
            Found::NoSection => {
                log.warning(&format!("Couldn't find AWS Profile '{profile}' in the credentials file '{name}'"));
                return Ok(());
            }
        }
    }
    Ok(())
}

fn unreadable(error: Error, name: &str, text: &str) -> Fault {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = |number: usize| repr(lines.get(number - 1).copied().unwrap_or_default());
    match error {
        Error::Parsing(numbers) => {
            let list: String =
                numbers.iter().map(|&number| format!("\n\t[line {number:2}]: {}", line(number))).collect();
            Fault::Parameter(format!(
                "Error reading aws_credential_file ({name}): Source contains parsing errors: '<???>'{list}"
            ))
        }
        Error::MissingSectionHeader(number) => Fault::Parameter(format!(
            "Error reading aws_credential_file ({name}): File contains no section headers.\nfile: '<???>', line: {number}\n{}",
            line(number)
        )),
        Error::DuplicateSection(section) => Fault::Crash(format!("{name}: section {} is there twice", repr(&section))),
        Error::DuplicateOption(section, option) => {
            Fault::Crash(format!("{name}: {} is twice in section {}", repr(&option), repr(&section)))
        }
    }
}

enum Found {
    Value(String),
    Nothing,
    NoSection,
}

struct Reader<'a> {
    ini: &'a Ini<'a>,
    profile: &'a str,
    file: &'a str,
}

impl Reader<'_> {
    /// The value of a key of the profile, or of its old name in the profile `default`.
    fn get(&self, key: &str, legacy: Option<&str>, log: &mut Log) -> Result<Found, Fault> {
        let Some(section) = self.ini.section(self.profile) else { return Ok(Found::NoSection) };
        let mut value = self.interpolated(&section, key)?;
        let (mut shown_key, mut profile) = (key, self.profile);
        if value.is_none()
            && let Some(legacy) = legacy
        {
            log.warning(&format!(
                "Couldn't find key '{key}' for the AWS Profile '{}' in the credentials file '{}'",
                self.profile, self.file
            ));
            let Some(section) = self.ini.section("default") else { return Ok(Found::NoSection) };
            value = self.interpolated(&section, legacy)?;
            (shown_key, profile) =
                (if legacy == "awsaccesskeyid" { "AWSAccessKeyId" } else { "AWSSecretKey" }, "default");
            if value.is_some() {
                log.warning(&format!("Legacy configuration key '{shown_key}' used, {LEGACY}"));
            }
        }
        let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(Found::Nothing) };
        log.debug(|| {
            format!(
                "Found the configuration option '{shown_key}' for the AWS Profile '{profile}' in the credentials file {}",
                self.file
            )
        });
        Ok(Found::Value(value))
    }

    fn interpolated(&self, section: &View, key: &str) -> Result<Option<String>, Fault> {
        match section.get(key) {
            None => Ok(None),
            Some(value) => interpolate(&value.text(), section, 1).map(Some).map_err(|problem| {
                Fault::Crash(format!("{}: value of '{key}': {problem}", Path::new(self.file).display()))
            }),
        }
    }
}

/// `BasicInterpolation`: `%%` is a percent sign, `%(key)s` another value of the section.
fn interpolate(text: &str, section: &View, depth: usize) -> Result<String, String> {
    if depth > 10 {
        return Err("recursion limit exceeded in value substitution".to_owned());
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(")s")) {
            let value =
                section.get(&name.to_lowercase()).ok_or_else(|| format!("%({name})s names no key of the section"))?;
            out.push_str(&interpolate(&value.text(), section, depth + 1)?);
            rest = after;
        } else {
            return Err("'%' must be followed by '%' or '('".to_owned());
        }
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolation() {
        let ini = Ini::parse("[s]\na = x%%y\nb = <%(A)s>\nc = %b\nd = %(e)s\nf = %(f)s\n").expect("ini");
        let section = ini.section("s").expect("section");
        let value = |key: &str| interpolate(&section.get(key).expect("key").text(), &section, 1);
        assert_eq!(value("a"), Ok("x%y".to_owned()));
        assert_eq!(value("b"), Ok("<x%y>".to_owned()));
        assert!(value("c").is_err() && value("d").is_err() && value("f").is_err());
    }
}
