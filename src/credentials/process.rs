//! `credential_process`: a command that prints credentials as JSON.

use super::expiry::Expiry;
use super::{Answer, Context, Expiring, Found};
use crate::invocation::Env;
use crate::python::json::{loads, shown};
use crate::python::shlex;
use crate::python::text::{decode, os_error};
use crate::sign::{Credentials, Secret};
use serde_json::Value;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

pub fn load(context: &Context) -> Answer {
    let Some(command) = context.setting("credential_process") else { return Ok(None) };
    let (credentials, expiry) = run(&command, context)?;
    Ok(Some(match expiry {
        None => Found::Ready(credentials),
        Some(expiry) => Found::Expiring(Expiring { credentials, expiry, command: Some(command) }),
    }))
}

/// Runs the command once more, for credentials that are about to end.
pub fn run_again(command: &str, context: &Context) -> Result<(Credentials, Expiry), String> {
    let (credentials, expiry) = run(command, context)?;
    Ok((credentials, expiry.ok_or("Parser must be a string or character stream, not NoneType")?))
}

fn failed(text: &str) -> String {
    format!("Error when retrieving credentials from custom-process: {text}")
}

fn run(command: &str, context: &Context) -> Result<(Credentials, Option<Expiry>), String> {
    let words = shlex::split(command)?;
    let (program, args) = words.split_first().ok_or("list index out of range")?;
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
        return Err(format!("'{}' object has no attribute 'get'", python_type(&answer)));
    };
    let version = answer.get("Version");
    let is_one = version.is_some_and(|version| version.as_f64() == Some(1.0) || version.as_bool() == Some(true));
    if !is_one {
        let version = version.map_or("<Version key not provided>".to_owned(), shown);
        return Err(failed(&format!(
            "Unsupported version '{version}' for credential process provider, supported versions: 1"
        )));
    }
    let required = |name: &str| {
        answer.get(name).map(shown).ok_or_else(|| failed(&format!("Missing required key in response: '{name}'")))
    };
    let optional = |name: &str| answer.get(name).filter(|value| !value.is_null()).map(shown);
    let credentials = Credentials {
        access_key: required("AccessKeyId")?,
        secret_key: Secret::new(required("SecretAccessKey")?),
        token: optional("SessionToken").map(Secret::new),
    };
    let expiry = optional("Expiration").map(|time| Expiry::parse(&time)).transpose()?;
    Ok((credentials, expiry))
}

fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}
