//! The CLI's session: its two files, the profile that counts, and the order in which a setting is
//! looked for.

use super::failure::Failure;
use crate::config::aws::{self, Files, NotParsed, Profile, Setting};
use crate::config::ini::Ini;
use crate::credentials::Context;
use crate::invocation::{Env, Invocation};
use crate::python::int::{Int, int};
use crate::python::paths::expand;
use crate::python::text::shown;
use std::cell::OnceCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The text of the two files; a file that is not there is `None`.
pub struct Texts {
    pub config: Option<String>,
    pub credentials: Option<String>,
    config_path: PathBuf,
    credentials_path: PathBuf,
}

fn cannot_parse(path: &Path) -> Failure {
    Failure::general(format!("Unable to parse config file: {}", shown(path.as_os_str())))
}

fn parse<'t>(text: Option<&'t str>, path: &Path) -> Result<Ini<'t>, Failure> {
    text.map_or_else(|| Ok(Ini::default()), |text| aws::parse(text).map_err(|NotParsed| cannot_parse(path)))
}

/// Where the config file and the credentials file are.
pub fn file_paths(env: &Env) -> [PathBuf; 2] {
    [("AWS_CONFIG_FILE", "~/.aws/config"), ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")]
        .map(|(variable, default)| expand(&env.get(variable).unwrap_or_else(|| OsString::from(default)), env))
}

impl Texts {
    /// Reads both files. The error names the file that is not UTF-8.
    pub fn read(invocation: &Invocation) -> Result<Self, Failure> {
        let read = |path: &PathBuf| match path.as_os_str().is_empty() {
            true => Ok(None),
            false => aws::read(&invocation.path(path)).map_err(|NotParsed| cannot_parse(path)),
        };
        let [config_path, credentials_path] = file_paths(&invocation.env);
        let config = read(&config_path)?;
        Ok(Self { credentials: read(&credentials_path)?, config, config_path, credentials_path })
    }

    /// Parses both.
    pub fn parse(&self) -> Result<Files<'_>, Failure> {
        let config = parse(self.config.as_deref(), &self.config_path)?;
        let credentials = parse(self.credentials.as_deref(), &self.credentials_path)?;
        Ok(Files { config, credentials })
    }
}

/// Where settings come from.
pub struct Session<'a> {
    pub invocation: &'a Invocation,
    pub files: &'a Files<'a>,
    /// `--profile`, unless it is empty.
    pub profile_option: Option<String>,
    /// The profile, once it has been looked for; the name of one that is not there.
    scoped: OnceCell<Result<Option<Profile<'a, 'a>>, String>>,
    /// The name that stands even where none was asked for.
    profile_or_default: OnceCell<String>,
}

impl<'a> Session<'a> {
    pub fn new(invocation: &'a Invocation, files: &'a Files<'a>, profile_option: Option<String>) -> Self {
        Self { invocation, files, profile_option, scoped: OnceCell::new(), profile_or_default: OnceCell::new() }
    }

    pub fn env(&self) -> &'a Env {
        &self.invocation.env
    }

    /// A variable of the environment, even if empty.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.env().get(name).map(|value| shown(&value).into_owned())
    }

    /// The profile that was asked for, by option or environment.
    pub fn profile_name(&self) -> Option<String> {
        self.profile_option
            .clone()
            .or_else(|| self.variable("AWS_PROFILE"))
            .or_else(|| self.variable("AWS_DEFAULT_PROFILE"))
    }

    /// What the sources of credentials are asked with.
    pub fn context(&self) -> Context<'_> {
        let name = || self.profile_name().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned());
        let profile = self.profile_or_default.get_or_init(name);
        Context::new(self.invocation, self.files, profile, self.profile_option.is_some())
    }

    /// The profile's settings: a profile that was asked for must be there, the default one need
    /// not.
    pub fn scoped(&self) -> Result<Option<Profile<'a, 'a>>, Failure> {
        let find = || match self.profile_name() {
            None => Ok(self.files.profile("default")),
            Some(name) => self.files.profile(&name).map(Some).ok_or(name),
        };
        let missing = |name: &String| Failure::general(format!("The config profile ({name}) could not be found"));
        self.scoped.get_or_init(find).as_ref().copied().map_err(missing)
    }

    /// A setting of the profile.
    pub fn setting(&self, key: &str) -> Result<Option<Setting>, Failure> {
        Ok(self.scoped()?.and_then(|profile| profile.get(key)))
    }

    /// A setting of the environment or the profile.
    pub fn lookup(&self, variable: &str, key: &str) -> Result<Option<Setting>, Failure> {
        match self.variable(variable) {
            Some(value) => Ok(Some(Setting::Text(value))),
            None => self.setting(key),
        }
    }

    /// A text of the environment or the profile; a block is no text.
    pub fn text(&self, variable: &str, key: &str) -> Result<Option<String>, Failure> {
        Ok(self.lookup(variable, key)?.and_then(|setting| match setting {
            Setting::Text(text) => Some(text),
            Setting::Block(_) => None,
        }))
    }

    /// A truth value of the environment or the profile: `true` in any case, and nothing else.
    pub fn truth(&self, variable: &str, key: &str) -> Result<Option<bool>, Failure> {
        Ok(self.lookup(variable, key)?.as_ref().map(is_true))
    }

    /// A text of the environment or the profile that is put in lower case, which a block has not.
    pub fn lower(&self, variable: &str, key: &str) -> Result<Option<String>, Failure> {
        match self.lookup(variable, key)? {
            Some(Setting::Text(text)) => Ok(Some(text.to_lowercase())),
            Some(Setting::Block(_)) => Err(Failure::general("'dict' object has no attribute 'lower'")),
            None => Ok(None),
        }
    }

    /// Checks that a setting is an integer, if it is there.
    pub fn check_int(&self, variable: &str, key: &str) -> Result<Option<Int>, Failure> {
        let not_a_number = "int() argument must be a string, a bytes-like object or a real number, not 'dict'";
        match self.lookup(variable, key)? {
            Some(Setting::Text(text)) => int(&text).map(Some).map_err(Failure::general),
            Some(Setting::Block(_)) => Err(Failure::general(not_a_number)),
            None => Ok(None),
        }
    }
}

/// Where a block stands that Python is to look up in a dictionary.
pub fn unhashable() -> Failure {
    Failure::general(aws::UNHASHABLE)
}

/// botocore's `ensure_boolean`.
pub fn is_true(setting: &Setting) -> bool {
    matches!(setting, Setting::Text(text) if text.to_lowercase() == "true")
}
