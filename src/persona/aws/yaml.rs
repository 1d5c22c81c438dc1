//! The AWS CLI's YAML form of an error: a block mapping as libyaml's emitter writes it.
//!
//! A whole YAML library is not needed for two texts, and none folds and quotes as libyaml does,
//! which is what the bytes must agree with.

/// Lines are folded at the first space after this column.
const WIDTH: usize = 80;
const INDENT: usize = 2;

/// A mapping of texts.
pub fn mapping(pairs: &[(&str, &str)]) -> String {
    let mut writer = Writer { out: String::new(), column: 0 };
    for (key, value) in pairs {
        writer.put_all(key);
        writer.put_all(":");
        match style(value) {
            Style::Plain => writer.plain(value),
            Style::Single => writer.single_quoted(value),
            Style::Double => writer.double_quoted(value),
        }
        writer.put('\n');
    }
    writer.out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && c != '\u{feff}'
}

/// `yaml_emitter_analyze_scalar` and `yaml_emitter_select_scalar_style`, for a block mapping.
fn style(text: &str) -> Style {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return Style::Single };
    let followed = |at: usize| text[at..].chars().nth(1).is_none_or(|c| c == ' ' || c == '\t' || is_break(c));
    let mut indicators = text.starts_with("---") || text.starts_with("...") || "#,[]{}&*!|>'\"%@`".contains(first);
    indicators |= "?:-".contains(first) && followed(0);
    let (mut special, mut breaks, mut break_space, mut space_break) = (false, false, false, false);
    let mut previous = None;
    for (at, c) in text.char_indices() {
        indicators |= at > 0 && c == ':' && followed(at);
        indicators |= c == '#' && previous.is_none_or(|p| p == ' ' || p == '\t' || is_break(p));
        special |= !is_printable(c);
        breaks |= is_break(c);
        break_space |= c == ' ' && previous.is_some_and(is_break);
        space_break |= is_break(c) && previous == Some(' ');
        previous = Some(c);
    }
    let edges = first == ' ' || is_break(first) || last == ' ' || is_break(last);
    if special || space_break || break_space {
        Style::Double
    } else if indicators || breaks || edges {
        Style::Single
    } else {
        Style::Plain
    }
}

struct Writer {
    out: String,
    column: usize,
}

impl Writer {
    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column = if is_break(c) { 0 } else { self.column + 1 };
    }

    fn put_all(&mut self, text: &str) {
        text.chars().for_each(|c| self.put(c));
    }

    fn fold(&mut self) {
        self.put('\n');
        self.indent();
    }

    fn indent(&mut self) {
        for _ in 0..INDENT {
            self.put(' ');
        }
    }

    fn plain(&mut self, text: &str) {
        self.put(' ');
        let mut spaces = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == ' ' && !spaces && self.column > WIDTH && chars.peek() != Some(&' ') {
                self.fold();
            } else {
                self.put(c);
            }
            spaces = c == ' ';
        }
    }

    fn single_quoted(&mut self, text: &str) {
        self.put_all(" '");
        let (mut spaces, mut breaks, mut first) = (false, false, true);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            if c == ' ' {
                if !spaces && self.column > WIDTH && !first && next.is_some_and(|next| next != ' ') {
                    self.fold();
                } else {
                    self.put(c);
                }
            } else if is_break(c) {
                if !breaks && c == '\n' {
                    self.put('\n');
                }
                self.put(c);
            } else {
                if breaks {
                    self.indent();
                }
                if c == '\'' {
                    self.put(c);
                }
                self.put(c);
            }
            spaces = c == ' ';
            breaks = is_break(c);
            first = false;
        }
        if breaks {
            self.indent();
        }
        self.put('\'');
    }

    fn double_quoted(&mut self, text: &str) {
        self.put_all(" \"");
        let (mut spaces, mut first) = (false, true);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            if !is_printable(c) || is_break(c) || matches!(c, '"' | '\\') {
                let escape = escape(c);
                self.put_all(&escape);
            } else if c == ' ' && !spaces && self.column > WIDTH && !first && next.is_some() {
                self.fold();
                if next == Some(' ') {
                    self.put('\\');
                }
            } else {
                self.put(c);
            }
            spaces = c == ' ';
            first = false;
        }
        self.put('"');
    }
}

fn escape(c: char) -> String {
    let letter = match c {
        '\0' => '0',
        '\x07' => 'a',
        '\x08' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\x0b' => 'v',
        '\x0c' => 'f',
        '\r' => 'r',
        '\x1b' => 'e',
        '"' | '\\' => c,
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        c if (c as u32) < 0x100 => return format!("\\x{:02X}", c as u32),
        c if (c as u32) < 0x10000 => return format!("\\u{:04X}", c as u32),
        c => return format!("\\U{:08X}", c as u32),
    };
    format!("\\{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each was printed by the AWS CLI 2.36.12.
    #[test]
    fn as_the_real_program() {
        for (message, text) in [
            ("Unknown options: --bogus", "'Unknown options: --bogus'"),
            (
                "Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1",
                "'Parameter validation failed:\n\n  Invalid length for parameter Key, value: 0, valid min length: 1'",
            ),
            (
                "Unable to locate credentials. You can configure credentials by running \"aws login\".",
                "Unable to locate credentials. You can configure credentials by running \"aws\n  login\".",
            ),
            (
                "the following arguments are required: path\n\nusage: aws [options] <command> <subcommand> \
                 [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  \
                 aws <command> <subcommand> help\n",
                "\"the following arguments are required: path\\n\\nusage: aws [options] <command>\n  <subcommand> \
                 [<subcommand> ...] [parameters]\\nTo see help text, you can run:\\n\\n\n  \\ aws help\\n  aws <command> \
                 help\\n  aws <command> <subcommand> help\\n\"",
            ),
        ] {
            assert_eq!(
                mapping(&[("Code", "ParamValidation"), ("Message", message)]),
                format!("Code: ParamValidation\nMessage: {text}\n")
            );
        }
    }
}
