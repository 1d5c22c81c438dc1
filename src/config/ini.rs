//! Python's `configparser.RawConfigParser()` (CPython 3.11, strict): the grammar of the AWS files.
//!
//! `=` and `:` divide, `#` and `;` start whole-line comments, deeper lines continue a value, a
//! repeated key or section is an error, `[DEFAULT]` is part of every section. Values stay slices
//! of the text: a file with thousands of profiles costs one pass and no copies.

use crate::python::space::{is_space, rstrip, strip};
use std::borrow::Cow;

/// A value: its first line, and what continued it.
#[derive(Debug)]
pub struct Value<'a> {
    first: &'a str,
    more: Vec<&'a str>,
}

impl<'a> Value<'a> {
    /// The lines joined by `\n`, as `get()` returns it.
    pub fn text(&self) -> Cow<'a, str> {
        if self.more.is_empty() {
            return Cow::Borrowed(self.first);
        }
        let mut text = self.first.to_owned();
        for line in &self.more {
            text.push('\n');
            text.push_str(line);
        }
        text.truncate(rstrip(&text).len());
        Cow::Owned(text)
    }

    /// The key had nothing behind its `=`, and indented lines below it.
    pub fn is_block(&self) -> bool {
        self.first.is_empty() && self.more.iter().any(|line| !line.is_empty())
    }
}

/// One `[section]`.
#[derive(Debug)]
pub struct Section<'a> {
    pub name: &'a str,
    /// Keys lower-cased, in the order of the file.
    keys: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Section<'a> {
    fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.keys.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    fn values(&self) -> impl Iterator<Item = &Value<'a>> {
        self.keys.iter().map(|(_, value)| value)
    }
}

/// A parsed file.
#[derive(Debug, Default)]
pub struct Ini<'a> {
    sections: Vec<Section<'a>>,
    defaults: Option<Section<'a>>,
}

/// Why Python would raise, with the line (from 1) where that is known.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    MissingSectionHeader(usize),
    /// Lines that are neither section nor key; the last valid state was kept.
    Parsing(Vec<usize>),
    DuplicateSection(String),
    DuplicateOption(String, String),
}

impl<'a> Ini<'a> {
    /// Parses text whose line ends are `\n`.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let mut ini = Self::default();
        let mut bad_lines = Vec::new();
        let mut in_defaults = false;
        let mut has_section = false;
        let mut in_option = false;
        let mut indent_level = 0;

        for (number, line) in text.split_inclusive('\n').enumerate() {
            let value = strip(line);
            let section = if in_defaults { ini.defaults.as_mut() } else { ini.sections.last_mut() };
            if value.starts_with(['#', ';']) {
                continue;
            }
            if value.is_empty() {
                if let Some((_, value)) = section.filter(|_| in_option).and_then(|s| s.keys.last_mut()) {
                    value.more.push("");
                }
                continue;
            }
            let indent = line.chars().take_while(|&c| is_space(c)).count();
            if in_option && indent > indent_level {
                if let Some((_, continued)) = section.and_then(|section| section.keys.last_mut()) {
                    continued.more.push(value);
                }
                continue;
            }
            indent_level = indent;
            if let Some(name) = header(value) {
                has_section = true;
                in_option = false;
                in_defaults = name == "DEFAULT";
                if !in_defaults {
                    ini.sections.push(Section { name, keys: Vec::new() });
                } else if ini.defaults.is_none() {
                    ini.defaults = Some(Section { name, keys: Vec::new() });
                }
                continue;
            }
            if !has_section {
                return Err(Error::MissingSectionHeader(number + 1));
            }
            match value.split_once(['=', ':']) {
                Some((key, first)) if !rstrip(key).is_empty() => {
                    let value = Value { first: strip(first), more: Vec::new() };
                    if let Some(section) = section {
                        section.keys.push((lower(rstrip(key)), value));
                    }
                    in_option = true;
                }
                Some(_) => {
                    bad_lines.push(number + 1);
                    in_option = false;
                }
                None => bad_lines.push(number + 1),
            }
        }
        ini.check_unique()?;
        if bad_lines.is_empty() { Ok(ini) } else { Err(Error::Parsing(bad_lines)) }
    }

    fn check_unique(&self) -> Result<(), Error> {
        let names = self.sections.iter().map(|section| section.name);
        if let Some(name) = first_double(names) {
            return Err(Error::DuplicateSection(name.to_owned()));
        }
        for section in self.sections.iter().chain(&self.defaults) {
            if let Some(key) = first_double(section.keys.iter().map(|(key, _)| key.as_ref())) {
                return Err(Error::DuplicateOption(section.name.to_owned(), key.to_owned()));
            }
        }
        Ok(())
    }

    /// The names of the sections, in the order of the file, without `DEFAULT`.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.sections.iter().map(|section| section.name)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<View<'_, 'a>> {
        let section = self.sections.iter().find(|section| section.name == name)?;
        Some(View { section, defaults: self.defaults.as_ref() })
    }

    /// Every value that some section shows.
    pub fn values(&self) -> impl Iterator<Item = &Value<'a>> {
        let defaults = self.defaults.iter().filter(|_| !self.sections.is_empty());
        self.sections.iter().chain(defaults).flat_map(Section::values)
    }
}

/// A section as its reader sees it, with the keys of `[DEFAULT]`.
#[derive(Clone, Copy, Debug)]
pub struct View<'i, 'a> {
    section: &'i Section<'a>,
    defaults: Option<&'i Section<'a>>,
}

impl<'i, 'a> View<'i, 'a> {
    pub fn get(&self, key: &str) -> Option<&'i Value<'a>> {
        self.section.get(key).or_else(|| self.defaults?.get(key))
    }

    /// The keys, in the order in which Python's `options()` has them.
    pub fn keys(&self) -> impl Iterator<Item = &'i str> {
        let own = self.section.keys.iter().map(|(key, _)| key.as_ref());
        let defaults = self.defaults.into_iter().flat_map(|section| &section.keys).map(|(key, _)| key.as_ref());
        let section = self.section;
        own.chain(defaults.filter(move |key| section.get(key).is_none()))
    }

    pub fn is_empty(&self) -> bool {
        self.section.keys.is_empty() && self.defaults.is_none_or(|section| section.keys.is_empty())
    }
}

/// `\[(?P<header>.+)\]` at the start: up to the last `]` of the line.
fn header(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?;
    let name = &inner[..inner.rfind(']')?];
    (!name.is_empty()).then_some(name)
}

fn lower(key: &str) -> Cow<'_, str> {
    if key.chars().any(|c| !c.is_ascii() || c.is_ascii_uppercase()) {
        Cow::Owned(key.to_lowercase())
    } else {
        Cow::Borrowed(key)
    }
}

/// A name that occurs twice; which one of several is not told.
fn first_double<'s>(names: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(text: &str, section: &str, key: &str) -> Option<String> {
        Ini::parse(text).expect("parses").section(section)?.get(key).map(|value| value.text().into_owned())
    }

    #[test]
    fn values_as_python_reads_them() {
        for (text, value) in [
            ("[s]\nk = v", Some("v")),
            ("[s]\nk: v = w", Some("v = w")),
            ("[s]\nK\t=\tv ; c # d", Some("v ; c # d")),
            ("[s]\nk=", Some("")),
            ("[s] junk\nk=v", Some("v")),
            ("  [s]\n  k=v", Some("v")),
            ("[s]\nk = v\n w\n\n  x\n\n", Some("v\nw\n\nx")),
            ("[s]\nk =\n  a = b\n # c\n  d = e", Some("\na = b\nd = e")),
            ("[s]\nk = v\n [t]", Some("v\n[t]")),
            ("[s]\nk = v\n[t]\nx = y", Some("v")),
            ("[DEFAULT]\nk = d\n[s]\nx = y", Some("d")),
            ("[DEFAULT]\nk = d\n[s]\nk = y", Some("y")),
            ("[s]\n; k = c\n#k = d\nx=y", None),
            ("[ s ]\nk=v", None),
            ("[s]\nk = v\n\n\n[t]", Some("v")),
        ] {
            assert_eq!(get(text, "s", "k").as_deref(), value, "{text:?}");
        }
    }

    #[test]
    fn refuses_what_python_refuses() {
        for (text, error) in [
            ("k = v", Error::MissingSectionHeader(1)),
            ("\u{feff}[s]\nk = v", Error::MissingSectionHeader(1)),
            ("[]\nk=v", Error::MissingSectionHeader(1)),
            ("[s]\nfoo\nk = v\nbar", Error::Parsing(vec![2, 4])),
            ("[s]\n= v", Error::Parsing(vec![2])),
            ("[s\nk=v", Error::MissingSectionHeader(1)),
            ("[s]\nk=v\n[t]\n[s]", Error::DuplicateSection("s".to_owned())),
            ("[s]\nk=v\nK=w", Error::DuplicateOption("s".to_owned(), "k".to_owned())),
        ] {
            assert_eq!(Ini::parse(text).expect_err(text), error);
        }
    }
}
