//! One call of the program, as a value: what it was given and where its output goes.
//!
//! Nothing below this looks at the process: the same call can be made a thousand times a second
//! in a test, with its own environment, folder and clock.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The environment: the process's own, asked variable by variable, or a given one.
#[derive(Clone)]
pub enum Env {
    Process,
    Given(HashMap<OsString, OsString>),
}

impl Env {
    /// An environment of just these variables.
    pub fn given<K: Into<OsString>, V: Into<OsString>>(variables: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Given(variables.into_iter().map(|(k, v)| (k.into(), v.into())).collect())
    }

    /// A variable's value, even if empty. Names with `=` or NUL are not set.
    pub fn get(&self, name: &str) -> Option<OsString> {
        match self {
            Self::Process => std::env::var_os(name),
            Self::Given(variables) => variables.get(std::ffi::OsStr::new(name)).cloned(),
        }
    }

    /// A variable's value, unless it is unset or empty.
    pub fn non_empty(&self, name: &str) -> Option<OsString> {
        self.get(name).filter(|value| !value.is_empty())
    }
}

/// What one call is a function of.
pub struct Invocation {
    /// The name that the program was called by, with its folder if it had one.
    pub program: OsString,
    /// The arguments after it: any bytes.
    pub args: Vec<OsString>,
    pub env: Env,
    /// What relative file names are relative to; `None`: the process's own folder.
    pub folder: Option<PathBuf>,
    pub now: SystemTime,
}

impl Invocation {
    /// The call that this process is.
    pub fn of_process() -> Self {
        let mut args = std::env::args_os();
        Self {
            program: args.next().unwrap_or_default(),
            args: args.collect(),
            env: Env::Process,
            folder: None,
            now: SystemTime::now(),
        }
    }

    /// A file name as this call means it.
    pub fn path(&self, name: &Path) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(name),
            None => name.to_owned(),
        }
    }
}

/// Where a call's output goes.
pub struct Streams<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// How a call ends.
#[derive(Debug)]
pub enum Outcome {
    /// All is said; leave with this status.
    Exit(u8),
    /// Become this command (the real program, with what it needs).
    HandOn(Command),
}
