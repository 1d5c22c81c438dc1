//! What many links cost: `cargo bench --bench bulk`; with `-- 10000000` that many lines too.
//!
//! Each rate stands beside the bare cost of the same work in the same run: SHA-256 compressing as
//! many blocks as the links need, and nothing else. The rounds are interleaved, so that all meet
//! the same machine; medians, with the best round behind them. Whole processes read a file and
//! write to `/dev/null`; their peak memory is that of a process that reads from a pipe.

use presign::sign::bulk::Bulk;
use presign::sign::{Credentials, Secret, v4};
use sha2::block_api::compress256;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

const ROUNDS: usize = 7;
/// The links of one round in memory.
const LINKS: usize = 100_000;
const KEY: &str = "photos/2025/03/14/image-";
const KEY_LENGTHS: [usize; 7] = [10, 30, 64, 128, 256, 512, 1024];

fn main() {
    // Cargo adds `--bench`.
    let more: Option<usize> = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    println!("median of {ROUNDS} rounds (best round), links a second\n");
    in_memory();
    let home = tempfile::tempdir().expect("a temporary folder");
    make_home(home.path());
    for count in [1, 1_000, 1_000_000].into_iter().chain(more) {
        processes(home.path(), count);
    }
    println!();
    for count in [1_000_000].into_iter().chain(more) {
        for jobs in [1, 2] {
            println!(
                "{count:>9} lines from a pipe, {jobs} jobs: peak memory {}",
                peak_memory(home.path(), count, jobs)
            );
        }
    }
}

fn signer() -> Bulk {
    let credentials = Credentials {
        access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        token: None,
    };
    let host = "example-bucket.s3.us-west-2.amazonaws.com";
    let origin = format!("https://{host}");
    let request = v4::Request { method: "GET", origin: &origin, host, path: "/", query: &[] };
    let scope = v4::Scope { region: "us-west-2", service: "s3", time: SystemTime::now(), expires: "3600" };
    Bulk::new(&request, &credentials, &scope)
}

/// The signer alone, by the key's length.
fn in_memory() {
    println!("{:<24}{:>8}{:>24}{:>24}{:>8}", "one core, in memory", "blocks", "signed", "bare SHA-256", "ratio");
    let mut signer = signer();
    for length in KEY_LENGTHS {
        let key: String = KEY.chars().cycle().take(length).collect();
        let blocks = signer.blocks(length);
        let mut out = Vec::new();
        let (mut signed, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            signed.push(timed(|| {
                for _ in 0..LINKS {
                    out.clear();
                    signer.push(black_box(&key), &mut out);
                    black_box(&out);
                }
            }));
            bare.push(timed(|| hash(blocks, LINKS)));
        }
        let ratio = median(&mut bare).as_secs_f64() / median(&mut signed).as_secs_f64();
        println!(
            "key of {length:>4} bytes       {blocks:>8}{:>24}{:>24}{:>7.0} %",
            rates(&mut signed, LINKS),
            rates(&mut bare, LINKS),
            ratio * 100.0
        );
    }
    println!();
}

/// SHA-256's share of so many links.
fn hash(blocks: usize, links: usize) {
    let message = vec![[0x61; 64]; blocks];
    let mut state = [0; 8];
    for _ in 0..links {
        compress256(&mut state, black_box(&message));
    }
    black_box(state);
}

/// Whole processes, with one job and with two.
fn processes(home: &Path, count: usize) {
    let path = home.join("lines");
    lines(File::create(&path).expect("a file"), count);
    let blocks = signer().blocks(KEY.len() + 13);
    let (mut one, mut two, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..if count > 1_000_000 { 3 } else { ROUNDS } {
        for (jobs, times) in [(1, &mut one), (2, &mut two)] {
            let mut command = command(home, jobs);
            command.stdin(File::open(&path).expect("the file"));
            times.push(timed(|| assert!(command.status().expect("it runs").success())));
        }
        bare.push(timed(|| hash(blocks, count)));
    }
    let seconds = |times: &mut [Duration]| median(times).as_secs_f64();
    println!(
        "{count:>9} lines: 1 job {:>10.2} ms {}, 2 jobs {:>10.2} ms {}, {:.2} x; bare SHA-256 of one core {}, {:.0} %",
        seconds(&mut one) * 1e3,
        rates(&mut one, count),
        seconds(&mut two) * 1e3,
        rates(&mut two, count),
        seconds(&mut one) / seconds(&mut two),
        rates(&mut bare, count),
        seconds(&mut bare) / seconds(&mut one) * 100.0,
    );
    std::fs::remove_file(path).expect("it goes");
}

/// Writes so many URIs.
fn lines(to: impl Write, count: usize) {
    let mut to = BufWriter::with_capacity(1 << 16, to);
    for number in 0..count {
        writeln!(to, "s3://example-bucket/{KEY}{number:09}.jpg").expect("it is written");
    }
    to.flush().expect("it is written");
}

/// `VmHWM` of a process that has read all its lines, and waits for more.
fn peak_memory(home: &Path, count: usize, jobs: usize) -> String {
    let mut command = command(home, jobs);
    let mut child: Child = command.stdin(Stdio::piped()).spawn().expect("it runs");
    let input = child.stdin.take().expect("a pipe");
    lines(&input, count);
    std::thread::sleep(Duration::from_millis(200));
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    drop(input);
    assert!(child.wait().expect("it ends").success());
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |size| size.trim().to_owned())
}

fn command(home: &Path, jobs: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presign"));
    command.args(["url", "-", "--jobs", &jobs.to_string()]).env_clear().env("HOME", home).stdout(Stdio::null());
    command
}

fn make_home(home: &Path) {
    std::fs::create_dir(home.join(".aws")).expect("a folder");
    let keys = "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = \
                wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    std::fs::write(home.join(".aws/config"), "[default]\nregion = us-west-2\n").expect("a file");
    std::fs::write(home.join(".aws/credentials"), keys).expect("a file");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Sorts the times.
fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// `MEDIAN (BEST)`, a second.
fn rates(times: &mut [Duration], count: usize) -> String {
    let rate = |time: Duration| count as f64 / time.as_secs_f64();
    let middle = rate(median(times));
    format!("{middle:.0} ({:.0})", rate(times[0]))
}
