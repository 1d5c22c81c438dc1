//! Finding the real program and becoming it. Knows nothing of S3.
//!
//! Candidates: the environment variable, the settings file, then PATH in order; what is this very
//! binary (device and inode, links followed) is passed over. The command gets a marker in its
//! environment, the only change: our process id, the number of hand-overs so far, and the files
//! that turned out to be us. `exec` keeps the process id, so a marker with our own says that the
//! candidate was a copy of ourselves: the search goes on behind it. A wrapper that forks has
//! another id each time; the count ends its loop.

use crate::config::own;
use crate::invocation::{Invocation, Outcome, Streams};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MARKER: &str = "PRESIGN_HANDED_ON";

/// Asks whoever answers to `--version` whether it is presign.
pub const PROBE: &str = "PRESIGN_PROBE";

/// A wrapper that calls itself through us is stopped after this many rounds.
const MOST_ROUNDS: u32 = 16;

/// A program that we stand in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Aws,
    S3cmd,
}

impl Program {
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::S3cmd => "s3cmd",
        }
    }

    /// The environment variable that names the real one.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Aws => "PRESIGN_REAL_AWS",
            Self::S3cmd => "PRESIGN_REAL_S3CMD",
        }
    }
}

/// Why there is no command to become.
#[derive(Debug)]
pub enum Refusal {
    /// No real program anywhere.
    Missing,
    /// Something is wrong: what to say, and the exit code.
    Wrong(String, u8),
}

/// The command that is this call by the real program.
pub fn command(program: Program, invocation: &Invocation) -> Result<Command, Refusal> {
    let trail = Trail::of(invocation);
    let path = find(program, invocation, &trail)?;
    trail.check(&path, program)?;
    let mut command = Command::new(&path);
    command.args(&invocation.args).env(MARKER, trail.next());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, &path);
    Ok(command)
}

/// Hands the call on; says so and leaves with 127 if there is nobody to hand it to.
pub fn hand_on(program: Program, invocation: &Invocation, streams: &mut Streams) -> Outcome {
    match command(program, invocation) {
        Ok(command) => Outcome::HandOn(command),
        Err(refusal) => {
            let (text, code) = match refusal {
                Refusal::Missing => (
                    format!(
                        "there is no real {name} to hand this on to; install it, or name it in {}",
                        program.variable(),
                        name = program.name()
                    ),
                    127,
                ),
                Refusal::Wrong(text, code) => (text, code),
            };
            let _ = streams.err.write_all(format!("presign: {text}\n").as_bytes());
            Outcome::Exit(code)
        }
    }
}

fn find(program: Program, invocation: &Invocation, trail: &Trail) -> Result<PathBuf, Refusal> {
    if let Some(path) = invocation.env.non_empty(program.variable()) {
        return named(PathBuf::from(path), program.variable(), invocation, trail);
    }
    let settings = own::load(invocation).map_err(|error| Refusal::Wrong(format!("{error:#}"), 78))?;
    let real = match program {
        Program::Aws => settings.real_aws,
        Program::S3cmd => settings.real_s3cmd,
    };
    if let Some(path) = real {
        let file = own::path(&invocation.env).unwrap_or_default();
        return named(path, &file.display().to_string(), invocation, trail);
    }
    on_path(program.name(), invocation).find(|path| !trail.is_us(&invocation.path(path))).ok_or(Refusal::Missing)
}

/// The programs of that name on PATH, in order.
pub fn on_path<'a>(name: &str, invocation: &'a Invocation) -> impl Iterator<Item = PathBuf> + use<'a> {
    let path = invocation.env.get("PATH").unwrap_or_default();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|_| !path.is_empty()).collect();
    folders
        .into_iter()
        .map(move |folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }.join(&file))
        .filter(|path| is_executable(&invocation.path(path)))
}

/// Whether a path leads to this very file.
pub fn is_this_file(path: &Path) -> bool {
    let own = std::env::current_exe().ok().and_then(|own| Identity::of(&own));
    own.is_some() && Identity::of(path) == own
}

/// Whether a path leads to presign: to this very file, or to a copy, which answers `PROBE`.
pub fn is_presign(path: &Path) -> bool {
    is_this_file(path) || version_of(path).is_some_and(|text| text.starts_with("presign "))
}

/// The first line that a program answers to `--version`; a copy of ours answers as `presign`.
pub fn version_of(path: &Path) -> Option<String> {
    let output = Command::new(path).arg("--version").env(PROBE, "1").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().filter(|_| output.status.success()).map(str::to_owned)
}

/// The real program that a call would be handed on to.
pub fn real(program: Program, invocation: &Invocation) -> Result<PathBuf, Refusal> {
    find(program, invocation, &Trail::of(invocation))
}

/// A program that a setting names must be one, and not be us.
fn named(path: PathBuf, by: &str, invocation: &Invocation, trail: &Trail) -> Result<PathBuf, Refusal> {
    let real = invocation.path(&path);
    let shown = path.display();
    if !real.exists() {
        Err(Refusal::Wrong(format!("{by} names {shown}, which is not there"), 127))
    } else if !is_executable(&real) {
        Err(Refusal::Wrong(format!("{by} names {shown}, which is no program that can be run"), 126))
    } else if trail.is_us(&real) || real.file_stem().is_some_and(|name| name == "presign") {
        Err(Refusal::Wrong(format!("{by} names {shown}, which is presign itself; name the real program"), 126))
    } else if path.parent() == Some(Path::new("")) {
        // Without a folder, exec would search PATH for it.
        Ok(Path::new(".").join(path))
    } else {
        Ok(path)
    }
}

fn is_executable(path: &Path) -> bool {
    let Ok(about) = path.metadata() else { return false };
    #[cfg(unix)]
    let may_run = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_run = true;
    about.is_file() && may_run
}

/// Which file a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity(String);

impl Identity {
    fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let about = path.metadata().ok()?;
            Some(Self(format!("{}:{}", about.dev(), about.ino())))
        }
        #[cfg(not(unix))]
        {
            Some(Self(path.canonicalize().ok()?.to_string_lossy().replace(' ', "%20")))
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the marker tells: how we came here.
#[derive(Debug)]
struct Trail {
    rounds: u32,
    /// Files that are this binary, ourselves first.
    us: Vec<Identity>,
}

impl Trail {
    fn of(invocation: &Invocation) -> Self {
        let own = std::env::current_exe().ok();
        let mut us: Vec<Identity> = own.as_deref().and_then(Identity::of).into_iter().collect();
        let marker = invocation.env.get(MARKER).and_then(|marker| marker.into_string().ok()).unwrap_or_default();
        let mut words = marker.split(' ');
        let pid: Option<u32> = words.next().and_then(|pid| pid.parse().ok());
        let rounds: u32 = words.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(0);
        if pid == Some(std::process::id()) {
            us.extend(words.map(|word| Identity(word.to_owned())));
        }
        Self { rounds, us }
    }

    /// Not to that path once more, if it has led back to us too often.
    fn check(&self, path: &Path, program: Program) -> Result<(), Refusal> {
        if self.rounds < MOST_ROUNDS {
            return Ok(());
        }
        let ours = std::env::current_exe().map_or("presign".to_owned(), |path| path.display().to_string());
        Err(Refusal::Wrong(
            format!(
                "{ours} has handed on {} times, and {} always leads back to it; name the real {} in {}",
                self.rounds,
                path.display(),
                program.name(),
                program.variable(),
            ),
            126,
        ))
    }

    fn is_us(&self, path: &Path) -> bool {
        Identity::of(path).is_some_and(|identity| self.us.contains(&identity))
    }

    /// The marker for the command to become.
    fn next(&self) -> OsString {
        let mut text = format!("{} {}", std::process::id(), self.rounds + 1);
        for identity in &self.us {
            text.push_str(&format!(" {identity}"));
        }
        text.into()
    }
}

/// Becomes the command; returns only if that fails, with the exit code to leave with.
pub fn become_command(mut command: Command) -> u8 {
    #[cfg(unix)]
    {
        let mut error = std::os::unix::process::CommandExt::exec(&mut command);
        if error.raw_os_error() == Some(NO_PROGRAM) {
            error = std::os::unix::process::CommandExt::exec(&mut by_shell(&command));
        }
        failed(&command, &error)
    }
    #[cfg(not(unix))]
    {
        // Ctrl-C goes to both of us; what comes of it is the real program's to say.
        let _ = ctrlc::set_handler(|| {});
        match command.status() {
            // A status there has 32 bits.
            Ok(status) => std::process::exit(status.code().unwrap_or(1)),
            Err(error) => failed(&command, &error),
        }
    }
}

/// ENOEXEC, on every Unix.
#[cfg(unix)]
const NO_PROGRAM: i32 = 8;

/// A script without `#!` is the shell's, as POSIX has it for execvp. The GNU C library's execvp
/// sees to that by itself, musl's does not.
#[cfg(unix)]
fn by_shell(command: &Command) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg(command.get_program()).args(command.get_args());
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}

fn failed(command: &Command, error: &std::io::Error) -> u8 {
    eprintln!("presign: cannot run {}: {error}", command.get_program().display());
    if error.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_a_first_line() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(&file, "echo \"$0\" \"$1\" \"$2\" \"$MARK\"; exit 5").expect("it is written");
        let mut command = Command::new(file.path());
        command.args(["a b", ""]).env("MARK", "x");
        let output = by_shell(&command).output().expect("the shell runs");
        assert_eq!(output.status.code(), Some(5));
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{} a b  x\n", file.path().display()));
    }
}
