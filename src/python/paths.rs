//! `os.path.expandvars` and `os.path.expanduser`.

use crate::invocation::Env;
use crate::os;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The home folder: `HOME` as it stands, even if empty; the password file's entry if it is unset.
pub fn home(env: &Env) -> OsString {
    env.get("HOME").or_else(|| dirs::home_dir().map(PathBuf::into_os_string)).unwrap_or_default()
}

/// `~` and `~name` in front become a home folder; text that names no known user stays.
pub fn expand_user(path: &OsStr, env: &Env) -> OsString {
    let Some(rest) = path.as_encoded_bytes().strip_prefix(b"~") else {
        return path.to_owned();
    };
    let name = rest.split(|&b| b == b'/').next().unwrap_or_default();
    let home = if name.is_empty() {
        home(env)
    } else {
        match std::str::from_utf8(name).ok().and_then(home_of) {
            Some(home) => home,
            None => return path.to_owned(),
        }
    };
    let home = home.as_encoded_bytes();
    let end = home.iter().rposition(|&b| b != b'/').map_or(0, |last| last + 1);
    let expanded = [&home[..end], &rest[name.len()..]].concat();
    if expanded.is_empty() { "/".into() } else { os::from_bytes(&expanded) }
}

/// The home folder of a named user, from the password file.
fn home_of(user: &str) -> Option<OsString> {
    let passwd = std::fs::read_to_string("/etc/passwd").ok()?;
    let mut lines = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    lines.find(|fields| fields.len() >= 6 && fields[0] == user).map(|fields| fields[5].into())
}

/// `$NAME` and `${NAME}` become the variable's value; unset ones stay as they are.
pub fn expand_vars(path: &OsStr, env: &Env) -> OsString {
    if !path.as_encoded_bytes().contains(&b'$') {
        return path.to_owned();
    }
    let Some(text) = path.to_str() else { return path.to_owned() };
    let mut out = OsString::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push(&rest[..at]);
        let after = &rest[at + 1..];
        let (name, length) = match after.strip_prefix('{') {
            Some(braced) => match braced.find('}') {
                Some(end) => (&braced[..end], end + 2),
                None => ("", 0),
            },
            None => {
                let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        match env.get(name).filter(|_| length > 0) {
            Some(value) => out.push(value),
            None => out.push(&rest[at..at + 1 + length]),
        }
        rest = &after[length..];
    }
    out.push(rest);
    out
}

/// A file below the home folder, as `expanduser("~/name")`.
pub fn in_home(name: &str, env: &Env) -> PathBuf {
    PathBuf::from(expand_user(OsStr::new(&format!("~/{name}")), env))
}

/// A file that a setting names: variables first, then the home folder.
pub fn expand(path: &OsStr, env: &Env) -> PathBuf {
    PathBuf::from(expand_user(&expand_vars(path, env), env))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expands() {
        let env = Env::given([("HOME", "/h/"), ("A", "x"), ("A_B", "y z")]);
        let vars = |text: &str| expand_vars(OsStr::new(text), &env).into_string().expect("text");
        assert_eq!(vars("$A/${A_B}/$NO/${NO}/$/${A"), "x/y z/$NO/${NO}/$/${A");
        let user = |text: &str| expand_user(OsStr::new(text), &env).into_string().expect("text");
        assert_eq!(user("~/c"), "/h/c");
        assert_eq!(user("~"), "/h");
        assert_eq!(user("a~"), "a~");
        assert_eq!(user("~no-such-user/x"), "~no-such-user/x");
        let empty = Env::given([("HOME", "")]);
        assert_eq!(expand_user(OsStr::new("~/c"), &empty), "/c");
    }
}
