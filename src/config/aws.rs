//! The AWS files as botocore reads them: profiles, nested blocks, `[sso-session]`, `[services]`.
//!
//! The two files are read once. A profile is the last section of the config file that names it,
//! with the credentials file's section of that name laid over it, key by key.

use super::ini::{Error, Ini, Value, View};
use crate::python::repr::repr;
use crate::python::shlex;
use crate::python::space::{splitlines, strip, universal_newlines};
use std::borrow::Cow;
use std::path::Path;

/// The text of a file that is there, with `\n` line ends; `Err` if it is not UTF-8.
pub fn read(path: &Path) -> Result<Option<String>, NotParsed> {
    // botocore asks isfile() first; what cannot be opened it reads as empty.
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(match universal_newlines(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(text) => text,
            })),
            Err(_) => Err(NotParsed),
        },
        Err(_) if path.is_file() => Ok(Some(String::new())),
        Err(_) => Ok(None),
    }
}

/// botocore says no more of a file that it cannot parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotParsed;

impl From<Error> for NotParsed {
    fn from(_: Error) -> Self {
        Self
    }
}

/// `raw_config_parse`: the file, with every nested block checked.
pub fn parse(text: &str) -> Result<Ini<'_>, NotParsed> {
    let ini = Ini::parse(text)?;
    if ini.values().any(|value| value.is_block() && block(value).is_none()) {
        return Err(NotParsed);
    }
    Ok(ini)
}

/// The `key = value` lines of a nested block; `None` if a line has no `=`.
fn block(value: &Value) -> Option<Vec<(String, String)>> {
    splitlines(&value.text())
        .map(strip)
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once('=').map(|(k, v)| (strip(k).to_owned(), strip(v).to_owned())))
        .collect()
}

/// What Python says of a block where the name of a section is to be looked up.
pub const UNHASHABLE: &str = "cannot use 'dict' as a dict key (unhashable type: 'dict')";

/// A setting's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    Text(String),
    /// A nested block: names as written, values stripped; the last of a name counts.
    Block(Vec<(String, String)>),
}

impl Setting {
    fn of(value: &Value) -> Self {
        match value.is_block().then(|| block(value)).flatten() {
            Some(block) => Self::Block(block),
            None => Self::Text(value.text().into_owned()),
        }
    }

    /// The value of a name in the block.
    pub fn get(&self, name: &str) -> Option<&str> {
        match self {
            Self::Text(_) => None,
            Self::Block(block) => block.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str()),
        }
    }

    /// Python's `str()` of it: a block is a dictionary.
    pub fn shown(&self) -> Cow<'_, str> {
        let Self::Block(block) = self else { return self.as_text().unwrap_or_default().into() };
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in block {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let pairs: Vec<String> =
            names.iter().map(|name| format!("{}: {}", repr(name), repr(self.get(name).unwrap_or_default()))).collect();
        format!("{{{}}}", pairs.join(", ")).into()
    }

    /// Python's `==`, to which the order of a block does not matter.
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Block(a), Self::Block(b)) => {
                let within = |a: &[(String, String)], b: &Self| a.iter().all(|(name, _)| b.get(name).is_some());
                within(b, self) && a.iter().all(|(name, _)| self.get(name) == other.get(name))
            }
            _ => self == other,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Block(_) => None,
        }
    }
}

/// Both files.
#[derive(Debug, Default)]
pub struct Files<'a> {
    pub config: Ini<'a>,
    pub credentials: Ini<'a>,
}

impl<'a> Files<'a> {
    /// The profile of that name, if either file has it.
    pub fn profile(&self, name: &str) -> Option<Profile<'_, 'a>> {
        let config = self.section("profile", name);
        let credentials = self.credentials.section(name);
        (config.is_some() || credentials.is_some()).then_some(Profile { config, credentials })
    }

    /// The last section of the config file that is `KIND NAME` by the words of a shell; for
    /// profiles also the section `default`.
    pub fn section(&self, kind: &str, name: &str) -> Option<View<'_, 'a>> {
        let found = self.config.names().rev().find(|&section| match section.strip_prefix(kind) {
            Some(rest) => second_word(rest).is_some_and(|word| word == name),
            None => kind == "profile" && section == "default" && name == "default",
        })?;
        self.config.section(found)
    }
}

/// The second of exactly two words of a section name, of which the first has begun before `rest`.
fn second_word(rest: &str) -> Option<Cow<'_, str>> {
    if rest.contains(['"', '\'', '\\']) {
        // The first word's beginning does not matter, but that it has one does.
        let words = shlex::split(&format!("x{rest}")).ok()?;
        return match words.as_slice() {
            [_, word] => Some(Cow::Owned(word.clone())),
            _ => None,
        };
    }
    let blank = |c| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut words = rest[rest.find(blank)?..].split(blank).filter(|word| !word.is_empty());
    words.next().filter(|_| words.next().is_none()).map(Cow::Borrowed)
}

/// One profile, out of both files.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'f, 'a> {
    /// What the config file alone says.
    pub config: Option<View<'f, 'a>>,
    /// What the credentials file alone says.
    pub credentials: Option<View<'f, 'a>>,
}

impl Profile<'_, '_> {
    /// A setting: the credentials file's if it has one.
    pub fn get(&self, key: &str) -> Option<Setting> {
        let value = self.credentials.and_then(|view| view.get(key)).or_else(|| self.config?.get(key));
        value.map(Setting::of)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// The value of a key in one section, as text.
pub fn text(view: &View, key: &str) -> Option<String> {
    view.get(key).map(|value| value.text().into_owned())
}

/// A nested block's or a plain value of one section.
pub fn setting(view: &View, key: &str) -> Option<Setting> {
    view.get(key).map(Setting::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files<'a>(config: &'a str, credentials: &'a str) -> Files<'a> {
        Files { config: parse(config).expect("config"), credentials: parse(credentials).expect("credentials") }
    }

    fn region(files: &Files, profile: &str) -> Option<Setting> {
        files.profile(profile)?.get("region")
    }

    fn text(text: &str) -> Option<Setting> {
        Some(Setting::Text(text.to_owned()))
    }

    #[test]
    fn profiles() {
        let f = files(
            "[default]\nregion=1\n[profile default]\nregion=2\n[p]\nregion=3\n[profile p]\nregion=4\n\
             [profile \"a b\"]\nregion=5\n[profiles  'x\"y']\nregion=6\n[profile q r]\nregion=7\n[profilez]\nregion=8\n",
            "[default]\nregion=9\n[profile c]\nregion=10\n",
        );
        assert_eq!(region(&f, "default"), text("9"));
        assert_eq!(region(&f, "p"), text("4"));
        assert_eq!(region(&f, "a b"), text("5"));
        assert_eq!(region(&f, "x\"y"), text("6"));
        assert_eq!(region(&f, "profile c"), text("10"));
        for none in ["q", "c", "profilez", "z", "q r"] {
            assert_eq!(region(&f, none), None, "{none}");
        }
        let f = files("[profile default]\nregion=2\n[default]\nregion=1\n", "");
        assert_eq!(region(&f, "default"), text("1"));
    }

    #[test]
    fn blocks() {
        let f = files("[default]\ns3 =\n  a = b\n\n  c=d=e\n  a = f\nx = y", "");
        let s3 = f.profile("default").and_then(|p| p.get("s3")).expect("s3");
        assert_eq!(s3.get("a"), Some("f"));
        assert_eq!(s3.get("c"), Some("d=e"));
        assert!(parse("[default]\ns3 =\n  foo\n").is_err());
        assert!(parse("[default]\ns3 = foo\n  bar\n").is_ok());
    }
}
