//! Bytes of the platform's strings: arguments are cut and searched as bytes, never decoded first.

use std::ffi::OsString;

/// The platform's string of these bytes, which came out of one (exact on Unix; elsewhere what is
/// not Unicode is replaced).
pub fn from_bytes(bytes: &[u8]) -> OsString {
    #[cfg(unix)]
    {
        std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(bytes).into_owned().into()
    }
}
