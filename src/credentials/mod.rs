//! Where keys come from: botocore's chain, one file a source.
//!
//! A source answers with credentials, with nothing (the next one is asked), or with an error, in
//! botocore's words. Knows nothing of signing. What needs the network is found out here and left
//! to the caller.

mod config_files;
mod container;
mod environment;
mod expiry;
mod legacy_files;
mod login;
mod metadata;
mod process;
mod roles;
mod sso;

use crate::config::aws::{Files, Profile, Setting};
use crate::invocation::{Env, Invocation};
use crate::python::text::shown;
use crate::sign::{Credentials, Secret};
use expiry::Expiry;

pub use sso::check_token_settings;

/// What a source is asked with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    invocation: &'a Invocation,
    files: &'a Files<'a>,
    /// The profile's name; `default` if none was asked for.
    profile: &'a str,
    /// Its settings, out of both files.
    settings: Option<Profile<'a, 'a>>,
    /// The profile was asked for by an option, which puts the environment out of the chain.
    profile_option: bool,
}

impl<'a> Context<'a> {
    pub fn new(invocation: &'a Invocation, files: &'a Files<'a>, profile: &'a str, profile_option: bool) -> Self {
        Self { invocation, files, profile, settings: files.profile(profile), profile_option }
    }

    /// The same for another profile, which a profile names.
    fn of_source(&self, profile: &'a str) -> Self {
        Self::new(self.invocation, self.files, profile, true)
    }

    fn env(&self) -> &'a Env {
        &self.invocation.env
    }

    /// A variable's value, even if empty.
    fn variable(&self, name: &str) -> Option<String> {
        self.env().get(name).map(|value| shown(&value).into_owned())
    }

    /// A variable's value, unless it is empty.
    fn filled(&self, name: &str) -> Option<String> {
        self.variable(name).filter(|value| !value.is_empty())
    }

    /// A setting of the profile, out of both files.
    fn setting(&self, key: &str) -> Option<Setting> {
        self.settings?.get(key)
    }
}

/// What a source has.
#[derive(Debug)]
pub enum Found {
    Ready(Credentials),
    /// Credentials that end, and how to get them anew.
    Expiring(Expiring),
    /// Credentials that cannot sign, and why.
    Unusable(String),
    /// The named source has some, behind the network.
    Network(&'static str),
}

/// Credentials with an end.
#[derive(Debug)]
pub struct Expiring {
    credentials: Credentials,
    expiry: Expiry,
    /// The command that gave them; the environment gives the same again.
    command: Option<String>,
}

/// A source's answer; the error is botocore's text.
pub type Answer = Result<Option<Found>, String>;

/// Asks the sources in botocore's order; the first that has credentials, or fails, ends it.
pub fn load(context: &Context) -> Answer {
    let mut sources: Vec<fn(&Context) -> Answer> = Vec::with_capacity(12);
    if !context.profile_option {
        sources.push(environment::load);
    }
    sources.push(roles::assume);
    sources.extend(PROFILE_SOURCES);
    sources.extend([legacy_files::ec2 as fn(&Context) -> Answer, legacy_files::boto, container::load, metadata::load]);
    first(&sources, context)
}

/// The sources that look at one profile.
const PROFILE_SOURCES: [fn(&Context) -> Answer; 6] = [
    roles::web_identity,
    sso::load,
    config_files::credentials_file,
    login::load,
    process::load,
    config_files::config_file,
];

/// Whether a source profile has credentials of any kind.
fn of_profile(context: &Context) -> Answer {
    first(&PROFILE_SOURCES, context)
}

fn first(sources: &[fn(&Context) -> Answer], context: &Context) -> Answer {
    for source in sources {
        if let Some(found) = source(context)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

impl Expiring {
    /// The credentials to sign with now: fetched anew when fewer than 15 minutes are left, an
    /// error if they have ended all the same (`RefreshableCredentials`).
    pub fn now(self, context: &Context) -> Result<Credentials, String> {
        const ADVISORY: i64 = 15 * 60;
        const MANDATORY: i64 = 10 * 60;
        let now = context.invocation.now;
        let left = self.expiry.seconds_left(now)?;
        if left >= ADVISORY {
            return Ok(self.credentials);
        }
        let anew = match &self.command {
            None => Ok((self.credentials.clone(), self.expiry.clone())),
            Some(command) => process::run_again(command, context),
        };
        let (credentials, expiry) = match anew {
            Ok(anew) => anew,
            Err(error) if left < MANDATORY => return Err(error),
            Err(_) => return Ok(self.credentials),
        };
        if expiry.seconds_left(now)? < 0 {
            return Err("Credentials were refreshed, but the refreshed credentials are still expired.".to_owned());
        }
        Ok(credentials)
    }
}

/// Credentials out of a file. A block is no text, which Python notices when it is to sign.
fn of_file(access_key: &Setting, secret_key: &Setting, token: Option<&Setting>) -> Found {
    let type_of = |setting: &Setting| matches!(setting, Setting::Block(_)).then_some("dict");
    if let Some(reason) = unusable(type_of(access_key), type_of(secret_key)) {
        return Found::Unusable(reason);
    }
    let text = |setting: &Setting| setting.shown().into_owned();
    Found::Ready(Credentials {
        access_key: text(access_key),
        secret_key: Secret::new(text(secret_key)),
        token: token.map(|token| Secret::new(text(token))),
    })
}

/// Why keys cannot sign, by the names of their types if they are not texts.
fn unusable(access_key: Option<&str>, secret_key: Option<&str>) -> Option<String> {
    let joined = access_key.map(|name| format!("sequence item 0: expected str instance, {name} found"));
    joined.or_else(|| secret_key.map(|name| format!("can only concatenate str (not \"{name}\") to str")))
}

fn partial(source: &str, missing: &str) -> String {
    format!("Partial credentials found in {source}, missing: {missing}")
}
