//! Version 4A links are verified, not compared: the public key follows from the access key and
//! the secret, and the canonical request is built anew from the link.

use aws_sigv4::sign::v4a::generate_signing_key;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// Whether the keys signed the link.
pub fn is_signed(url: &str, access_key: &str, secret: &str) -> bool {
    let (base, query) = url.trim_end().split_once('?').expect("a query");
    let (origin, path) = base.split_at(base.match_indices('/').nth(2).map_or(base.len(), |(at, _)| at));
    let host = origin.rsplit('/').next().unwrap_or_default().to_lowercase();
    let host = host.rsplit('@').next().unwrap_or_default();
    let mut pairs: Vec<&str> = query.split('&').collect();
    let signature = pairs.pop().and_then(|pair| pair.strip_prefix("X-Amz-Signature=")).expect("the signature is last");
    let value =
        |name: &str| pairs.iter().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).expect("a parameter");
    let (date, credential) = (value("X-Amz-Date"), value("X-Amz-Credential").replace("%2F", "/"));
    let scope = credential.strip_prefix(access_key).and_then(|rest| rest.strip_prefix('/')).expect("the access key");
    let mut sorted = pairs.clone();
    sorted.sort_unstable();
    let canonical = format!("GET\n{path}\n{}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD", sorted.join("&"));
    let hash: String = Sha256::digest(canonical.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!("AWS4-ECDSA-P256-SHA256\n{date}\n{scope}\n{hash}");

    let key = generate_signing_key(access_key, secret);
    let key = VerifyingKey::from(&SigningKey::from_slice(key.as_ref()).expect("a private key"));
    let bytes: Vec<u8> = (0..signature.len() / 2)
        .map(|i| u8::from_str_radix(&signature[2 * i..2 * i + 2], 16).expect("hexadecimal"))
        .collect();
    DerSignature::from_bytes(&bytes).is_ok_and(|signature| key.verify(text.as_bytes(), &signature).is_ok())
}
