//! Container credentials: whether the environment asks for them, and of whom.

use super::{Answer, Context, Found};
use crate::python::url::urlsplit;
use std::net::IpAddr;

const HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

pub fn load(context: &Context) -> Answer {
    if context.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").is_some() {
        return Ok(Some(Found::Network("container-role")));
    }
    let Some(url) = context.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return Ok(None) };
    let split = urlsplit(&url)?;
    let host = split.hostname();
    let name = host.as_deref().unwrap_or("None");
    let is_loopback = name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if split.scheme == "https" || is_loopback || HOSTS.contains(&name) {
        return Ok(Some(Found::Network("container-role")));
    }
    Err(format!(
        "Unsupported host '{name}'.  Can only retrieve metadata from a loopback address or one of these hosts: {}",
        HOSTS.join(", ")
    ))
}
