//! `aws login` sessions: whether one is there. Its keys are read, and made new, elsewhere.

use super::{Answer, Context, Found};
use crate::config::aws::Setting;
use crate::python::paths::{expand, in_home};
use crate::sign::encode::hex;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

pub fn load(context: &Context) -> Answer {
    let session = match context.setting("login_session") {
        None => return Ok(None),
        Some(Setting::Text(session)) => session,
        Some(Setting::Block(_)) => return Err("'dict' object has no attribute 'encode'".to_owned()),
    };
    if cache_file(context, &session).is_file() {
        return Ok(Some(Found::Network("login")));
    }
    Err(format!(
        "Error loading login session token: Unable to load a existing login session for session {session}, Please \
         reauthenticate with 'aws login'."
    ))
}

fn cache_file(context: &Context, session: &str) -> PathBuf {
    let folder = match context.env().get("AWS_LOGIN_CACHE_DIRECTORY") {
        Some(folder) => expand(&folder, context.env()),
        None => in_home(".aws/login/cache", context.env()),
    };
    let mut name: String = hex(&Sha256::digest(session.as_bytes()).into()).map(char::from).iter().collect();
    name.push_str(".json");
    context.invocation.path(&folder.join(name))
}
