//! `json.loads`: what Python reads, and the text of its errors, as of CPython 3.14. A surrogate
//! alone is an error here, since no text of ours can hold one.

use super::repr::repr;

/// How deep lists and objects may stand in each other.
const DEEPEST: usize = 1000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// An integer of any size, as Python shows it.
    Int(String),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    /// Each name once: the last value of a name, where the name came first.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a name in an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(pairs) = self else { return None };
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The name of its type in Python.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::List(_) => "list",
            Self::Object(_) => "dict",
        }
    }
}

/// `json.loads(text)`.
pub fn loads(text: &str) -> Result<Value, String> {
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0, depth: 0 };
    if chars.first() == Some(&'\u{feff}') {
        return Err(reader.error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    reader.space();
    let value = reader.value()?;
    reader.space();
    match reader.here() {
        None => Ok(value),
        Some(_) => Err(reader.error("Extra data", reader.at)),
    }
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn error(&self, what: &str, at: usize) -> String {
        let before = &self.chars[..at.min(self.chars.len())];
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
        format!("{what}: line {line} column {column} (char {at})")
    }

    fn here(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.here(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    /// Whether a word stands here; if so, it is read.
    fn word(&mut self, word: &str) -> bool {
        let is_here = word.chars().enumerate().all(|(ahead, c)| self.chars.get(self.at + ahead) == Some(&c));
        if is_here {
            self.at += word.len();
        }
        is_here
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.here() {
            Some('"') => self.string().map(Value::Text),
            Some('{') => self.within(Self::object),
            Some('[') => self.within(Self::list),
            _ if self.word("null") => Ok(Value::Null),
            _ if self.word("true") => Ok(Value::Bool(true)),
            _ if self.word("false") => Ok(Value::Bool(false)),
            _ if self.word("NaN") => Ok(Value::Float(f64::NAN)),
            _ if self.word("Infinity") => Ok(Value::Float(f64::INFINITY)),
            _ if self.word("-Infinity") => Ok(Value::Float(f64::NEG_INFINITY)),
            _ => self.number(),
        }
    }

    fn within(&mut self, read: fn(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth == DEEPEST {
            return Err("maximum recursion depth exceeded".to_owned());
        }
        self.depth += 1;
        self.at += 1;
        self.space();
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, String> {
        let mut pairs: Vec<(String, Value)> = Vec::new();
        while self.here() != Some('}') {
            if self.here() != Some('"') {
                return Err(self.error("Expecting property name enclosed in double quotes", self.at));
            }
            let name = self.string()?;
            self.space();
            if self.here() != Some(':') {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.space();
            let value = self.value()?;
            match pairs.iter_mut().find(|(key, _)| *key == name) {
                Some(pair) => pair.1 = value,
                None => pairs.push((name, value)),
            }
            if self.is_end('}', "object")? {
                break;
            }
        }
        self.at += 1;
        Ok(Value::Object(pairs))
    }

    fn list(&mut self) -> Result<Value, String> {
        let mut values = Vec::new();
        while self.here() != Some(']') {
            values.push(self.value()?);
            if self.is_end(']', "array")? {
                break;
            }
        }
        self.at += 1;
        Ok(Value::List(values))
    }

    /// What comes after a value: the end, or a comma with something behind it.
    fn is_end(&mut self, end: char, name: &str) -> Result<bool, String> {
        self.space();
        if self.here() == Some(end) {
            return Ok(true);
        }
        if self.here() != Some(',') {
            return Err(self.error("Expecting ',' delimiter", self.at));
        }
        let comma = self.at;
        self.at += 1;
        self.space();
        if self.here() == Some(end) {
            return Err(self.error(&format!("Illegal trailing comma before end of {name}"), comma));
        }
        Ok(false)
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.here().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        self.word("-");
        // A zero in front stands alone.
        if !self.word("0") && self.digits() == 0 {
            return Err(self.error("Expecting value", start));
        }
        let mut is_float = false;
        for marks in [&["."][..], &["e+", "e-", "E+", "E-", "e", "E"]] {
            let before = self.at;
            if marks.iter().any(|mark| self.word(mark)) {
                if self.digits() > 0 {
                    is_float = true;
                } else {
                    self.at = before;
                }
            }
        }
        let text: String = self.chars[start..self.at].iter().collect();
        Ok(match text.as_str() {
            "-0" => Value::Int("0".to_owned()),
            // A number of this form always parses.
            text if is_float => Value::Float(text.parse().unwrap_or_default()),
            text => Value::Int(text.to_owned()),
        })
    }

    fn string(&mut self) -> Result<String, String> {
        let begin = self.at;
        let unterminated = |reader: &Self| reader.error("Unterminated string starting at", begin);
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.here() else { return Err(unterminated(self)) };
            self.at += 1;
            match c {
                '"' => return Ok(out),
                '\\' => {
                    let Some(escape) = self.here() else { return Err(unterminated(self)) };
                    self.at += 1;
                    out.push(match escape {
                        '"' | '\\' | '/' => escape,
                        'b' => '\x08',
                        'f' => '\x0c',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'u' => self.unicode(out.chars().count())?,
                        _ => return Err(self.error("Invalid \\escape", self.at - 2)),
                    });
                }
                c if c < ' ' => return Err(self.error("Invalid control character at", self.at - 1)),
                c => out.push(c),
            }
        }
    }

    /// The four digits of a `\u`, with those of a second one if both make one character. `position`
    /// is where it stands in its string.
    fn unicode(&mut self, position: usize) -> Result<char, String> {
        let first = self.four()?;
        let end = self.at;
        if (0xd800..0xdc00).contains(&first) && end + 6 < self.chars.len() && self.word("\\u") {
            let second = self.four()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = end;
        char::from_u32(first).ok_or_else(|| {
            let what = format!("character '\\u{first:04x}' in position {position}");
            format!("'utf-8' codec can't encode {what}: surrogates not allowed")
        })
    }

    fn four(&mut self) -> Result<u32, String> {
        let start = self.at;
        // Python wants a character behind them, if only the closing quote.
        if start + 4 >= self.chars.len() {
            return Err(self.error("Invalid \\uXXXX escape", start - 1));
        }
        self.at += 4;
        let digits = self.chars[start..self.at].iter().map(|c| c.to_digit(16));
        digits
            .reduce(|number, digit| Some(number? * 16 + digit?))
            .flatten()
            .ok_or_else(|| self.error("Invalid \\uXXXX escape", start - 1))
    }
}

/// How Python's `str()` shows a value.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(number) => number.clone(),
        Value::Float(number) => float(*number),
        Value::Text(text) => text.clone(),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(shown_within).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Object(values) => {
            let values: Vec<String> =
                values.iter().map(|(key, value)| format!("{}: {}", repr(key), shown_within(value))).collect();
            format!("{{{}}}", values.join(", "))
        }
    }
}

/// `repr()`, as lists and dictionaries show what is in them.
fn shown_within(value: &Value) -> String {
    match value {
        Value::Text(text) => repr(text),
        other => shown(other),
    }
}

/// `repr()` of a float: the shortest digits, with an exponent from 16 digits on, or four zeros.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..16).contains(&exponent) => {
            format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
        }
        _ => format!("{number:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text is CPython 3.14's.
    #[test]
    fn errors_as_pythons() {
        for (text, error) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("oops", "Expecting value: line 1 column 1 (char 0)"),
            ("  \n", "Expecting value: line 2 column 1 (char 3)"),
            ("nul", "Expecting value: line 1 column 1 (char 0)"),
            ("{} x", "Extra data: line 1 column 4 (char 3)"),
            ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{a: 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
            ("{\"a\": 1 \"b\": 2}", "Expecting ',' delimiter: line 1 column 9 (char 8)"),
            ("{\"a\": }", "Expecting value: line 1 column 7 (char 6)"),
            ("{\"a\": \"b", "Unterminated string starting at: line 1 column 7 (char 6)"),
            ("{\"a\":01}", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
            ("{\"a\": 1,}", "Illegal trailing comma before end of object: line 1 column 8 (char 7)"),
            ("[1, ]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"),
            ("\"\\q\"", "Invalid \\escape: line 1 column 2 (char 1)"),
            ("\"\\u12\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\"a\tb\"", "Invalid control character at: line 1 column 3 (char 2)"),
            ("\u{feff}{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
        ] {
            assert_eq!(loads(text), Err(error.to_owned()), "{text:?}");
        }
        assert!(loads(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn values() {
        for (text, as_str) in [
            ("{\"b\": [1, 1.5, \"it's\"], \"a\": null, \"b\": true}", "{'b': True, 'a': None}"),
            ("[123456789012345678901234567890, -0, 1e16, 1E-5, 0.0001, 1e400]", ""),
            ("\"\\ud83d\\ude00\\u00e9\"", "\u{1f600}\u{e9}"),
            ("[NaN, -Infinity]", "[nan, -inf]"),
        ] {
            let as_str = match as_str {
                "" => "[123456789012345678901234567890, 0, 1e+16, 1e-05, 0.0001, inf]",
                other => other,
            };
            assert_eq!(loads(text).map(|value| shown(&value)).as_deref(), Ok(as_str), "{text}");
        }
    }
}
