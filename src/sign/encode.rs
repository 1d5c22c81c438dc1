//! Percent-encoding, one encoder for what is signed and what is printed.
//!
//! Every byte but `A-Z a-z 0-9 - . _ ~` becomes `%XX` with upper-case hexadecimal digits (AWS
//! "UriEncode", and both programs' `quote`); a path keeps its `/` besides.

/// Which bytes stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Unreserved characters only: query names and values, a bucket in a path.
    Unreserved,
    /// Those and `/`: object keys.
    Slash,
}

/// For each byte: bit 0 if it is unreserved, bit 1 if an object key keeps it.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => 3,
            b'/' => 2,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// `%00%01…%FF`.
const ESCAPES: &str = {
    const BYTES: [u8; 3 * 256] = {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        let mut bytes = [b'%'; 3 * 256];
        let mut byte = 0;
        while byte < 256 {
            bytes[3 * byte + 1] = HEX[byte >> 4];
            bytes[3 * byte + 2] = HEX[byte & 15];
            byte += 1;
        }
        bytes
    };
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

/// A SHA-256 hash in lower-case hexadecimal digits, eight at a time: the nibbles of a word are
/// spread over the bytes of a longer one, and those above 9 moved up to the letters.
pub fn hex(hash: &[u8; 32]) -> [u8; 64] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut out = [0; 64];
    for (digits, &word) in out.as_chunks_mut().0.iter_mut().zip(hash.as_chunks().0) {
        let mut x = u64::from(u32::from_be_bytes(word));
        x = (x | x << 16) & 0x0000_ffff_0000_ffff;
        x = (x | x << 8) & 0x00ff_00ff_00ff_00ff;
        x = (x | x << 4) & 0x0f0f_0f0f_0f0f_0f0f;
        let letters = (x + 6 * ONES) >> 4 & ONES;
        *digits = (x + 0x30 * ONES + letters * 0x27).to_be_bytes();
    }
    out
}

/// Where encoded text goes.
pub trait Sink {
    fn put(&mut self, text: &str);
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Sink for Vec<u8> {
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

/// Appends the encoded form of `text` (raw) to `out`.
pub fn push(out: &mut impl Sink, text: &str, keep: Keep) {
    let mask = match keep {
        Keep::Unreserved => 1,
        Keep::Slash => 2,
    };
    let mut rest = text;
    loop {
        // A run of kept bytes ends at an ASCII byte or at a character's first byte.
        let run = rest.bytes().position(|byte| CLASS[usize::from(byte)] & mask == 0).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(run);
        out.put(run);
        let mut characters = tail.chars();
        let Some(character) = characters.next() else { return };
        for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
            let at = 3 * usize::from(byte);
            out.put(&ESCAPES[at..at + 3]);
        }
        rest = characters.as_str();
    }
}

/// The encoded form of `text` (raw).
pub fn encode(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text, keep);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        let hash: [u8; 32] = std::array::from_fn(|at| (at * 37 % 256) as u8);
        let text: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex(&hash), text.as_bytes());
        assert_eq!(hex(&[0xff; 32]), [b'f'; 64]);
    }

    use proptest::prelude::*;

    fn decode(text: &str) -> Vec<u8> {
        let mut bytes = text.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            if byte != b'%' {
                out.push(byte);
                continue;
            }
            let hex = [bytes.next(), bytes.next()].map(|b| (b.expect("two digits") as char).to_digit(16).expect("hex"));
            out.push((hex[0] * 16 + hex[1]) as u8);
        }
        out
    }

    #[test]
    fn encodes_as_both_programs() {
        assert_eq!(
            encode("a b+~!*'();:@&=$,[]%é/", Keep::Slash),
            "a%20b%2B~%21%2A%27%28%29%3B%3A%40%26%3D%24%2C%5B%5D%25%C3%A9/"
        );
        assert_eq!(encode("a/b\\\u{7f}", Keep::Unreserved), "a%2Fb%5C%7F");
        assert_eq!(encode("", Keep::Slash), "");
    }

    proptest! {
        #[test]
        fn round_trip(text in any::<String>(), slash in any::<bool>()) {
            let keep = if slash { Keep::Slash } else { Keep::Unreserved };
            let encoded = encode(&text, keep);
            prop_assert_eq!(decode(&encoded), text.as_bytes());
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%/".contains(&b)));
            prop_assert!(slash || !encoded.contains('/'));
        }
    }
}
