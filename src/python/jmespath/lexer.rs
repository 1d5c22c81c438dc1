//! The tokens of JMESPath, and the complaints of jmespath's `lexer.py`.

use super::Checked;
use crate::python::int::int;
use crate::python::json::{loads, shown};
use crate::python::space::is_space;
use Kind::*;

macro_rules! kinds {
    ($($kind:ident $name:literal $power:literal $spelling:literal,)*) => {
        /// What a token is.
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $($kind,)*
        }

        /// Each kind, its name in messages, its binding power, and its spelling if that is always the same.
        const KINDS: &[(Kind, &str, u8, &str)] = &[$(($kind, $name, $power, $spelling),)*];
    };
}

kinds! {
    Eof "eof" 0 "",
    UnquotedIdentifier "unquoted_identifier" 0 "",
    QuotedIdentifier "quoted_identifier" 0 "",
    Literal "literal" 0 "",
    Rbracket "rbracket" 0 "]",
    Rparen "rparen" 0 ")",
    Comma "comma" 0 ",",
    Rbrace "rbrace" 0 "}",
    Number "number" 0 "",
    Current "current" 0 "@",
    Expref "expref" 0 "&",
    Colon "colon" 0 ":",
    Pipe "pipe" 1 "|",
    Or "or" 2 "||",
    And "and" 3 "&&",
    Eq "eq" 5 "==",
    Gt "gt" 5 ">",
    Lt "lt" 5 "<",
    Gte "gte" 5 ">=",
    Lte "lte" 5 "<=",
    Ne "ne" 5 "!=",
    Flatten "flatten" 9 "[]",
    Star "star" 20 "*",
    Filter "filter" 21 "[?",
    Dot "dot" 40 ".",
    Not "not" 45 "!",
    Lbrace "lbrace" 50 "{",
    Lbracket "lbracket" 55 "[",
    Lparen "lparen" 60 "(",
}

impl Kind {
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    pub fn power(self) -> u8 {
        KINDS[self as usize].2
    }
}

pub struct Token {
    pub kind: Kind,
    /// `str()` of the token's value.
    pub text: String,
    /// In code points.
    pub start: usize,
}

/// Cuts an expression into tokens, of which the last is the only `Eof`.
pub fn tokens(expression: &str) -> Checked<Vec<Token>> {
    Lexer { expression, chars: expression.chars().collect(), position: 0 }.tokens()
}

struct Lexer<'a> {
    expression: &'a str,
    chars: Vec<char>,
    position: usize,
}

impl Lexer<'_> {
    fn tokens(mut self) -> Checked<Vec<Token>> {
        let mut tokens = Vec::new();
        while let Some(&c) = self.chars.get(self.position) {
            let start = self.position;
            let (kind, text) = match c {
                ' ' | '\t' | '\n' | '\r' => {
                    self.position += 1;
                    continue;
                }
                'a'..='z' | 'A'..='Z' | '_' => {
                    (UnquotedIdentifier, self.run(|c| c.is_ascii_alphanumeric() || c == '_'))
                }
                '0'..='9' | '-' => match self.run(|c| c.is_ascii_digit()) {
                    sign if sign == "-" => return Err(self.error(start, "Unknown token '-'")),
                    // Too many digits: a ValueError that jmespath lets through.
                    digits => (Number, int(&digits)?.as_str().to_owned()),
                },
                '\'' => (Literal, self.until('\'')?.replace("\\'", "'")),
                '`' => (Literal, self.literal()?),
                '"' => (QuotedIdentifier, self.quoted_identifier()?),
                _ => {
                    let here = |spelling: &str| {
                        !spelling.is_empty()
                            && spelling.chars().zip(start..).all(|(c, at)| self.chars.get(at) == Some(&c))
                    };
                    let fixed = KINDS.iter().filter(|kind| here(kind.3)).max_by_key(|kind| kind.3.len());
                    let Some(&(kind, _, _, spelling)) = fixed else {
                        let shown = if c == '=' { "'='".to_owned() } else { c.to_string() };
                        return Err(self.error(start, &format!("Unknown token {shown}")));
                    };
                    self.position += spelling.len();
                    (kind, spelling.to_owned())
                }
            };
            tokens.push(Token { kind, text, start });
        }
        tokens.push(Token { kind: Eof, text: String::new(), start: self.chars.len() });
        Ok(tokens)
    }

    /// The current character, whatever it is, and those after it that go on with it.
    fn run(&mut self, goes_on: impl Fn(char) -> bool) -> String {
        let start = self.position;
        let rest = self.chars[start + 1..].iter().take_while(|&&c| goes_on(c)).count();
        self.position += 1 + rest;
        self.chars[start..self.position].iter().collect()
    }

    /// What stands up to the next delimiter that no backslash escapes, backslashes included.
    fn until(&mut self, delimiter: char) -> Checked<String> {
        let start = self.position;
        let mut text = String::new();
        loop {
            self.position += 1;
            match self.chars.get(self.position) {
                Some(&c) if c == delimiter => break,
                Some('\\') => {
                    text.push('\\');
                    self.position += 1;
                    text.extend(self.chars.get(self.position));
                }
                Some(&c) => text.push(c),
                None => return Err(self.error(start, &format!("Unclosed {delimiter} delimiter"))),
            }
        }
        self.position += 1;
        Ok(text)
    }

    fn literal(&mut self) -> Checked<String> {
        let start = self.position;
        let text = self.until('`')?.replace("\\`", "`");
        // Deprecated, but still read: a string without its quotes.
        let value = loads(&text).or_else(|_| loads(&format!("\"{}\"", text.trim_start_matches(is_space))));
        value.map(|value| shown(&value)).map_err(|_| self.error(start, &format!("Bad token {text}")))
    }

    fn quoted_identifier(&mut self) -> Checked<String> {
        let start = self.position;
        let text = format!("\"{}\"", self.until('"')?);
        loads(&text).map(|value| shown(&value)).map_err(|message| {
            // Without the place in the string.
            self.error(start, message.split(':').next().unwrap_or_default())
        })
    }

    /// The text of a `LexerError`.
    fn error(&self, position: usize, message: &str) -> String {
        format!("Bad jmespath expression: {message}:\n{}\n{}^", self.expression, " ".repeat(position))
    }
}
