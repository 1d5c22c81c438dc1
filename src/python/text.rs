//! Text that may hold bytes that are not UTF-8, as Python's `surrogateescape` carries it.
//!
//! Arguments and the environment are any bytes. Python keeps a bad byte `XX` as the lone
//! surrogate `U+DCXX`; it shows as `\udcXX` in messages, becomes `?` where the program encodes
//! with `errors='replace'`, and is an error where it encodes strictly.

use std::borrow::Cow;
use std::ffi::OsStr;

/// The text as a message shows it (`errors='backslashreplace'`).
pub fn shown(text: &OsStr) -> Cow<'_, str> {
    replace_bad(text.as_encoded_bytes(), |byte| format!("\\udc{byte:02x}"))
}

/// The text as `encode('utf-8', 'replace')` leaves it: each bad byte is `?`.
pub fn replaced(bytes: &[u8]) -> Cow<'_, str> {
    replace_bad(bytes, |_| "?".to_owned())
}

fn replace_bad(bytes: &[u8], with: impl Fn(u8) -> String) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.utf8_chunks().fold(String::new(), |mut out, chunk| {
            out.push_str(chunk.valid());
            out.extend(chunk.invalid().iter().map(|&byte| with(byte)));
            out
        })),
    }
}

/// `encode('utf-8')`; the error is the text of Python's `UnicodeEncodeError`.
pub fn encode(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| {
        let mut start = 0;
        let mut run: Vec<u8> = Vec::new();
        for chunk in bytes.utf8_chunks() {
            if !run.is_empty() && !chunk.valid().is_empty() {
                break;
            }
            if run.is_empty() {
                start += chunk.valid().chars().count();
            }
            run.extend(chunk.invalid());
        }
        let what = match run.as_slice() {
            [byte] => format!("character '\\udc{byte:02x}' in position {start}"),
            run => format!("characters in position {start}-{}", start + run.len() - 1),
        };
        format!("'utf-8' codec can't encode {what}: surrogates not allowed")
    })
}

/// The strict decoding of a file: the error is the text of Python's `UnicodeDecodeError`.
pub fn decode(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let first = bytes[at];
        let reason = match error.error_len() {
            None => "unexpected end of data",
            Some(_) if matches!(first, 0x80..=0xc1 | 0xf5..) => "invalid start byte",
            Some(_) => "invalid continuation byte",
        };
        let length = error.error_len().unwrap_or(bytes.len() - at);
        if length == 1 {
            format!("'utf-8' codec can't decode byte 0x{first:02x} in position {at}: {reason}")
        } else {
            format!("'utf-8' codec can't decode bytes in position {at}-{}: {reason}", at + length - 1)
        }
    })
}

/// What `strerror` says of an input or output error, without Rust's "(os error N)".
pub fn strerror(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rfind(" (os error ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// `str(OSError)`: `[Errno 28] No space left on device`.
pub fn io_error(error: &std::io::Error) -> String {
    format!("[Errno {}] {}", error.raw_os_error().unwrap_or(0), strerror(error))
}

/// `str(OSError)` for a file: `[Errno 2] No such file or directory: 'x'`.
pub fn os_error(error: &std::io::Error, path: &OsStr) -> String {
    format!("{}: {}", io_error(error), super::repr::repr_bytes(path.as_encoded_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_bytes() {
        assert_eq!(replaced(b"a\xff\xfe/b"), "a??/b");
        assert_eq!(
            encode(b"ab\xff").expect_err("bad"),
            "'utf-8' codec can't encode character '\\udcff' in position 2: surrogates not allowed"
        );
        assert_eq!(
            encode(b"\xc3\xa9\xff\xfec\xfd").expect_err("bad"),
            "'utf-8' codec can't encode characters in position 1-2: surrogates not allowed"
        );
    }

    #[test]
    fn decode_errors_are_worded_as_pythons() {
        for (bytes, error) in [
            (&b"key=\xff"[..], "byte 0xff in position 4: invalid start byte"),
            (b"caf\xe9 x", "byte 0xe9 in position 3: invalid continuation byte"),
            (b"\xe9\x80x", "bytes in position 0-1: invalid continuation byte"),
            (b"a\xe9\x80", "bytes in position 1-2: unexpected end of data"),
            (b"a\xe9", "byte 0xe9 in position 1: unexpected end of data"),
        ] {
            assert_eq!(decode(bytes).expect_err("bad"), format!("'utf-8' codec can't decode {error}"));
        }
    }
}
