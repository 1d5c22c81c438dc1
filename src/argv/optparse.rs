//! Python's `optparse.OptionParser.parse_args`: interspersed options, prefixes, bundles of short
//! options, `--`, and the texts of its errors.

use crate::os;
use crate::python::int::{Int, int, int_in_base};
use crate::python::repr::repr_bytes;
use crate::python::text::shown;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

/// What an option does with its value.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    /// Takes none.
    Flag,
    /// Keeps the last.
    Store,
    /// Keeps them all.
    Append,
    /// Keeps the last, an integer.
    StoreInt,
    /// Keeps the last, one of these.
    Choose(&'static [&'static str]),
    /// Keeps what this check lets through; the error is the text after `option NAME: `.
    Check(fn(&str) -> Result<(), String>),
}

/// One row of a persona's table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Without its dash.
    pub short: Option<char>,
    /// With their dashes; none for a row that has a short name only.
    pub long: &'static [&'static str],
    /// The setting that the option fills, and what a flag fills it with.
    pub dest: &'static str,
    pub does: Does,
    pub fills: &'static str,
    pub metavar: &'static str,
    pub help: &'static str,
    /// An option that the real program lacks: only its whole name means it, so that the prefixes
    /// of the real ones keep their meaning.
    pub ours: bool,
}

impl Row {
    /// Whether the option takes no value.
    pub const fn is_flag(&self) -> bool {
        matches!(self.does, Does::Flag)
    }

    pub const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    pub const fn ours(self) -> Self {
        Self { ours: true, ..self }
    }
}

/// One occurrence of an option.
#[derive(Debug)]
pub struct Given {
    pub row: &'static Row,
    /// Empty for a flag.
    pub value: OsString,
}

impl Given {
    /// What fills the setting: a flag's own text, an integer in decimal, any other value as it is.
    pub fn filling(&self) -> Cow<'_, OsStr> {
        match self.row.does {
            Does::Flag => Cow::Borrowed(OsStr::new(self.row.fills)),
            Does::StoreInt => match number(&shown(&self.value)) {
                Some(number) => Cow::Owned(number.as_str().into()),
                None => Cow::Borrowed(&self.value),
            },
            _ => Cow::Borrowed(&self.value),
        }
    }
}

/// What was read, in the order of the command line.
#[derive(Debug, Default)]
pub struct Parsed {
    pub given: Vec<Given>,
    pub args: Vec<OsString>,
}

impl Parsed {
    /// The last thing that filled a setting: the option's value, or what the flag stands for.
    pub fn last(&self, dest: &str) -> Option<&Given> {
        self.given.iter().rev().find(|given| given.row.dest == dest)
    }

    pub fn has(&self, dest: &str) -> bool {
        self.last(dest).is_some()
    }

    /// Every value of an option that keeps them all.
    pub fn all(&self, dest: &str) -> impl Iterator<Item = &OsString> {
        self.given.iter().filter(move |given| given.row.dest == dest).map(|given| &given.value)
    }
}

/// Why the reading stopped.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// optparse's message, without the usage text in front.
    Error(String),
    Help,
}

/// Reads a command line. The row that fills `help` ends the reading.
pub fn parse(rows: &'static [Row], args: &[OsString]) -> Result<Parsed, Stop> {
    let mut parsed = Parsed::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let bytes = arg.as_encoded_bytes();
        if bytes == b"--" {
            parsed.args.extend(rest.by_ref().cloned());
        } else if bytes.starts_with(b"--") {
            long_option(rows, bytes, &mut rest, &mut parsed)?;
        } else if bytes.starts_with(b"-") && bytes.len() > 1 {
            short_options(rows, bytes, &mut rest, &mut parsed)?;
        } else {
            parsed.args.push(arg.clone());
        }
    }
    Ok(parsed)
}

type Rest<'a> = std::slice::Iter<'a, OsString>;

fn error<T>(text: String) -> Result<T, Stop> {
    Err(Stop::Error(text))
}

fn long_option(rows: &'static [Row], arg: &[u8], rest: &mut Rest, parsed: &mut Parsed) -> Result<(), Stop> {
    let (name, explicit) = match arg.iter().position(|&b| b == b'=') {
        Some(at) => (&arg[..at], Some(os::from_bytes(&arg[at + 1..]))),
        None => (arg, None),
    };
    let (row, name) = match_long(rows, name)?;
    let value = if !row.is_flag() {
        match explicit.or_else(|| rest.next().cloned()) {
            Some(value) => value,
            None => return error(format!("{name} option requires 1 argument")),
        }
    } else if explicit.is_some() {
        return error(format!("{name} option does not take a value"));
    } else {
        OsString::new()
    };
    take(row, name, value, parsed)
}

/// `_match_abbrev`: an exact name, or the only one that starts so.
fn match_long(rows: &'static [Row], name: &[u8]) -> Result<(&'static Row, &'static str), Stop> {
    let all = || rows.iter().flat_map(|row| row.long.iter().map(move |&long| (row, long)));
    if let Some(found) = all().find(|(_, long)| long.as_bytes() == name) {
        return Ok(found);
    }
    let mut matches: Vec<_> = all().filter(|(row, long)| !row.ours && long.as_bytes().starts_with(name)).collect();
    match matches.as_slice() {
        [found] => Ok(*found),
        [] => error(format!("no such option: {}", shown(&os::from_bytes(name)))),
        _ => {
            matches.sort_by_key(|(_, long)| *long);
            let names: Vec<&str> = matches.iter().map(|(_, long)| *long).collect();
            error(format!("ambiguous option: {} ({}?)", shown(&os::from_bytes(name)), names.join(", ")))
        }
    }
}

fn short_options(rows: &'static [Row], arg: &[u8], rest: &mut Rest, parsed: &mut Parsed) -> Result<(), Stop> {
    let mut left = &arg[1..];
    while let Some(&first) = left.first() {
        let c = String::from_utf8_lossy(left).chars().next().unwrap_or(first as char);
        let Some(row) = rows.iter().find(|row| row.short == Some(c)) else {
            let name = match left.utf8_chunks().next() {
                Some(chunk) if chunk.valid().is_empty() => shown(&os::from_bytes(&left[..1])).into_owned(),
                _ => c.to_string(),
            };
            return error(format!("no such option: -{name}"));
        };
        left = &left[c.len_utf8()..];
        let name = format!("-{c}");
        if row.is_flag() {
            take(row, &name, OsString::new(), parsed)?;
            continue;
        }
        let value = if left.is_empty() { rest.next().cloned() } else { Some(os::from_bytes(left)) };
        return match value {
            Some(value) => take(row, &name, value, parsed),
            None => error(format!("{name} option requires 1 argument")),
        };
    }
    Ok(())
}

/// Checks a value by its row's type and keeps it.
fn take(row: &'static Row, name: &str, value: OsString, parsed: &mut Parsed) -> Result<(), Stop> {
    if row.dest == "help" {
        return Err(Stop::Help);
    }
    let text = shown(&value);
    let quoted = || repr_bytes(value.as_encoded_bytes());
    match row.does {
        Does::StoreInt if number(&text).is_none() => {
            return error(format!("option {name}: invalid integer value: {}", quoted()));
        }
        Does::Choose(choices) if !choices.contains(&text.as_ref()) => {
            let choices: Vec<String> = choices.iter().map(|choice| format!("'{choice}'")).collect();
            return error(format!("option {name}: invalid choice: {} (choose from {})", quoted(), choices.join(", ")));
        }
        Does::Check(check) => {
            if let Err(text) = check(&text) {
                return error(format!("option {name}: {text}"));
            }
        }
        _ => {}
    }
    parsed.given.push(Given { row, value });
    Ok(())
}

/// optparse's integers: `0x`, `0b` and a leading zero (octal), else `int()`.
fn number(text: &str) -> Option<Int> {
    match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => int_in_base(text, 16),
        Some("0b") => int_in_base(if text.len() > 2 { &text[2..] } else { "0" }, 2),
        _ if text.starts_with('0') => int_in_base(text, 8),
        _ => int(text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(short: Option<char>, long: &'static [&'static str], dest: &'static str, does: Does) -> Row {
        Row { short, long, dest, does, fills: "", metavar: "", help: "", ours: false }
    }

    const ROWS: &[Row] = &[
        row(Some('h'), &["--help"], "help", Does::Flag),
        row(Some('n'), &["--dry-run"], "dry_run", Does::Flag),
        row(Some('c'), &["--config"], "config", Does::Store),
        row(None, &["--host"], "host", Does::Store),
        row(None, &["--host-bucket"], "host_bucket", Does::Store),
        row(None, &["--size"], "size", Does::StoreInt),
        row(None, &["--pick"], "pick", Does::Choose(&["a", "b"])),
        row(None, &["--dry-v2"], "ours", Does::Flag).ours(),
    ];

    fn read(args: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        match parse(ROWS, &args) {
            Ok(parsed) => Ok((
                parsed.given.iter().map(|g| format!("{}={}", g.row.dest, shown(&g.value))).collect(),
                parsed.args.iter().map(|s| shown(s).into_owned()).collect(),
            )),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Help) => Err("help".to_owned()),
        }
    }

    #[test]
    fn reads_as_optparse() {
        let (given, args) =
            read(&["a", "-nc", "f", "--host-b", "-x", "--host=h=", "-c=y", "-", "--", "-n"]).expect("ok");
        assert_eq!(given, ["dry_run=", "config=f", "host_bucket=-x", "host=h=", "config==y"]);
        assert_eq!(args, ["a", "-", "-n"]);
        assert_eq!(read(&["--hel"]), Err("help".to_owned()));
        assert!(read(&["--size", "0x10"]).is_ok());
    }

    #[test]
    fn errors_are_worded_as_optparse() {
        for (args, error) in [
            (&["--hos", "h"][..], "ambiguous option: --hos (--host, --host-bucket?)"),
            (&["--nope=1"], "no such option: --nope"),
            (&["-1"], "no such option: -1"),
            (&["--host"], "--host option requires 1 argument"),
            (&["-nc"], "-c option requires 1 argument"),
            (&["--dry=1"], "--dry-run option does not take a value"),
            (&["--size", "x"], "option --size: invalid integer value: 'x'"),
            (&["--pick", "x"], "option --pick: invalid choice: 'x' (choose from 'a', 'b')"),
        ] {
            assert_eq!(read(args), Err(error.to_owned()), "{args:?}");
        }
    }
}
