//! Running a real program on the same home folder, and the dice for making up calls.

use crate::support::recorded::say;
use crate::support::{Answer, Call};
use std::path::PathBuf;
use std::process::Command;

/// Where a real program is: an environment variable that `run.sh` sets.
pub fn program(variable: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set; use tests/live/run.sh")))
}

/// Makes the call with the real program.
pub fn run(program: &PathBuf, call: &Call) -> Answer {
    let output = Command::new(program)
        .args(&call.args)
        .env_clear()
        .envs(&call.env)
        .env("PATH", "/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .current_dir(call.home.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let text =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(call.home.path().to_str().expect("UTF-8"), "{HOME}");
    Answer {
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        exit: u8::try_from(output.status.code().unwrap_or(255)).unwrap_or(255),
    }
}

/// How many calls to make, and the seed: both may be set to repeat or widen a run.
pub fn plan(default: u64) -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let seed = number("PRESIGN_LIVE_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        now.as_secs()
    });
    (number("PRESIGN_LIVE_CALLS").unwrap_or(default), seed)
}

/// Runs `check` on numbers 0..calls in two threads; each answers with a difference or nothing.
/// Panics with the differences, or says how many calls agree.
pub fn compare(what: &str, calls: u64, seed: u64, check: impl Fn(u64) -> Option<String> + Sync) {
    let differences: Vec<String> = std::thread::scope(|scope| {
        let check = &check;
        let half = |start: u64| scope.spawn(move || (start..calls).step_by(2).filter_map(check).collect::<Vec<_>>());
        let (even, odd) = (half(0), half(1));
        [even, odd].into_iter().flat_map(|thread| thread.join().expect("a thread")).collect()
    });
    for difference in differences.iter().take(30) {
        eprintln!("{difference}");
    }
    say(&format!(
        "{what}: {} of {calls} made-up calls agree (PRESIGN_LIVE_SEED={seed})",
        calls - differences.len() as u64
    ));
    assert!(differences.is_empty(), "{what}: {} of {calls} differ, seed {seed}", differences.len());
}

/// Dice (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, number: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// True once in `sides`.
    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// Mixes a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }

    /// A text of printable, odd and foreign characters.
    pub fn text(&mut self, most: usize) -> String {
        const ODD: &[&str] = &[
            "a", "b", "z", "A", "0", "9", "-", ".", "_", "~", "/", " ", "+", "%", "%20", "&", "=", "?", "#", "'", "\"",
            "\\", "(", ")", "*", "!", ":", ";", "@", ",", "$", "[", "]", "{", "}", "<", ">", "|", "^", "`", "\t",
            "\u{1}", "é", "日", "𝒳", "//", "..", "ß",
        ];
        let length = self.below(most + 1);
        (0..length).map(|_| self.pick(ODD)).collect()
    }
}
