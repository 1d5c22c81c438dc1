//! The grammar of `.s3cfg`: s3cmd's own, not INI.
//!
//! All sections are read as one, `#` starts a comment line, a value goes to the end of its line,
//! double quotes around it are cut, and anything else is a line to warn of.

use crate::python::space::{is_space, rstrip};

/// What a line of the file is.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The value has its quotes cut but keeps blanks at its end.
    Setting { key: &'a str, value: &'a str },
    /// The line as it stands, with its line end.
    Invalid(&'a str),
}

/// The lines that matter, in the order of the file. Line ends are `\n`.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split_inclusive('\n').filter_map(|line| {
        let start = line.trim_start_matches(is_space);
        if start.is_empty() || start.starts_with('#') || is_section(line) {
            return None;
        }
        Some(match setting(start) {
            Some((key, value)) => Line::Setting { key, value },
            None => Line::Invalid(line),
        })
    })
}

/// `^\[([^\]]+)\]`
fn is_section(line: &str) -> bool {
    line.strip_prefix('[').and_then(|rest| rest.find(']')).is_some_and(|at| at > 0)
}

/// `^\s*(\w+)\s*=\s*(.*)`, with the value's quotes cut.
fn setting(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|&end| end > 0)?;
    let (key, rest) = line.split_at(end);
    let value = rest.trim_start_matches(is_space).strip_prefix('=')?.trim_start_matches(is_space);
    let value = value.strip_suffix('\n').unwrap_or(value);
    Some((key, unquoted(value)))
}

/// A value that is quoted but for blanks behind loses its first and its last character, as s3cmd
/// has it: with a blank behind, the closing quote stays and the blank goes.
fn unquoted(value: &str) -> &str {
    let body = rstrip(value);
    if body.len() < 2 || !body.starts_with('"') || !body.ends_with('"') {
        return value;
    }
    let mut inner = value[1..].chars();
    inner.next_back();
    inner.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_s3cmd() {
        let text = "# c\n[default] x\na = b \n  c=\n d_1 = \"e f\"\ng = \"h\" \ni = \"\n\n  # x\nj = k # l\n";
        let found: Vec<_> = lines(text).collect();
        let setting = |key, value| Line::Setting { key, value };
        assert_eq!(
            found,
            [
                setting("a", "b "),
                setting("c", ""),
                setting("d_1", "e f"),
                setting("g", "h\""),
                setting("i", "\""),
                setting("j", "k # l")
            ]
        );
    }

    #[test]
    fn warns_of_the_rest() {
        for line in ["; c\n", "my-key = v\n", "key with space = 1\n", "garbage\n", "[unclosed\n", "= v\n", " [s]\n"] {
            assert_eq!(lines(line).collect::<Vec<_>>(), [Line::Invalid(line)]);
        }
    }
}
