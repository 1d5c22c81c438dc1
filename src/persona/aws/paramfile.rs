//! Arguments that name a file: `file://` and `fileb://`.

use super::failure::Failure;
use crate::invocation::Invocation;
use crate::os;
use crate::python::paths::{expand_user, expand_vars};
use crate::python::space::universal_newlines;
use crate::python::text::{os_error, shown};
use std::ffi::{OsStr, OsString};

/// An argument's value.
#[derive(Debug, PartialEq, Eq)]
pub enum Value {
    Text(OsString),
    /// From `fileb://`.
    Bytes(Vec<u8>),
}

/// The argument, or what the file holds that it names. `name` is the option's.
pub fn load(argument: &OsStr, name: &str, invocation: &Invocation) -> Result<Value, Failure> {
    let bytes = argument.as_encoded_bytes();
    let (file, text) = match (bytes.strip_prefix(b"file://"), bytes.strip_prefix(b"fileb://")) {
        (Some(file), _) => (file, true),
        (_, Some(file)) => (file, false),
        _ => return Ok(Value::Text(argument.to_owned())),
    };
    let path = expand_vars(&expand_user(&os::from_bytes(file), &invocation.env), &invocation.env);
    let failure = |text: String| Failure::param(format!("Error parsing parameter '{name}': {text}"));
    let content = std::fs::read(invocation.path(path.as_ref())).map_err(|error| {
        failure(format!("Unable to load paramfile {}: {}", shown(argument), os_error(&error, &path)))
    })?;
    if !text {
        return Ok(Value::Bytes(content));
    }
    match String::from_utf8(content) {
        Ok(content) => Ok(Value::Text(universal_newlines(&content).into_owned().into())),
        Err(_) => Err(failure(format!(
            "Unable to load paramfile ({}), text contents could not be decoded.  If this is a binary file, please use \
             the fileb:// prefix instead of the file:// prefix.",
            shown(&path)
        ))),
    }
}
