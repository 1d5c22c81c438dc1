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
    let token = context.filled("AWS_SECURITY_TOKEN").or_else(|| context.filled("AWS_SESSION_TOKEN")).map(Secret::new);
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"] {
        // Bytes that are not UTF-8 stop the signature, not the search.
        if let Some(Err(error)) = context.env().get(name).map(|value| encode(value.as_encoded_bytes()).map(drop)) {
            return Ok(Some(Found::Unusable(error)));
        }
    }
    let credentials = Credentials { access_key, secret_key, token };
    Ok(Some(match context.filled("AWS_CREDENTIAL_EXPIRATION") {
        None => Found::Ready(credentials),
        Some(time) => Found::Expiring(Expiring { credentials, expiry: Expiry::parse(&time)?, command: None }),
    }))
}
