//! The recorded calls of the real programs (`tests/recorded/README.md`), and what is said of
//! those that differ on purpose.

use super::{Answer, Call};
use chrono::DateTime;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// One recorded call.
pub struct Recorded {
    pub name: String,
    pub args: Vec<String>,
    pub env: BTreeMap<String, String>,
    pub files: BTreeMap<String, String>,
    pub time: Option<SystemTime>,
    pub stdout: String,
    /// `None`: the real program died of a Python exception.
    pub stderr: Option<String>,
    pub exit: u8,
    pub random_signature: bool,
}

/// Reads a file of recorded calls.
pub fn read(file: &str) -> Vec<Recorded> {
    let path = format!("{}/tests/recorded/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(parse).collect()
}

fn parse(line: &str) -> Recorded {
    let row: Value = serde_json::from_str(line).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let map = |value: &Value| {
        value.as_object().expect("an object").iter().map(|(name, value)| (name.clone(), text(value))).collect()
    };
    Recorded {
        name: text(&row["name"]),
        args: row["args"].as_array().expect("a list").iter().map(text).collect(),
        env: map(&row["env"]),
        files: map(&row["files"]),
        time: row["time"].as_str().map(|time| DateTime::parse_from_rfc3339(time).expect("a time").into()),
        stdout: text(&row["stdout"]),
        stderr: row["stderr"].as_str().map(str::to_owned),
        exit: u8::try_from(row["exit"].as_u64().expect("a number")).expect("an exit code"),
        random_signature: row["random_signature"].as_bool().unwrap_or(false),
    }
}

impl Recorded {
    /// The call, with `before` in front of its arguments.
    pub fn call(&self, program: &str, before: &[&str]) -> Call {
        // The recording put `{HOME}` for every `$HOME`, also where that was typed literally.
        let literal = self.stdout.contains("%24HOME");
        let args = self.args.iter().map(|arg| if literal { arg.replace("{HOME}", "$HOME") } else { arg.clone() });
        let mut call = Call::new(program).args(before).args(args);
        for (name, value) in &self.env {
            call = call.env(name, value);
        }
        for (name, content) in &self.files {
            call = call.text_file(name, content);
        }
        call.at(self.time())
    }

    /// The time of the call; where none is recorded, the clock of the recording stood still.
    pub fn time(&self) -> SystemTime {
        self.time.unwrap_or(UNIX_EPOCH + Duration::from_secs(1_700_000_000))
    }

    /// What differs from the recorded answer; `None` if nothing does. Where the real program
    /// died, one `ERROR: …` line stands for the trace.
    pub fn difference(&self, answer: &Answer) -> Option<String> {
        let stderr_agrees = match &self.stderr {
            Some(stderr) => answer.stderr == *stderr,
            None => {
                let mut lines = answer.stderr.lines().filter(|line| !line.is_empty() && !line.starts_with("WARNING: "));
                lines.next().is_some_and(|line| line.starts_with("ERROR: ")) && lines.next().is_none()
            }
        };
        if answer.exit == self.exit && answer.stdout == self.stdout && stderr_agrees {
            return None;
        }
        Some(format!(
            "{}: {:?}\n  env {:?}\n  files {:?}\n  real {} {:?} {:?}\n  ours {} {:?} {:?}\n",
            self.name,
            self.args,
            self.env,
            self.files,
            self.exit,
            self.stdout,
            self.stderr,
            answer.exit,
            answer.stdout,
            answer.stderr
        ))
    }
}

/// Panics with the differences, or says how many calls agree.
pub fn report(what: &str, total: usize, differences: &[String]) {
    for difference in differences.iter().take(20) {
        eprintln!("{difference}");
    }
    say(&format!("{what}: {} of {total} recorded calls agree", total - differences.len()));
    assert!(differences.is_empty(), "{what}: {} of {total} differ", differences.len());
}

/// Says a result that is to be seen even when the test passes (`println!` is not, then).
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
