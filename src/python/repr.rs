//! `repr(str)`.

/// Python's `repr` of a text: single quotes unless it holds some and no double ones; what cannot
/// be printed is escaped.
pub fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if (c as u32) < 0x10000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push(quote);
    out
}

/// `str.isprintable()` of one character. Rust's own escaping follows the same Unicode categories;
/// it adds combining marks at the start of a text, hence the letter in front.
fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    let mut text = [0; 8];
    text[0] = b'a';
    let length = 1 + c.encode_utf8(&mut text[1..]).len();
    std::str::from_utf8(&text[..length]).is_ok_and(|text| text.escape_debug().nth(1) == Some(c))
}

/// `repr` of text that holds bytes that are not UTF-8, which Python keeps as lone surrogates:
/// they show as `\udcXX`.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let mut valid = String::new();
    for piece in bytes.utf8_chunks() {
        valid.push_str(piece.valid());
        // A private-use character that repr() escapes stands in for each bad byte, to be renamed.
        valid.extend(piece.invalid().iter().map(|&b| stand_in(b)));
    }
    let mut out = repr(&valid);
    for byte in 0x80..=0xff_u8 {
        let escaped = format!("\\U{:08x}", stand_in(byte) as u32);
        if out.contains(&escaped) {
            out = out.replace(&escaped, &format!("\\udc{byte:02x}"));
        }
    }
    out
}

/// `repr(bytes)`.
pub fn repr_of_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b if b as char == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(byte as char),
            byte => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

fn stand_in(byte: u8) -> char {
    char::from_u32(0x10_FE00 + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        for (text, shown) in [
            ("abc", "'abc'"),
            ("it's", "\"it's\""),
            ("a'b\"c", "'a\\'b\"c'"),
            ("a\\\n\t\u{1}\u{7f}", "'a\\\\\\n\\t\\x01\\x7f'"),
            ("\u{e9}\u{65e5}\u{301}", "'\u{e9}\u{65e5}\u{301}'"),
            ("\u{a0}\u{ad}\u{200b}\u{e000}\u{10ffff}", "'\\xa0\\xad\\u200b\\ue000\\U0010ffff'"),
        ] {
            assert_eq!(repr(text), shown);
        }
        assert_eq!(repr_bytes(b"a\xff\xc3\xa9"), "'a\\udcff\u{e9}'");
        assert_eq!(repr_of_bytes(b"it's\n\xff"), "b\"it's\\n\\xff\"");
    }
}
