//! One call of the program, built and run in-process: arguments, environment and files in,
//! standard output, standard error and exit code out.

pub mod recorded;
pub mod v4;
pub mod v4a;

use presign::{Clock, Env, Invocation, Outcome, Streams, Terminals};
use std::collections::HashMap;
use std::ffi::OsString;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// A call to be made. `{HOME}` stands for the home folder in every text.
pub struct Call {
    pub home: TempDir,
    program: OsString,
    pub args: Vec<OsString>,
    pub env: HashMap<OsString, OsString>,
    now: SystemTime,
    clock: Option<Clock>,
    input: Vec<u8>,
    terminals: Terminals,
}

/// How a call ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub stdout: String,
    pub stderr: String,
    pub exit: u8,
}

impl Call {
    /// A call of a program in an empty home folder, which is the current folder too.
    pub fn new(program: &str) -> Self {
        let home = TempDir::new().expect("a temporary folder");
        let call = Self {
            program: program.into(),
            args: Vec::new(),
            env: HashMap::new(),
            now: UNIX_EPOCH + Duration::from_secs(1_741_964_966), // 2025-03-14T15:09:26Z
            clock: None,
            input: Vec::new(),
            terminals: Terminals::Given { input: false, out: false, err: false },
            home,
        };
        call.env("HOME", "{HOME}").env("AWS_EC2_METADATA_DISABLED", "true")
    }

    /// The same call under a name of any bytes.
    pub fn program_bytes(mut self, name: &[u8]) -> Self {
        self.program = std::os::unix::ffi::OsStringExt::from_vec(name.to_vec());
        self
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{HOME}", self.home.path().to_str().expect("a UTF-8 path"))
    }

    pub fn args<S: AsRef<str>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        let args: Vec<OsString> = args.into_iter().map(|arg| self.fill(arg.as_ref()).into()).collect();
        self.args.extend(args);
        self
    }

    /// An argument of any bytes.
    pub fn arg_bytes(mut self, bytes: &[u8]) -> Self {
        self.args.push(std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec()));
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        let value = self.fill(value).into();
        self.env.insert(name.into(), value);
        self
    }

    pub fn env_bytes(mut self, name: &str, value: &[u8]) -> Self {
        self.env.insert(name.into(), std::os::unix::ffi::OsStringExt::from_vec(value.to_vec()));
        self
    }

    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, content).expect("the file is written");
        self
    }

    /// A text file, `{HOME}` in it filled in.
    pub fn text_file(self, name: &str, content: &str) -> Self {
        let content = self.fill(content);
        self.file(name, content)
    }

    /// The time of the call.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.now = time;
        self
    }

    /// What standard input has.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// Standard input is a terminal.
    pub fn terminal(mut self) -> Self {
        self.terminals = Terminals::Given { input: true, out: false, err: false };
        self
    }

    /// A clock that goes on; without one it stands still at the time of the call.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Makes the call. A hand-over to a real program is a test's mistake: PATH is empty.
    pub fn run(&self) -> Answer {
        let invocation = Invocation {
            program: self.program.clone(),
            args: self.args.clone(),
            env: Env::Given(self.env.clone()),
            folder: Some(self.home.path().to_owned()),
            now: self.now,
            clock: self.clock.clone().unwrap_or_else(|| Clock::stopped(self.now)),
            terminals: self.terminals,
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = self.input.as_slice();
        let outcome = presign::run(&invocation, &mut Streams { input: &mut input, out: &mut out, err: &mut err });
        let Outcome::Exit(exit) = outcome else { panic!("handed on: {outcome:?}") };
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            text.replace(self.home.path().to_str().expect("a UTF-8 path"), "{HOME}")
        };
        Answer { stdout: text(out), stderr: text(err), exit }
    }
}
