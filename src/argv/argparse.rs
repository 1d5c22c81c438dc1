//! Python's `argparse.ArgumentParser.parse_known_args` (CPython 3.14), for long options.
//!
//! Prefixes, `--name=value`, options anywhere, `--`, negative numbers as values, and the texts of
//! its errors, with the AWS CLI's own wording of a wrong choice.

use crate::os;
use crate::python::difflib::close_matches;
use crate::python::int::decimal_digit;
use crate::python::repr::repr_bytes;
use crate::python::text::shown;
use std::ffi::{OsStr, OsString};

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    Value,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Nothing, and ends the reading at once.
    Version,
}

/// One row of a persona's table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// With its two dashes.
    pub name: &'static str,
    pub takes: Takes,
    pub help: &'static str,
}

/// The one positional argument that a parser may have.
#[derive(Clone, Copy, Debug)]
pub enum Positional {
    None,
    Required(&'static str),
    /// A command name, of which only some are known here: another ends the reading at once.
    Command(&'static [&'static str]),
    /// One of these, if it is there.
    Optional(&'static str, &'static [&'static str]),
}

/// What was read, in the order of the command line.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Option name and value (empty for what takes none), each occurrence.
    pub options: Vec<(&'static str, OsString)>,
    pub positional: Option<OsString>,
    /// What this parser does not know: its options and whatever else stood there.
    pub extras: Vec<OsString>,
}

impl Parsed {
    /// The value of an option: the last one given.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.options.iter().rev().find(|(option, _)| *option == name).map(|(_, value)| value.as_os_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Why the reading stopped.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// argparse's message, without the usage text.
    Error(String),
    Version,
    /// A command that is not known here.
    OtherCommand(OsString),
}

/// An argument that looks like an option.
struct Flag<'a> {
    /// The option that it names. Several are an error, but only when the reading comes to it.
    row: Result<Option<&'a Row>, String>,
    explicit: Option<&'a [u8]>,
}

/// Reads a command line.
pub fn parse(rows: &[Row], positional: Positional, args: &[OsString]) -> Result<Parsed, Stop> {
    let mut flags: Vec<Option<Flag>> = Vec::with_capacity(args.len());
    // argparse's pattern: `O` an option, `A` an argument, `-` the `--` that ends options.
    let mut pattern: Vec<u8> = Vec::with_capacity(args.len());
    let mut only_arguments = false;
    for arg in args {
        let bytes = arg.as_encoded_bytes();
        if !only_arguments && bytes == b"--" {
            only_arguments = true;
            pattern.push(b'-');
            flags.push(None);
            continue;
        }
        let flag = if only_arguments { None } else { classify(rows, bytes) };
        pattern.push(if flag.is_some() { b'O' } else { b'A' });
        flags.push(flag);
    }

    let mut reader = Reader { args, pattern: &pattern, positional: Some(positional), parsed: Parsed::default() };
    let last_option = flags.iter().rposition(Option::is_some);
    let mut at = 0;
    while last_option.is_some_and(|last| at <= last) {
        let next = (at..args.len()).find(|&i| flags[i].is_some()).unwrap_or(args.len());
        if at != next {
            let end = reader.positional(at)?;
            if end > at {
                at = end;
                continue;
            }
        }
        let Some(flag) = &flags[at] else {
            reader.parsed.extras.extend(args[at..next].iter().cloned());
            at = next;
            continue;
        };
        at = reader.option(flag, at)?;
    }
    let end = reader.positional(at)?;
    reader.parsed.extras.extend(args[end..].iter().cloned());
    match reader.positional {
        Some(Positional::Required(name)) => Err(Stop::Error(format!("the following arguments are required: {name}"))),
        Some(Positional::Command(_)) => Err(Stop::Error("the following arguments are required: command".to_owned())),
        _ => Ok(reader.parsed),
    }
}

/// `_parse_optional`: `None` if the argument is no option.
fn classify<'a>(rows: &'a [Row], arg: &'a [u8]) -> Option<Flag<'a>> {
    let named = |name: &[u8]| rows.iter().find(|row| row.name.as_bytes() == name);
    if !arg.starts_with(b"-") || arg.len() == 1 {
        return None;
    }
    if let Some(row) = named(arg) {
        return Some(Flag { row: Ok(Some(row)), explicit: None });
    }
    let (name, explicit) = match arg.iter().position(|&b| b == b'=') {
        Some(at) => (&arg[..at], Some(&arg[at + 1..])),
        None => (arg, None),
    };
    if let Some(row) = named(name).filter(|_| explicit.is_some()) {
        return Some(Flag { row: Ok(Some(row)), explicit });
    }
    let matches: Vec<&Row> = rows.iter().filter(|row| row.name.as_bytes().starts_with(name)).collect();
    match matches.as_slice() {
        [] if is_negative_number(arg) || arg.contains(&b' ') => None,
        [] => Some(Flag { row: Ok(None), explicit: None }),
        [row] => Some(Flag { row: Ok(Some(row)), explicit }),
        rows => {
            let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
            let arg = shown(&os::from_bytes(arg)).into_owned();
            Some(Flag { row: Err(format!("ambiguous option: {arg} could match {}", names.join(", "))), explicit })
        }
    }
}

/// `-\.?\d` at the start, as of Python 3.14.
fn is_negative_number(arg: &[u8]) -> bool {
    let text = arg.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let Some(text) = text.strip_prefix('-') else { return false };
    let digits = text.strip_prefix('.').unwrap_or(text);
    digits.chars().next().is_some_and(|c| decimal_digit(c).is_some())
}

struct Reader<'a> {
    args: &'a [OsString],
    pattern: &'a [u8],
    /// Taken once it is read.
    positional: Option<Positional>,
    parsed: Parsed,
}

impl Reader<'_> {
    /// `consume_positionals`: reads the positional argument if one stands at `at`; returns where
    /// the reading goes on.
    fn positional(&mut self, at: usize) -> Result<usize, Stop> {
        let Some(positional) = self.positional else { return Ok(at) };
        let (name, choices, optional) = match positional {
            Positional::None => return Ok(at),
            Positional::Required(name) => (name, &[][..], false),
            Positional::Command(known) => ("command", known, false),
            Positional::Optional(name, choices) => (name, choices, true),
        };
        // (-*A-*) or (-*A?-*)
        let run = |from: usize, class: u8| self.pattern[from..].iter().take_while(|&&c| c == class).count();
        let start = at + run(at, b'-');
        let has_argument = self.pattern.get(start) == Some(&b'A');
        if !has_argument && !optional {
            return Ok(at);
        }
        let end = if has_argument { start + 1 + run(start + 1, b'-') } else { start };
        self.positional = None;
        if has_argument {
            let value = &self.args[start];
            match positional {
                Positional::Command(known) if !known.iter().any(|name| value == *name) => {
                    return Err(Stop::OtherCommand(value.clone()));
                }
                _ => check_choice(name, value, choices)?,
            }
            self.parsed.positional = Some(value.clone());
        }
        Ok(end)
    }

    /// `consume_optional`: reads the option at `at` and its value; returns where to go on.
    fn option(&mut self, flag: &Flag, at: usize) -> Result<usize, Stop> {
        let row = flag.row.as_ref().map_err(|message| Stop::Error(message.clone()))?;
        let Some(row) = row else {
            self.parsed.extras.push(self.args[at].clone());
            return Ok(at + 1);
        };
        let error = |text: &str| Stop::Error(format!("argument {}: {text}", row.name));
        match (row.takes, flag.explicit) {
            (Takes::Nothing | Takes::Version, Some(explicit)) => {
                Err(error(&format!("ignored explicit argument {}", repr_bytes(explicit))))
            }
            (Takes::Version, None) => Err(Stop::Version),
            (Takes::Nothing, None) => {
                self.parsed.options.push((row.name, OsString::new()));
                Ok(at + 1)
            }
            (Takes::Value | Takes::Choice(_), explicit) => {
                let (value, end) = match explicit {
                    Some(explicit) => (os::from_bytes(explicit), at + 1),
                    None if self.pattern.get(at + 1) == Some(&b'A') => (self.args[at + 1].clone(), at + 2),
                    None => return Err(error("expected one argument")),
                };
                if let Takes::Choice(choices) = row.takes {
                    check_choice(row.name, &value, choices)?;
                }
                self.parsed.options.push((row.name, value));
                Ok(end)
            }
        }
    }
}

/// The AWS CLI's `_check_value`; no choices: anything goes.
fn check_choice(name: &str, value: &OsStr, choices: &[&str]) -> Result<(), Stop> {
    if choices.is_empty() || choices.iter().any(|choice| value == *choice) {
        return Ok(());
    }
    let value = shown(value);
    let mut message = format!("argument {name}: Found invalid choice '{value}'\n");
    let close = close_matches(&value, choices);
    if !close.is_empty() {
        message.push_str("\nMaybe you meant:\n");
        for choice in close {
            message.push_str(&format!("\n  * {choice}"));
        }
    }
    Err(Stop::Error(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [Row; 4] = [
        Row { name: "--region", takes: Takes::Value, help: "" },
        Row { name: "--debug", takes: Takes::Nothing, help: "" },
        Row { name: "--output", takes: Takes::Choice(&["json", "text"]), help: "" },
        Row { name: "--request", takes: Takes::Value, help: "" },
    ];

    type Read = (Vec<String>, Option<String>, Vec<String>);

    fn read(args: &[&str]) -> Result<Read, String> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        let text = |s: &OsStr| shown(s).into_owned();
        match parse(&ROWS, Positional::Command(&["s3", "--debug"]), &args) {
            Ok(parsed) => Ok((
                parsed.options.iter().map(|(name, value)| format!("{name}={}", text(value))).collect(),
                parsed.positional.as_deref().map(text),
                parsed.extras.iter().map(|s| text(s)).collect(),
            )),
            Err(Stop::Error(error)) => Err(error),
            Err(other) => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn reads_as_argparse() {
        let (options, command, extras) =
            read(&["s3", "presign", "--reg", "x", "--bogus", "y", "--expires-in", "-5", "--debug", "s3://a b"])
                .expect("ok");
        assert_eq!(options, ["--region=x", "--debug="]);
        assert_eq!(command.as_deref(), Some("s3"));
        assert_eq!(extras, ["presign", "--bogus", "y", "--expires-in", "-5", "s3://a b"]);

        let (options, command, extras) = read(&["--region=-bad", "--", "--debug", "x"]).expect("ok");
        assert_eq!(options, ["--region=-bad"]);
        assert_eq!((command.as_deref(), extras), (Some("--debug"), vec!["x".to_owned()]));

        let (_, command, extras) = read(&["s3", "presign", "--", "s3://b/k"]).expect("ok");
        assert_eq!((command.as_deref(), extras.len()), (Some("s3"), 3));
    }

    #[test]
    fn errors_are_worded_as_argparse() {
        for (args, error) in [
            (&["--re", "x"][..], "ambiguous option: --re could match --region, --request"),
            (&["--re=x"], "ambiguous option: --re=x could match --region, --request"),
            (&["--region"], "argument --region: expected one argument"),
            (&["--region", "-bad"], "argument --region: expected one argument"),
            (&["--region", "--", "x"], "argument --region: expected one argument"),
            (&["--debug=1"], "argument --debug: ignored explicit argument '1'"),
            (&["--output", "xml"], "argument --output: Found invalid choice 'xml'\n"),
            (&["--output", "jsn"], "argument --output: Found invalid choice 'jsn'\n\nMaybe you meant:\n\n  * json"),
            (&["--debug"], "the following arguments are required: command"),
            (&["ec2", "--re"], "OtherCommand(\"ec2\")"),
            (&["--output", "xml", "--re"], "argument --output: Found invalid choice 'xml'\n"),
            (&["-=x"], "ambiguous option: -=x could match --region, --debug, --output, --request"),
        ] {
            assert_eq!(read(args).expect_err("error"), error, "{args:?}");
        }
    }
}
