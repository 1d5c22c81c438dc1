//! One call of the program, as a value: what it was given and where its output goes.
//!
//! Nothing below this looks at the process: the same call can be made a thousand times a second
//! in a test, with its own environment, folder and clock.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
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

/// The time while a call goes on, for calls that last.
#[derive(Clone)]
pub enum Clock {
    Process,
    Given(Arc<dyn Fn() -> SystemTime + Send + Sync>),
}

impl Clock {
    /// A clock that stands still.
    pub fn stopped(time: SystemTime) -> Self {
        Self::Given(Arc::new(move || time))
    }

    pub fn now(&self) -> SystemTime {
        match self {
            Self::Process => SystemTime::now(),
            Self::Given(clock) => clock(),
        }
    }
}

/// Which of the three streams are terminals: asked of the process when it matters, or given.
#[derive(Clone, Copy, Debug)]
pub enum Terminals {
    Process,
    Given { input: bool, out: bool, err: bool },
}

impl Terminals {
    pub fn input(self) -> bool {
        match self {
            Self::Process => io::stdin().is_terminal(),
            Self::Given { input, .. } => input,
        }
    }

    pub fn out(self) -> bool {
        match self {
            Self::Process => io::stdout().is_terminal(),
            Self::Given { out, .. } => out,
        }
    }

    pub fn err(self) -> bool {
        match self {
            Self::Process => io::stderr().is_terminal(),
            Self::Given { err, .. } => err,
        }
    }
}

/// What one call is a function of.
#[derive(Clone)]
pub struct Invocation {
    /// The name that the program was called by, with its folder if it had one.
    pub program: OsString,
    /// The arguments after it: any bytes.
    pub args: Vec<OsString>,
    pub env: Env,
    /// What relative file names are relative to; `None`: the process's own folder.
    pub folder: Option<PathBuf>,
    /// The time of the call.
    pub now: SystemTime,
    pub clock: Clock,
    pub terminals: Terminals,
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
            clock: Clock::Process,
            terminals: Terminals::Process,
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

/// Where a call's input comes from and its output goes. Calls that last use them from several
/// threads.
pub struct Streams<'a> {
    pub input: &'a mut (dyn Read + Send),
    pub out: &'a mut (dyn Write + Send),
    pub err: &'a mut (dyn Write + Send),
}

/// The process's standard input, which costs nothing until it is read.
pub struct Stdin;

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        io::stdin().read(buffer)
    }
}

/// How a call ends.
#[derive(Debug)]
pub enum Outcome {
    /// All is said; leave with this status.
    Exit(u8),
    /// Become this command (the real program, with what it needs).
    HandOn(Command),
}
