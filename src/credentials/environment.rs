//! `AWS_ACCESS_KEY_ID` and its kin.

use super::expiry::Expiry;
use super::{Answer, Context, Expiring, Found, partial};
use crate::python::text::encode;
use crate::sign::{Credentials, Secret};

pub fn load(context: &Context) -> Answer {
    let Some(access_key) = context.filled("AWS_ACCESS_KEY_ID") else { return Ok(None) };
    let secret_key = context
        .filled("AWS_SECRET_ACCESS_KEY")
        .map(Secret::new)
        .ok_or_else(|| partial("env", "AWS_SECRET_ACCESS_KEY"))?;
    let token_name =
        ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"].into_iter().find(|name| context.filled(name).is_some());
    let token = token_name.and_then(|name| context.filled(name)).map(Secret::new);
    // Bytes that are not UTF-8 stop the signature, not the search. The secret is the last that
    // Python comes to, with `AWS4` in front.
    let names = [("", Some("AWS_ACCESS_KEY_ID")), ("", token_name), ("AWS4", Some("AWS_SECRET_ACCESS_KEY"))];
    for (start, name) in names {
        if let Some(value) = name.and_then(|name| context.env().get(name))
            && let Err(error) = encode(&[start.as_bytes(), value.as_encoded_bytes()].concat())
        {
            return Ok(Some(Found::Unusable(error)));
        }
    }
    let credentials = Credentials { access_key, secret_key, token };
    Ok(Some(match context.filled("AWS_CREDENTIAL_EXPIRATION") {
        None => Found::Ready(credentials),
        Some(time) => Found::Expiring(Expiring { credentials, expiry: Expiry::parse(&time)?, command: None }),
    }))
}
