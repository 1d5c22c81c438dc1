//! `credential_process`: a command that prints credentials as JSON.

use super::expiry::Expiry;
use super::{Answer, Context, Expiring, Found, unusable};
use crate::config::aws::Setting;
use crate::invocation::Env;
use crate::python::json::{loads, shown, type_name};
use crate::python::shlex;
use crate::python::text::{decode, os_error};
use crate::sign::{Credentials, Secret};
use serde_json::Value;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

pub fn load(context: &Context) -> Answer {
    let command = match context.setting("credential_process") {
        None => return Ok(None),
        Some(Setting::Text(command)) => command,
        Some(Setting::Block(_)) => return Err("'dict' object has no attribute 'read'".to_owned()),
    };
    let (keys, expiry) = run(&command, context)?;
    Ok(Some(match (keys, expiry) {
        // The end is looked at first.
        (Err(reason), Some(expiry)) => {
            Found::Unusable(expiry.seconds_left(context.invocation.now).err().unwrap_or(reason))
        }
        (Err(reason), None) => Found::Unusable(reason),
        (Ok(credentials), None) => Found::Ready(credentials),
        (Ok(credentials), Some(expiry)) => Found::Expiring(Expiring { credentials, expiry, command: Some(command) }),
    }))
}

/// Runs the command once more, for credentials that are about to end.
pub fn run_again(command: &str, context: &Context) -> Result<(Credentials, Expiry), String> {
    let (keys, expiry) = run(command, context)?;
    Ok((keys?, expiry.ok_or("Parser must be a string or character stream, not NoneType")?))
}

fn failed(text: &str) -> String {
    format!("Error when retrieving credentials from custom-process: {text}")
}

/// What the command prints: keys, or why they cannot sign, and their end.
type Printed = (Result<Credentials, String>, Option<Expiry>);

fn run(command: &str, context: &Context) -> Result<Printed, String> {
    let words = shlex::split(command)?;
    let (program, args) = words.split_first().ok_or("list index out of range")?;
    if program.is_empty() {
        // In a folder of PATH, no name at all is the folder itself.
        return Err("[Errno 13] Permission denied: ''".to_owned());
    }
    let mut process = Command::new(program);
    process.args(args).stdin(Stdio::inherit());
    if let Env::Given(variables) = context.env() {
        process.env_clear().envs(variables);
    }
    if let Some(folder) = &context.invocation.folder {
        process.current_dir(folder);
    }
    let output = process.output().map_err(|error| os_error(&error, OsStr::new(program)))?;
    if !output.status.success() {
        return Err(failed(decode(&output.stderr)?));
    }
    let answer = loads(decode(&output.stdout)?)?;
    let Value::Object(answer) = answer else {
        return Err(format!("'{}' object has no attribute 'get'", type_name(&answer)));
    };
    let version = answer.get("Version");
    let is_one = version.is_some_and(|version| version.as_f64() == Some(1.0) || version.as_bool() == Some(true));
    if !is_one {
        let version = version.map_or("<Version key not provided>".to_owned(), shown);
        return Err(failed(&format!(
            "Unsupported version '{version}' for credential process provider, supported versions: 1"
        )));
    }
    let required =
        |name: &str| answer.get(name).ok_or_else(|| failed(&format!("Missing required key in response: '{name}'")));
    let (access_key, secret_key) = (required("AccessKeyId")?, required("SecretAccessKey")?);
    let optional = |name: &str| answer.get(name).filter(|value| **value != Value::Null);
    let expiry = match optional("Expiration") {
        None => None,
        Some(Value::String(time)) => Some(Expiry::parse(time)?),
        Some(other) => {
            return Err(format!("Parser must be a string or character stream, not {}", type_name(other)));
        }
    };
    let type_of = |value: &Value| Some(type_name(value)).filter(|name| *name != "str");
    let keys = match unusable(type_of(access_key), type_of(secret_key)) {
        Some(reason) => Err(reason),
        None => Ok(Credentials {
            access_key: shown(access_key),
            secret_key: Secret::new(shown(secret_key)),
            token: optional("SessionToken").map(|token| Secret::new(shown(token))),
        }),
    };
    Ok((keys, expiry))
}
