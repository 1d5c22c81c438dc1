//! `~/.aws/cli/alias`: what `s3` and `presign` mean, where the user has said so.
//!
//! An alias of `s3` for `s3` with options is followed here. Any other that a link may depend on,
//! such as a command of the shell, is the real program's.

use super::args;
use super::failure::Failure;
use crate::argv::argparse::{Parsed, Stop};
use crate::config::aws::{self, NotParsed};
use crate::config::ini::Ini;
use crate::invocation::Invocation;
use crate::python::paths::expand;
use crate::python::shlex;
use crate::python::space::strip;
use crate::python::text::shown;
use std::ffi::{OsStr, OsString};

const FILE: &str = "~/.aws/cli/alias";

/// The file's text, if there is such a file.
pub fn read(invocation: &Invocation) -> Result<Option<String>, Failure> {
    let path = expand(OsStr::new(FILE), &invocation.env);
    let place = invocation.path(&path);
    let text = aws::read(&place).map_err(|NotParsed| cannot_parse(invocation))?;
    if text.is_none() && place.exists() {
        let shown = shown(path.as_os_str());
        return Err(Failure::general(format!("The specified config file ({shown}) could not be found.")));
    }
    Ok(text)
}

/// Parses it.
pub fn parse<'t>(text: &'t str, invocation: &Invocation) -> Result<Ini<'t>, Failure> {
    Ini::parse(text).map_err(|_| cannot_parse(invocation))
}

fn cannot_parse(invocation: &Invocation) -> Failure {
    let path = expand(OsStr::new(FILE), &invocation.env);
    Failure::general(format!("Unable to parse config file: {}", shown(path.as_os_str())))
}

/// The command line with the alias of its command in place; `None` if it has none.
pub fn follow(aliases: &Ini, globals: &Parsed) -> Result<Option<Parsed>, Failure> {
    let theirs = |what: &str| Failure::Theirs(format!("{what} is an alias in {FILE}, which only the real aws follows"));
    let name = globals.positional.as_deref().and_then(OsStr::to_str).unwrap_or_default();
    let is_of_s3 = |section: &str| section.split_ascii_whitespace().eq(["command", "s3"]);
    if aliases.names().any(|section| {
        is_of_s3(section) && aliases.section(section).is_some_and(|section| section.get("presign").is_some())
    }) {
        return Err(theirs("presign"));
    }
    let Some(value) = aliases.section("toplevel").and_then(|section| aws::text(&section, name)) else {
        return Ok(None);
    };
    let value = strip(&value);
    if name != "s3" || value.starts_with('!') {
        return Err(theirs(name));
    }
    let words = shlex::split(value).map_err(|error| {
        Failure::general(format!(
            "Value of alias \"{name}\" could not be parsed. Received error: {error} when parsing:\n{value}"
        ))
    })?;
    let words: Vec<OsString> = words.iter().map(|word| word.trim_matches('\n').into()).collect();
    let alias = match args::globals(&words) {
        Ok(alias) if alias.positional.as_deref() == Some(OsStr::new("s3")) => alias,
        Ok(_) | Err(Stop::Version | Stop::OtherCommand(_)) => return Err(theirs(name)),
        Err(Stop::Error(message)) => return Err(Failure::param(message)),
    };
    if let Some(option) = ["--debug", "--profile"].into_iter().find(|option| alias.has(option)) {
        return Err(Failure::general(format!(
            "Global parameter \"{option}\" detected in alias \"{name}\" which is not supported in subcommand aliases."
        )));
    }
    let join = |alias: &[OsString], given: &[OsString]| [alias, given].concat();
    Ok(Some(Parsed {
        // The last one of a name counts: the alias's.
        options: [globals.options.as_slice(), &alias.options].concat(),
        positional: alias.positional,
        extras: join(&alias.extras, &globals.extras),
    }))
}
