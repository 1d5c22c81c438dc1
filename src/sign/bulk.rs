//! Version 4 links by the million: everything that the links of one bucket share in one second is
//! computed once.
//!
//! What is left for each link: its key is encoded once, into the URL, and copied into the canonical
//! request; the canonical request is hashed; the rest of the string to sign and the outer block of
//! its HMAC are compressed from states that are ready. The texts are [`v4`]'s own, cut where the
//! key or the hash goes.

use super::Credentials;
use super::encode::{Keep, hex, push};
use super::v4::{self, Request, Scope};
use sha2::block_api::compress256;
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::{Zeroize, Zeroizing};

/// A SHA-256 state between two blocks.
type State = [u32; 8];

const BLOCK: usize = 64;
const SECONDS_A_DAY: u64 = 86_400;

/// SHA-256's initial state (FIPS 180-4, 5.3.3).
const INITIAL: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The length of a hash or signature in hexadecimal digits.
const HEX: usize = 64;

/// Signs links of one bucket. `request.path` is the percent-encoded path up to the key.
pub struct Bulk {
    /// The seconds since 1970 for which the texts hold.
    second: u64,
    key: HmacKey,
    /// The URL before the key, and after it up to the signature.
    url_head: Vec<u8>,
    url_tail: Vec<u8>,
    /// A canonical request; what stands before the key stays from link to link.
    canonical: Vec<u8>,
    canonical_head: usize,
    canonical_tail: Vec<u8>,
    /// The inner state after the whole blocks of what stands before the hash in the string to sign.
    inner: Zeroizing<State>,
    /// The rest of the string to sign, padded: the hash goes to `hash_at`.
    rest: [u8; 3 * BLOCK],
    rest_blocks: usize,
    hash_at: usize,
    /// The outer block of the HMAC, padded: the inner hash goes to its start.
    outer: [u8; BLOCK],
}

/// The two states of HMAC-SHA256 after the padded key, as good as the key itself.
#[derive(Default)]
struct HmacKey {
    inner: Zeroizing<State>,
    outer: Zeroizing<State>,
}

impl HmacKey {
    /// The signing key is a hash: half a block.
    fn new(key: &[u8]) -> Self {
        let padded = |pad: u8| {
            let mut block = [pad; BLOCK];
            block.iter_mut().zip(key).for_each(|(block, key)| *block ^= key);
            let mut state = Zeroizing::new(INITIAL);
            compress256(&mut state, &[block]);
            block.zeroize();
            state
        };
        Self { inner: padded(0x36), outer: padded(0x5c) }
    }
}

impl Bulk {
    pub fn new(request: &Request, credentials: &Credentials, scope: &Scope) -> Self {
        let mut outer = [0; BLOCK];
        let length = size_of::<State>();
        outer[length] = 0x80;
        outer[BLOCK - 8..].copy_from_slice(&bits(BLOCK + length));
        let mut bulk = Self {
            second: 0,
            key: HmacKey::new(v4::signing_key(credentials, scope).as_ref()),
            url_head: [request.origin, request.path].concat().into_bytes(),
            url_tail: Vec::new(),
            canonical: Vec::new(),
            canonical_head: 0,
            canonical_tail: Vec::new(),
            inner: Zeroizing::default(),
            rest: [0; 3 * BLOCK],
            rest_blocks: 0,
            hash_at: 0,
            outer,
        };
        bulk.write_texts(request, credentials, scope);
        bulk
    }

    /// Goes on at another time, with everything else as it was. The signing key follows the day.
    pub fn set_time(&mut self, request: &Request, credentials: &Credentials, scope: &Scope) {
        let second = seconds(scope.time);
        if second == self.second {
            return;
        }
        if second / SECONDS_A_DAY != self.second / SECONDS_A_DAY {
            self.key = HmacKey::new(v4::signing_key(credentials, scope).as_ref());
        }
        self.write_texts(request, credentials, scope);
    }

    fn write_texts(&mut self, request: &Request, credentials: &Credentials, scope: &Scope) {
        self.second = seconds(scope.time);
        let (query, canonical, string_to_sign) = v4::unsigned(request, credentials, scope);
        let url = query.url(request, "");
        self.url_tail = url.as_bytes()[self.url_head.len()..].to_vec();
        self.canonical_head = request.method.len() + 1 + request.path.len();
        self.canonical = canonical.as_bytes()[..self.canonical_head].to_vec();
        self.canonical_tail = canonical.as_bytes()[self.canonical_head..].to_vec();

        let before_hash = &string_to_sign.as_bytes()[..string_to_sign.len() - HEX];
        let (blocks, rest) = before_hash.as_chunks::<BLOCK>();
        self.inner = self.key.inner.clone();
        compress256(&mut self.inner, blocks);
        self.hash_at = rest.len();
        let end = rest.len() + HEX;
        self.rest = [0; 3 * BLOCK];
        self.rest[..rest.len()].copy_from_slice(rest);
        self.rest[end] = 0x80;
        self.rest_blocks = (end + 1 + 8).div_ceil(BLOCK);
        let padded = self.rest_blocks * BLOCK;
        self.rest[padded - 8..padded].copy_from_slice(&bits(BLOCK + string_to_sign.len()));
    }

    /// Appends the link of a key (raw).
    pub fn push(&mut self, key: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.url_head);
        let key_at = out.len();
        push(out, key, Keep::Slash);
        let canonical = &mut self.canonical;
        canonical.truncate(self.canonical_head);
        canonical.extend_from_slice(&out[key_at..]);
        canonical.extend_from_slice(&self.canonical_tail);
        out.extend_from_slice(&self.url_tail);

        let mut state = INITIAL;
        compress256(&mut state, padded(canonical));
        self.rest[self.hash_at..self.hash_at + HEX].copy_from_slice(&hex(&bytes(&state)));
        let mut state = *self.inner;
        compress256(&mut state, &self.rest.as_chunks().0[..self.rest_blocks]);
        self.outer[..size_of::<State>()].copy_from_slice(&bytes(&state));
        let mut state = *self.key.outer;
        compress256(&mut state, &[self.outer]);
        out.extend_from_slice(&hex(&bytes(&state)));
    }

    /// The blocks that SHA-256 compresses for a link of so many bytes of encoded key.
    pub fn blocks(&self, encoded: usize) -> usize {
        let canonical = self.canonical_head + encoded + self.canonical_tail.len();
        (canonical + 1 + 8).div_ceil(BLOCK) + self.rest_blocks + 1
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A message's length (in bytes) as its padding has it: in bits, big-endian.
fn bits(length: usize) -> [u8; 8] {
    (length as u64 * 8).to_be_bytes()
}

/// The blocks of a whole message, padded in place.
fn padded(message: &mut Vec<u8>) -> &[[u8; BLOCK]] {
    let length = message.len();
    message.push(0x80);
    message.resize((length + 1 + 8).next_multiple_of(BLOCK) - 8, 0);
    message.extend_from_slice(&bits(length));
    message.as_chunks().0
}

/// A last state is the hash.
fn bytes(state: &State) -> [u8; size_of::<State>()] {
    let mut out = [0; size_of::<State>()];
    for (bytes, word) in out.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::encode::encode;
    use crate::sign::example_credentials as credentials;
    use proptest::prelude::*;
    use std::time::Duration;

    fn request<'a>(host: &'a str, path: &'a str) -> Request<'a> {
        Request { method: "GET", origin: "https://h.example", host, path, query: &[] }
    }

    fn at(time: u64) -> Scope<'static> {
        let time = UNIX_EPOCH + Duration::from_secs(time);
        Scope { region: "eu-central-1", service: "s3", time, expires: "3600" }
    }

    fn one_by_one(host: &str, prefix: &str, key: &str, credentials: &Credentials, scope: &Scope) -> String {
        let path = format!("{prefix}{}", encode(key, Keep::Slash));
        v4::presign(&request(host, &path), credentials, scope).url
    }

    #[test]
    fn the_key_follows_the_day() {
        const MIDNIGHT: u64 = 20_000 * SECONDS_A_DAY;
        let credentials = credentials(None);
        let request = request("h.example", "/b/");
        let mut bulk = Bulk::new(&request, &credentials, &at(MIDNIGHT - 2));
        for second in [MIDNIGHT - 2, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + SECONDS_A_DAY, MIDNIGHT - 1] {
            let scope = at(second);
            bulk.set_time(&request, &credentials, &scope);
            let mut out = Vec::new();
            bulk.push("key", &mut out);
            let url = one_by_one("h.example", "/b/", "key", &credentials, &scope);
            assert_eq!(String::from_utf8(out).expect("UTF-8"), url, "{second}");
        }
    }

    proptest! {
        /// Every length of every part, so that each way of padding is met.
        #[test]
        fn as_one_by_one(
            keys in proptest::collection::vec("\\PC{0,90}", 1..4),
            host in "[a-z.]{1,70}",
            prefix in "/[a-z]{0,70}",
            region in "[a-z]{0,70}",
            token in proptest::option::of("[A-Za-z0-9/+=]{0,99}"),
            expires in "[0-9]{1,6}",
            time in 0_u64..4_000_000_000,
        ) {
            let credentials = credentials(token.as_deref());
            let scope = Scope { region: &region, expires: &expires, ..at(time) };
            let mut bulk = Bulk::new(&request(&host, &prefix), &credentials, &scope);
            for key in keys {
                let mut out = b"before ".to_vec();
                bulk.push(&key, &mut out);
                let url = format!("before {}", one_by_one(&host, &prefix, &key, &credentials, &scope));
                prop_assert_eq!(String::from_utf8(out).expect("UTF-8"), url);
            }
        }
    }
}
