//! JSON that Python's `json.loads` would read, and the text of its errors. What only Python reads
//! (`NaN`, `Infinity`, lone surrogates) is an error here.

use super::repr::repr;
use serde_json::Value;
use serde_json::error::Category;

const ILLEGAL_COMMA: &str = "Illegal trailing comma before end of object";

/// `json.loads(text)`.
pub fn loads(text: &str) -> Result<Value, String> {
    if text.starts_with('\u{feff}') {
        return Err("Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)".to_owned());
    }
    serde_json::from_str(text).map_err(|error| {
        let shown = error.to_string();
        let at = offset(text, error.line(), error.column());
        let (what, at) = match (error.classify(), shown.as_str()) {
            (_, shown) if shown.starts_with("trailing characters") => ("Extra data", at.saturating_sub(1)),
            (_, shown) if shown.starts_with("EOF while parsing a string") => {
                ("Unterminated string starting at", text.rfind('"').unwrap_or(at))
            }
            (_, shown) if shown.starts_with("control character") => {
                ("Invalid control character at", at.saturating_sub(1))
            }
            (_, shown) if shown.starts_with("invalid escape") => ("Invalid \\escape", at.saturating_sub(2)),
            (_, shown) if shown.starts_with("expected `:`") => ("Expecting ':' delimiter", at.saturating_sub(1)),
            (_, shown) if shown.starts_with("expected `,`") => ("Expecting ',' delimiter", at.saturating_sub(1)),
            (_, shown) if shown.starts_with("EOF while parsing an object") => {
                ("Expecting property name enclosed in double quotes", text.len())
            }
            (_, shown) if shown.starts_with("trailing comma") => {
                let end = at.saturating_sub(1);
                let is_list = text.as_bytes().get(end) == Some(&b']');
                let what = if is_list { "Illegal trailing comma before end of array" } else { ILLEGAL_COMMA };
                (what, text.as_bytes()[..end].iter().rposition(|&b| b == b',').unwrap_or(end))
            }
            (_, shown) if shown.starts_with("key must be") => {
                ("Expecting property name enclosed in double quotes", at.saturating_sub(1))
            }
            (Category::Eof, _) => ("Expecting value", start_of_word(text, text.len())),
            _ => ("Expecting value", start_of_word(text, at.saturating_sub(1))),
        };
        let at = text.floor_char_boundary(at);
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[..at].matches('\n').count() + 1;
        let column = text[line_start..at].chars().count() + 1;
        format!("{what}: line {line} column {column} (char {})", text[..at].chars().count())
    })
}

/// The byte at a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column).min(text.len())
}

/// serde_json points into a misspelt word, Python at its beginning.
fn start_of_word(text: &str, at: usize) -> usize {
    let word = text.as_bytes()[..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    at - word
}

/// How Python's `str()` shows a value.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(number) => float(number),
            None => number.to_string(),
        },
        Value::String(text) => text.clone(),
        Value::Array(values) => {
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
        Value::String(text) => repr(text),
        other => shown(other),
    }
}

/// The name of a value's type in Python.
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// `repr()` of a float: the shortest digits, with an exponent from 16 digits on, or four zeros.
fn float(number: f64) -> String {
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
            ("{\"a\": 1 ,\n}", "Illegal trailing comma before end of object: line 1 column 9 (char 8)"),
            ("[1,]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"),
            ("{\"a\": \"b", "Unterminated string starting at: line 1 column 7 (char 6)"),
        ] {
            assert_eq!(loads(text), Err(error.to_owned()), "{text:?}");
        }
    }
}
