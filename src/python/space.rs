//! White space and line ends as `str.strip()`, `str.splitlines()` and text files know them.

use std::borrow::Cow;

/// `str.isspace()` of one character: Unicode's white space and the four separators `\x1c`–`\x1f`.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// `str.strip()`.
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.rstrip()`.
pub fn rstrip(text: &str) -> &str {
    text.trim_end_matches(is_space)
}

/// `str.splitlines()`: more line ends than `\n`, and no empty last line.
pub fn splitlines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends =
            |c| matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let Some((at, end)) = rest.char_indices().find(|&(_, c)| ends(c)) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = &rest[..at];
        rest = &rest[at + end.len_utf8()..];
        if end == '\r' {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        Some(line)
    })
}

/// A text file's content as Python's universal newlines hand it out: `\r\n` and `\r` become `\n`.
pub fn universal_newlines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_the_separators_too() {
        assert_eq!(strip("\x1c \u{a0}a b\x1f\u{3000}\n"), "a b");
        assert_eq!(rstrip(" a\x1d"), " a");
    }

    #[test]
    fn splits_lines_as_python() {
        let lines: Vec<_> = splitlines("a\r\nb\rc\n\nd\u{2028}e\x1cf\n").collect();
        assert_eq!(lines, ["a", "b", "c", "", "d", "e", "f"]);
        assert_eq!(splitlines("").count(), 0);
    }
}
