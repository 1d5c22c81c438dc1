//! `int(str)`: what it accepts, the normalised decimal, and its error text.

use super::repr::repr;
use super::space::is_space;

/// The code points of the digit zero in every script that has decimal digits (Unicode 14, the
/// version of CPython 3.11); the nine after each are its other digits.
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60,
    0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// More digits than this are an error (`sys.int_info.default_max_str_digits`).
const MAX_DIGITS: usize = 4300;

/// The value of a decimal digit of any script, as `unicodedata.decimal`.
pub fn decimal_digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let code = c as u32;
    let zero = ZEROS[..ZEROS.partition_point(|&z| z <= code)].last()?;
    u8::try_from(code - zero).ok().filter(|&d| d < 10)
}

/// A Python integer of any size, as the decimal text that `str()` or `%d` would print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Int(String);

impl Int {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if 64 bits hold it.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

impl Int {
    /// A positive number's value modulo 2⁶⁴.
    pub fn modulo_u64(&self) -> u64 {
        let digits = self.0.bytes().filter(u8::is_ascii_digit);
        digits.fold(0, |value: u64, digit| value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')))
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

/// Without the spaces that `int` takes away: of ASCII only what C calls a space is one.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| match c.is_ascii() {
        true => matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r'),
        false => is_space(c),
    })
}

/// `int(text)`; the error is the text of Python's `ValueError`.
pub fn int(text: &str) -> Result<Int, String> {
    let invalid = || {
        let shown: String = repr(text).chars().take(200).collect();
        format!("invalid literal for int() with base 10: {shown}")
    };
    let body = trim(text);
    let (negative, body) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let mut digits = String::with_capacity(body.len());
    let mut may_underscore = false;
    for c in body.chars() {
        if c == '_' && may_underscore {
            may_underscore = false;
            continue;
        }
        let digit = decimal_digit(c).ok_or_else(invalid)?;
        digits.push((b'0' + digit) as char);
        may_underscore = true;
    }
    if !may_underscore {
        return Err(invalid());
    }
    if digits.len() > MAX_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} \
             digits; use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        ));
    }
    let digits = digits.trim_start_matches('0');
    Ok(Int(match (digits, negative) {
        ("", _) => "0".to_owned(),
        (digits, true) => format!("-{digits}"),
        (digits, false) => digits.to_owned(),
    }))
}

/// `int(text, radix)` for the radices 2, 8 and 16, whose prefix may stand before the digits.
/// `None` is a `ValueError`, or a number beyond 127 bits.
pub fn int_in_base(text: &str, radix: u32) -> Option<Int> {
    let body = trim(text);
    let (negative, body) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let letter = match radix {
        2 => 'b',
        8 => 'o',
        _ => 'x',
    };
    let prefix = |upper: bool| ['0', if upper { letter.to_ascii_uppercase() } else { letter }];
    let after = [false, true].iter().find_map(|&upper| body.strip_prefix(&String::from_iter(prefix(upper))));
    let mut may_underscore = after.is_some();
    let mut value: i128 = 0;
    let mut digits = after.unwrap_or(body).chars().peekable();
    digits.peek()?;
    for c in digits {
        if c == '_' && may_underscore {
            may_underscore = false;
            continue;
        }
        let digit = c.to_digit(radix).or_else(|| decimal_digit(c).map(u32::from).filter(|&digit| digit < radix))?;
        value = value.checked_mul(i128::from(radix))?.checked_add(i128::from(digit))?;
        may_underscore = true;
    }
    may_underscore.then(|| Int(if negative { -value } else { value }.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_python_accepts() {
        for (text, value) in [
            ("60", "60"),
            (" 60 ", "60"),
            ("60\n", "60"),
            ("\x0b7\u{85}", "7"),
            ("+60", "60"),
            ("-5", "-5"),
            ("-0", "0"),
            ("1_000", "1000"),
            ("007", "7"),
            ("\u{661}\u{662}\u{663}", "123"),
            ("\u{ff11}2", "12"),
            ("99999999999999999999999", "99999999999999999999999"),
        ] {
            assert_eq!(int(text).as_ref().map(Int::as_str), Ok(value), "{text:?}");
        }
    }

    #[test]
    fn reads_other_bases() {
        for (text, radix, value) in [
            ("0x10", 16, Some("16")),
            ("0X_ff", 16, Some("255")),
            (" 0o17 ", 8, Some("15")),
            ("017", 8, Some("15")),
            ("0_7", 8, Some("7")),
            ("-1", 2, Some("-1")),
            ("0x", 16, None),
            ("0x-1", 16, None),
            ("_1", 2, None),
            ("08", 8, None),
            ("0x1_", 16, None),
            ("", 8, None),
        ] {
            assert_eq!(int_in_base(text, radix).as_ref().map(Int::as_str), value, "{text:?}");
        }
    }

    #[test]
    fn refuses_what_python_refuses() {
        for text in ["", " ", "+", "--1", "+ 1", "_1", "1_", "1__0", "1.5", "1e3", "0x10", "\u{b2}"] {
            let error = int(text).expect_err(text);
            assert!(error.starts_with("invalid literal for int() with base 10: '"), "{error}");
        }
        assert_eq!(int("it's").expect_err("text"), "invalid literal for int() with base 10: \"it's\"");
        assert!(int(&"9".repeat(4300)).is_ok());
        assert!(int(&"9".repeat(4301)).expect_err("too long").starts_with("Exceeds the limit (4300 digits)"));
        assert_eq!(int(&"x".repeat(300)).expect_err("x").len(), 40 + 200);
    }
}
