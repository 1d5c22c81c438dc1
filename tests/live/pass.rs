//! What is not ours, through us and without us: the same bytes and exit codes.

use super::real::program;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Lines that change nothing and need no network.
const AWS: &[&[&str]] = &[
    &["--version"],
    &["help"],
    &["s3", "help"],
    &["s3", "presign", "help"],
    &["s3", "cp", "help"],
    &["configure", "list"],
    &["configure", "list-profiles"],
    &["configure", "get", "region"],
    &["configure", "get", "nothing"],
    &["s3"],
    &["s3", "nope"],
    &["s3", "ls", "--bogus"],
    &["s3", "cp", "a"],
    &["s3", "mv", "a", "b"],
    &["s3", "ls", "--endpoint-url", "http://127.0.0.1:9", "--cli-connect-timeout", "1"],
    &["s3api", "get-object", "--generate-cli-skeleton"],
    &["ec2", "describe-instances", "--generate-cli-skeleton", "yaml-input"],
    &["sts", "get-caller-identity", "--endpoint-url", "bogus"],
    &["iam", "nope"],
    &["nope"],
    &[],
    &["--output", "xml", "ec2"],
    &["history", "list"],
    &["configure", "export-credentials", "--format", "env"],
    &["s3", "presign", "s3://bucket/key", "--bogus"],
    &["s3", "presign"],
    &["--profile", "missing", "s3", "ls"],
];

const S3CMD: &[&[&str]] = &[
    &["--version"],
    &["--help"],
    &["--dump-config"],
    &["ls", "--host", "127.0.0.1:9", "--no-ssl", "--max-retries=0"],
    &["nope"],
    &[],
    &["--bogus"],
    &["signurl", "--bogus"],
    &["put", "a"],
    &["get", "s3://bucket"],
    &["sync", "a", "b"],
    &["du", "b"],
    &["--limit=x", "ls"],
    &["--configure", "--bogus"],
];

fn run(program: &Path, args: &[&str], home: &Path, path: &str) -> Output {
    let mut command = Command::new(program);
    command
        .args(args)
        .env_clear()
        .envs([("HOME", home.to_str().expect("UTF-8")), ("PATH", path), ("LANG", "C.UTF-8")])
        .envs([("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_MAX_ATTEMPTS", "1"), ("COLUMNS", "80")])
        .envs([("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("TZ", "UTC")])
        .envs([("AWS_PAGER", ""), ("PAGER", "cat")])
        .current_dir(home)
        .stdin(Stdio::null());
    command.output().expect("it runs")
}

fn compare(name: &str, variable: &str, lines: &[&[&str]]) {
    let real = program(variable);
    let home = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(home.path().join(".aws")).expect("a folder");
    std::fs::write(home.path().join(".aws/config"), "[default]\nregion = eu-west-1\n").expect("a file");
    std::fs::write(home.path().join(".s3cfg"), "[default]\naccess_key = a\nsecret_key = b\n").expect("a file");
    let links = home.path().join("bin");
    std::fs::create_dir(&links).expect("a folder");
    let link = links.join(name);
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_presign"), &link).expect("a link");
    let behind = real.parent().expect("a folder").to_str().expect("UTF-8");
    let path = format!("{}:{behind}:/usr/bin:/bin", links.display());
    for args in lines {
        let direct = run(&real, args, home.path(), &path);
        let through = run(&link, args, home.path(), &path);
        assert_eq!(
            (through.status, String::from_utf8_lossy(&through.stdout), String::from_utf8_lossy(&through.stderr)),
            (direct.status, String::from_utf8_lossy(&direct.stdout), String::from_utf8_lossy(&direct.stderr)),
            "{name} {args:?}"
        );
    }
}

#[test]
fn aws_lines_pass() {
    compare("aws", "PRESIGN_LIVE_AWS", AWS);
}

#[test]
fn s3cmd_lines_pass() {
    compare("s3cmd", "PRESIGN_LIVE_S3CMD", S3CMD);
}
