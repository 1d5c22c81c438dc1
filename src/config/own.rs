//! presign's own settings file: `presign/config.ini` in the user's configuration folder.

use crate::invocation::{Env, Invocation};
use anyhow::{Context, Result, bail};
use configparser::ini::{Ini, IniDefault};
use std::path::{Path, PathBuf};

/// The signature that `s3cmd signurl` is to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signature {
    #[default]
    Auto,
    V2,
    V4,
}

/// What the file may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `[aws] real`: the AWS CLI to hand on to.
    pub real_aws: Option<PathBuf>,
    /// `[s3cmd] real`: the s3cmd to hand on to.
    pub real_s3cmd: Option<PathBuf>,
    /// `[s3cmd] signature`: `auto`, `v2` or `v4`.
    pub signature: Signature,
}

/// Where the file is, whether or not it is there.
pub fn path(env: &Env) -> Option<PathBuf> {
    let folder = match env {
        Env::Process => dirs::config_dir()?,
        Env::Given(_) => match env.non_empty("XDG_CONFIG_HOME").map(PathBuf::from) {
            Some(folder) if folder.is_absolute() => folder,
            _ => PathBuf::from(env.non_empty("HOME")?).join(".config"),
        },
    };
    Some(folder.join("presign").join("config.ini"))
}

/// Reads the file. None is the same as an empty one; what is wrong in it is an error that names
/// the file and the line.
pub fn load(invocation: &Invocation) -> Result<Settings> {
    let Some(path) = path(&invocation.env) else { return Ok(Settings::default()) };
    let path = invocation.path(&path);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text, &path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => Ok(Settings::default()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn parse(text: &str, path: &Path) -> Result<Settings> {
    let mut defaults = IniDefault::default();
    defaults.case_sensitive = true;
    defaults.enable_inline_comments = false;
    let mut ini = Ini::new_from_defaults(defaults);
    let sections = ini.read(text.to_owned()).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    let mut settings = Settings::default();
    for (section, keys) in &sections {
        for (key, value) in keys {
            let value = value.as_deref().unwrap_or_default();
            let at = || format!("{}:{}", path.display(), line_of(text, section, key));
            match (section.as_str(), key.as_str()) {
                ("aws" | "s3cmd", "real") if !Path::new(value).is_absolute() => {
                    bail!("{}: real must be an absolute path, not {value:?}", at());
                }
                ("aws", "real") => settings.real_aws = Some(PathBuf::from(value)),
                ("s3cmd", "real") => settings.real_s3cmd = Some(PathBuf::from(value)),
                ("s3cmd", "signature") => {
                    settings.signature = match value {
                        "auto" => Signature::Auto,
                        "v2" => Signature::V2,
                        "v4" => Signature::V4,
                        _ => bail!("{}: signature must be auto, v2 or v4, not {value:?}", at()),
                    }
                }
                ("aws" | "s3cmd", _) => bail!("{}: unknown setting {key:?} in [{section}]", at()),
                ("default", _) => bail!("{}: {key:?} stands before any section", at()),
                _ => bail!("{}: unknown section [{section}]", at()),
            }
        }
    }
    Ok(settings)
}

/// The line, from 1, on which a key of a section stands.
fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut current = "default";
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            current = name.trim();
        } else if current == section && line.split(['=', ':']).next().is_some_and(|name| name.trim() == key) {
            return number + 1;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        let read = |text: &str| parse(text, Path::new("/c/config.ini")).map_err(|error| error.to_string());
        let all = "; c\n[aws]\nreal = /opt/a#b/aws\n[s3cmd]\nreal=/usr/bin/s3cmd\nsignature = v4\n";
        assert_eq!(
            read(all),
            Ok(Settings {
                real_aws: Some("/opt/a#b/aws".into()),
                real_s3cmd: Some("/usr/bin/s3cmd".into()),
                signature: Signature::V4,
            })
        );
        assert_eq!(read(""), Ok(Settings::default()));
        for (text, error) in [
            ("[s3cmd]\n\nsignature = v3", "/c/config.ini:3: signature must be auto, v2 or v4, not \"v3\""),
            ("[aws]\nreal = aws", "/c/config.ini:2: real must be an absolute path, not \"aws\""),
            ("[aws]\nreel = /aws", "/c/config.ini:2: unknown setting \"reel\" in [aws]"),
            ("[azure]\nx = y", "/c/config.ini:2: unknown section [azure]"),
            ("x = y", "/c/config.ini:1: \"x\" stands before any section"),
        ] {
            assert_eq!(read(text), Err(error.to_owned()));
        }
    }
}
