//! What one call costs: `cargo bench --bench startup`.
//!
//! Runs `/bin/true`, ourselves as `aws` and as `s3cmd`, and the real programs where they are named
//! (`PRESIGN_LIVE_AWS`, `PRESIGN_LIVE_S3CMD`, or `s5cmd` on PATH), in turn, so that all meet the
//! same machine. `PRESIGN_RELEASE` names another build of ours, such as that of
//! `release/build.sh`. The last lines tell what handing on adds to `/bin/true`. Prints medians, minima and ratios to `/bin/true`, and the instructions of each
//! call where valgrind is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 500;
/// The real programs take a second each.
const SLOW_ROUNDS: usize = 5;

struct Contestant {
    name: &'static str,
    program: PathBuf,
    args: &'static [&'static str],
    rounds: usize,
    times: Vec<Duration>,
}

const AWS: &[&str] = &["s3", "presign", "s3://example-bucket/image.jpg", "--expires-in", "3600"];
const S3CMD: &[&str] = &["signurl", "s3://example-bucket/image.jpg", "+3600"];
const S5CMD: &[&str] = &["presign", "s3://example-bucket/image.jpg"];

fn main() {
    let home = tempfile::tempdir().expect("a temporary folder");
    make_home(home.path());
    let link = |folder: &str, name: &str, to: &Path| {
        std::fs::create_dir_all(home.path().join(folder)).expect("a folder");
        let link = home.path().join(folder).join(name);
        std::os::unix::fs::symlink(to, &link).expect("a link");
        link
    };
    let named = |variable| std::env::var_os(variable).map(PathBuf::from);
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_presign"));
    let mut contestants = vec![
        contestant("/bin/true", PathBuf::from("/bin/true"), &[], ROUNDS),
        contestant("presign as aws", link("ours", "aws", &ours), AWS, ROUNDS),
        contestant("presign as s3cmd", link("ours", "s3cmd", &ours), S3CMD, ROUNDS),
    ];
    if let Some(release) = named("PRESIGN_RELEASE") {
        contestants.push(contestant("release as aws", link("release", "aws", &release), AWS, ROUNDS));
        contestants.push(contestant("release as s3cmd", link("release", "s3cmd", &release), S3CMD, ROUNDS));
        contestants.push(contestant("release, on to true", link("on", "aws", &release), &["s3", "cp"], ROUNDS));
    }
    contestants.push(contestant("on to /bin/true", link("ours-on", "s3cmd", &ours), &["ls"], ROUNDS));
    let s5cmd = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join("s5cmd"))
        .find(|path| path.is_file());
    for (name, program, args) in [
        ("aws", named("PRESIGN_LIVE_AWS"), AWS),
        ("s3cmd", named("PRESIGN_LIVE_S3CMD"), S3CMD),
        ("s5cmd", s5cmd, S5CMD),
    ] {
        match program {
            Some(program) => contestants.push(contestant(name, program, args, SLOW_ROUNDS)),
            None => println!("{name} is not here"),
        }
    }

    for round in 0..ROUNDS {
        for contestant in contestants.iter_mut().filter(|contestant| round < contestant.rounds) {
            let mut command = command(&contestant.program, home.path());
            let start = Instant::now();
            let status = command.args(contestant.args).status().expect("it runs");
            contestant.times.push(start.elapsed());
            assert!(status.success(), "{}: {status}", contestant.name);
        }
    }
    let base = median(&mut contestants[0].times);
    println!("{:<20}{:>12}{:>12}{:>12}{:>16}", "", "median", "minimum", "ratio", "instructions");
    for contestant in &mut contestants {
        let middle = median(&mut contestant.times);
        let ratio = middle.as_secs_f64() / base.as_secs_f64();
        let instructions = match contestant.rounds {
            ROUNDS => instructions(contestant, home.path()),
            _ => None,
        };
        println!(
            "{:<20}{:>9.3} ms{:>9.3} ms{ratio:>10.2} x{:>16}",
            contestant.name,
            middle.as_secs_f64() * 1e3,
            contestant.times[0].as_secs_f64() * 1e3,
            instructions.unwrap_or_else(|| "-".to_owned()),
        );
    }
}

fn contestant(name: &'static str, program: PathBuf, args: &'static [&'static str], rounds: usize) -> Contestant {
    Contestant { name, program, args, rounds, times: Vec::new() }
}

/// Keys in a file, the region in another, as most people have them.
fn make_home(home: &Path) {
    let keys = "AKIAIOSFODNN7EXAMPLE\nSECRET = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    std::fs::create_dir(home.join(".aws")).expect("a folder");
    let files = [
        (".aws/config", "[default]\nregion = us-west-2\n".to_owned()),
        (
            ".aws/credentials",
            format!("[default]\naws_access_key_id = {keys}").replace("SECRET", "aws_secret_access_key"),
        ),
        (".s3cfg", format!("[default]\naccess_key = {keys}").replace("SECRET", "secret_key")),
    ];
    for (name, content) in files {
        std::fs::write(home.join(name), content).expect("a file");
    }
}

fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs([("PRESIGN_REAL_AWS", "/bin/true"), ("PRESIGN_REAL_S3CMD", "/bin/true")]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Sorts the times.
fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Counted by callgrind.
fn instructions(contestant: &Contestant, home: &Path) -> Option<String> {
    let mut command = command(Path::new("valgrind"), home);
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(&contestant.program).args(contestant.args);
    let output = command.stderr(Stdio::piped()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines().find_map(|line| line.split("Collected :").nth(1)).map(|count| count.trim().to_owned())
}
