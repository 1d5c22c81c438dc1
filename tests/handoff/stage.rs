//! The temporary folder in which a call is made, and the call.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{MetadataExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use tempfile::TempDir;

pub const MARKER: &str = "PRESIGN_HANDED_ON";

/// The binary that is tested.
pub const PRESIGN: &str = env!("CARGO_BIN_EXE_presign");

/// A folder that starts with `ours/aws` and `ours/s3cmd`, links to presign, and an empty `home`.
/// `{ROOT}` stands for it in every text.
pub struct Stage {
    root: TempDir,
}

impl Stage {
    pub fn new() -> Self {
        let stage = Self { root: TempDir::new().expect("a temporary folder") };
        stage.folder("home").link(PRESIGN, "ours/aws").link(PRESIGN, "ours/s3cmd")
    }

    /// With stand-ins for both programs, `bin/aws` and `bin/s3cmd`, that record how they are called.
    pub fn with_recorders() -> Self {
        Self::new().recorder("bin/aws").recorder("bin/s3cmd")
    }

    /// With `/bin/sh` as both programs: `aws -c SCRIPT` is a call of the real program that does
    /// what the script says. It is no script itself, so that argv[0] and descriptors are exact.
    pub fn with_shells() -> Self {
        Self::new().link("/bin/sh", "bin/aws").link("/bin/sh", "bin/s3cmd")
    }

    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn fill(&self, text: &str) -> String {
        text.replace("{ROOT}", self.root.path().to_str().expect("a UTF-8 path"))
    }

    /// What a process said, `{ROOT}` put back.
    pub fn text(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).replace(self.root.path().to_str().expect("a UTF-8 path"), "{ROOT}")
    }

    pub fn folder(self, path: impl AsRef<Path>) -> Self {
        std::fs::create_dir_all(self.at(path)).expect("the folder is made");
        self
    }

    fn room_for(&self, path: &Path) -> PathBuf {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        path
    }

    pub fn link(self, to: &str, path: impl AsRef<Path>) -> Self {
        symlink(self.fill(to), self.room_for(path.as_ref())).expect("the link is made");
        self
    }

    pub fn hard_link(self, to: &str, path: &str) -> Self {
        std::fs::hard_link(self.at(to), self.room_for(path.as_ref())).expect("the hard link is made");
        self
    }

    /// A copy of presign.
    pub fn copy(self, path: &str) -> Self {
        let path = self.room_for(path.as_ref());
        // Not by this process: a descriptor that is open for writing while another test forks
        // makes the copy "busy" for who runs it.
        let status = Command::new("cp").arg(PRESIGN).arg(path).status().expect("cp runs");
        assert!(status.success());
        self
    }

    pub fn file(self, path: &str, content: &str) -> Self {
        std::fs::write(self.room_for(path.as_ref()), self.fill(content)).expect("the file is written");
        self
    }

    /// A file that may be run, of this content. (Written by another process: see `copy`.)
    pub fn program(self, path: impl AsRef<Path>, content: &str) -> Self {
        let path = self.room_for(path.as_ref());
        let mut writer = Command::new("/bin/sh")
            .args([OsStr::new("-c"), OsStr::new("cat >\"$0\" && chmod 755 \"$0\""), path.as_os_str()])
            .stdin(Stdio::piped())
            .spawn()
            .expect("sh runs");
        let mut pipe = writer.stdin.take().expect("a pipe");
        pipe.write_all(self.fill(content).as_bytes()).expect("the script is written");
        drop(pipe);
        assert!(writer.wait().expect("sh ends").success());
        self
    }

    /// A shell script.
    pub fn script(self, path: impl AsRef<Path>, text: &str) -> Self {
        self.program(path, &format!("#!/bin/sh\n{text}\n"))
    }

    /// A program that writes what it was given to files beside itself, and says its path.
    pub fn recorder(self, path: impl AsRef<Path>) -> Self {
        let files = ["cmdline", "environ"].map(|file| format!("/bin/cat /proc/$$/{file} >\"$0.{file}\"\n"));
        self.script(path, &(files.concat() + "echo $$ >\"$0.pid\"\necho \"$0\""))
    }

    /// What the recorder there was given, if it was called.
    pub fn record(&self, path: &str) -> Option<Record> {
        let list = |file: &str| -> Option<Vec<OsString>> {
            let bytes = std::fs::read(self.at(format!("{path}.{file}"))).ok()?;
            let strings = bytes.strip_suffix(b"\0")?.split(|byte| *byte == 0);
            Some(strings.map(|string| OsString::from_vec(string.to_vec())).collect())
        };
        // Before a script's arguments stand its `#!` line and its path.
        let args = list("cmdline")?.split_off(2);
        let pid = std::fs::read_to_string(self.at(format!("{path}.pid"))).ok()?;
        Some(Record { args, env: list("environ")?, pid: pid.trim().parse().expect("a process id") })
    }

    /// Forgets what the recorder there was given.
    pub fn forget(&self, path: &str) {
        for file in ["cmdline", "environ", "pid"] {
            let _ = std::fs::remove_file(self.at(format!("{path}.{file}")));
        }
    }

    /// A call of one of our links as a shell makes it, with `ours` and `bin` in PATH.
    pub fn call(&self, program: &str) -> Line<'_> {
        let mut line = self.direct(format!("ours/{program}"));
        line.command.arg0(program);
        line
    }

    /// A call of any program here, in the same surroundings.
    pub fn direct(&self, path: impl AsRef<Path>) -> Line<'_> {
        let mut command = Command::new(self.at(path));
        command.env_clear().current_dir(self.root.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Line { stage: self, command, env: BTreeMap::new() }.path("{ROOT}/ours:{ROOT}/bin").env("HOME", "{ROOT}/home")
    }
}

/// What a stand-in was given.
pub struct Record {
    pub args: Vec<OsString>,
    pub env: Vec<OsString>,
    pub pid: u32,
}

/// How a call ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub stdout: String,
    pub stderr: String,
    pub status: ExitStatus,
}

impl Ended {
    /// Exit code, standard output, standard error.
    pub fn parts(&self) -> (Option<i32>, &str, &str) {
        (self.status.code(), &self.stdout, &self.stderr)
    }
}

/// A call to be made.
pub struct Line<'a> {
    stage: &'a Stage,
    pub command: Command,
    pub env: BTreeMap<OsString, OsString>,
}

impl Line<'_> {
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub fn env(self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        let value = value.as_ref();
        let value = value.to_str().map_or_else(|| value.to_owned(), |text| self.stage.fill(text).into());
        self.env_as_is(name.as_ref().to_owned(), value)
    }

    fn env_as_is(mut self, name: OsString, value: OsString) -> Self {
        self.command.env(&name, &value);
        self.env.insert(name, value);
        self
    }

    /// PATH, as it is.
    pub fn path(self, path: &str) -> Self {
        self.env("PATH", path)
    }

    pub fn no_path(mut self) -> Self {
        self.command.env_remove("PATH");
        self.env.remove(OsStr::new("PATH"));
        self
    }

    pub fn in_folder(mut self, path: &str) -> Self {
        self.command.current_dir(self.stage.at(path));
        self
    }

    pub fn stdin(mut self, stdin: Stdio) -> Self {
        self.command.stdin(stdin);
        self
    }

    pub fn spawn(&mut self) -> Child {
        self.command.spawn().expect("the program starts")
    }

    /// Waits for a started call.
    pub fn end(&self, child: Child) -> Ended {
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: &[u8]| self.stage.text(bytes);
        Ended { stdout: text(&output.stdout), stderr: text(&output.stderr), status: output.status }
    }

    pub fn run(&mut self) -> Ended {
        let child = self.spawn();
        self.end(child)
    }

    /// The environment's entries that the real program must see, but for the marker.
    pub fn entries(&self) -> Vec<OsString> {
        let entry = |(name, value): (&OsString, &OsString)| [name.as_bytes(), b"=", value.as_bytes()].concat();
        self.env.iter().map(|variable| OsString::from_vec(entry(variable))).collect()
    }
}

/// The marker after the first hand-over by presign itself.
pub fn marker(pid: u32) -> OsString {
    let about = std::fs::metadata(PRESIGN).expect("presign is there");
    format!("{MARKER}={pid} 1 {}:{}", about.dev(), about.ino()).into()
}
