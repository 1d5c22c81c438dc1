//! The key files of tools before the AWS CLI: EC2's and boto's.

use super::{Answer, Context, Found, of_file, partial};
use crate::config::aws::{NotParsed, parse, read, setting};
use crate::python::paths::{expand, expand_user};
use crate::python::space::{splitlines, strip};
use crate::python::text::shown;
use crate::sign::{Credentials, Secret};
use std::ffi::OsString;
use std::path::PathBuf;

/// `AWS_CREDENTIAL_FILE`: lines `AWSAccessKeyId=…` and `AWSSecretKey=…`.
pub fn ec2(context: &Context) -> Answer {
    let Some(path) = context.env().get("AWS_CREDENTIAL_FILE") else { return Ok(None) };
    let path = PathBuf::from(expand_user(&path, context.env()));
    let bytes = std::fs::read(context.invocation.path(&path))
        .map_err(|_| format!("The specified config file ({}) could not be found.", shown(path.as_os_str())))?;
    let content = crate::python::text::decode(&bytes)?;
    let value = |name: &str| {
        let pairs = splitlines(content).filter_map(|line| line.split_once('='));
        pairs.filter(|(key, _)| strip(key) == name).last().map(|(_, value)| strip(value).to_owned())
    };
    let Some(access_key) = value("AWSAccessKeyId") else { return Ok(None) };
    let secret_key = value("AWSSecretKey").ok_or("'AWSSecretKey'")?;
    Ok(Some(Found::Ready(Credentials { access_key, secret_key: Secret::new(secret_key), token: None })))
}

/// `BOTO_CONFIG`, else `/etc/boto.cfg` and `~/.boto`: the section `[Credentials]`.
pub fn boto(context: &Context) -> Answer {
    let named = context.env().get("BOTO_CONFIG");
    let places = match named {
        Some(path) => vec![path],
        None => ["/etc/boto.cfg", "~/.boto"].map(OsString::from).to_vec(),
    };
    for place in places {
        let path = expand(&place, context.env());
        let broken = |NotParsed| format!("Unable to parse config file: {}", shown(path.as_os_str()));
        let Some(content) = read(&context.invocation.path(&path)).map_err(broken)? else { continue };
        let ini = parse(&content).map_err(broken)?;
        let Some(section) = ini.section("Credentials") else { continue };
        let Some(access_key) = setting(&section, "aws_access_key_id") else { continue };
        let secret_key = setting(&section, "aws_secret_access_key")
            .ok_or_else(|| partial("boto-config", "aws_secret_access_key"))?;
        return Ok(Some(of_file(&access_key, &secret_key, None)));
    }
    Ok(None)
}
