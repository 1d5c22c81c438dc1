//! `presign install`, `uninstall` and `doctor`, run as a user would.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const PRESIGN: &str = env!("CARGO_BIN_EXE_presign");

/// A home folder with a folder for links and one with real programs, both on PATH in this order.
struct Home(TempDir);

struct Said {
    exit: i32,
    out: String,
    err: String,
}

impl Home {
    fn new() -> Self {
        let home = Self(TempDir::new().expect("a folder"));
        fs::create_dir(home.path("real")).expect("a folder");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: &str, mode: u32) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
    }

    /// Stand-ins for the real programs.
    fn with_real(self) -> Self {
        for name in ["aws", "s3cmd"] {
            self.file(&format!("real/{name}"), &format!("#!/bin/sh\necho the real {name} 1.0\n"), 0o755);
        }
        self
    }

    fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Said {
        let folders = [self.path("links"), self.path("real"), PathBuf::from("/usr/bin"), PathBuf::from("/bin")];
        let output = Command::new(PRESIGN)
            .args(args)
            .env_clear()
            .env("HOME", self.0.path())
            .env("PATH", std::env::join_paths(folders).expect("a path"))
            .envs(env.iter().copied())
            .current_dir(self.0.path())
            .output()
            .expect("it runs");
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes)
                .replace(self.0.path().to_str().expect("UTF-8"), "{HOME}")
                .replace(PRESIGN, "{US}")
        };
        Said { exit: output.status.code().expect("an exit"), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn run(&self, args: &[&str]) -> Said {
        self.run_with(args, &[])
    }

    fn leads_to_us(&self, name: &str) -> bool {
        fs::read_link(self.path(name)).is_ok_and(|target| target == Path::new(PRESIGN))
    }
}

#[test]
fn install_and_uninstall_say_what_they_do_and_may_be_repeated() {
    let home = Home::new().with_real();
    let steps: &[(&[&str], &str)] = &[
        (
            &["install", "--dir", "links"],
            "{HOME}/links/aws is now a link to {US}\n{HOME}/links/s3cmd is now a link to {US}\n",
        ),
        (
            &["install", "--dir", "links"],
            "{HOME}/links/aws is presign already\n{HOME}/links/s3cmd is presign already\n",
        ),
        (&["uninstall", "--dir", "links", "s3cmd"], "{HOME}/links/s3cmd is removed\n"),
        (&["uninstall", "--dir", "links"], "{HOME}/links/aws is removed\n{HOME}/links/s3cmd is not there\n"),
        (&["install", "s3cmd", "--dir", "links"], "{HOME}/links/s3cmd is now a link to {US}\n"),
    ];
    for (args, out) in steps {
        let said = home.run(args);
        assert_eq!((said.exit, said.out.as_str(), said.err.as_str()), (0, *out, ""), "{args:?}");
    }
    assert!(home.leads_to_us("links/s3cmd") && !home.path("links/aws").exists());
    assert_eq!(fs::read_dir(home.path("links")).expect("a folder").count(), 1, "nothing else is left behind");
}

#[test]
fn the_links_work() {
    let home = Home::new().with_real();
    home.run(&["install", "--dir", "links"]);
    let aws = |args: &[&str]| {
        let mut command = Command::new(home.path("links/aws"));
        let path = format!("{}:{}", home.path("links").display(), home.path("real").display());
        command
            .args(args)
            .env_clear()
            .env("PATH", path)
            .env("AWS_ACCESS_KEY_ID", "AK")
            .env("AWS_SECRET_ACCESS_KEY", "SK");
        String::from_utf8(command.output().expect("it runs").stdout).expect("UTF-8")
    };
    assert!(aws(&["s3", "presign", "s3://b/k"]).starts_with("https://"));
    assert_eq!(aws(&["s3", "ls"]), "the real aws 1.0\n");
}

#[test]
fn what_is_not_ours_stays() {
    let home = Home::new().with_real();
    home.file("links/aws", "#!/bin/sh\necho mine\n", 0o755);
    let said = home.run(&["install", "--dir", "links"]);
    assert_eq!((said.exit, said.out.as_str()), (1, "{HOME}/links/s3cmd is now a link to {US}\n"));
    let error = "presign: {HOME}/links/aws is not presign's, and stays as it is; move it away, or name another folder \
                 with --dir\n";
    assert_eq!(said.err, error);
    let said = home.run(&["uninstall", "--dir", "links"]);
    let out = "{HOME}/links/aws is not presign's, and stays as it is\n{HOME}/links/s3cmd is removed\n";
    assert_eq!((said.exit, said.out.as_str()), (0, out));
    assert_eq!(fs::read_to_string(home.path("links/aws")).expect("a file"), "#!/bin/sh\necho mine\n");
}

#[test]
fn an_older_presign_is_replaced() {
    let home = Home::new().with_real();
    fs::create_dir(home.path("links")).expect("a folder");
    symlink("/nowhere/presign", home.path("links/aws")).expect("a link");
    fs::copy(PRESIGN, home.path("links/s3cmd")).expect("a copy");
    let said = home.run(&["install", "--dir", "links"]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    assert!(home.leads_to_us("links/aws") && home.leads_to_us("links/s3cmd"));
}

#[test]
fn the_line_for_path_is_the_shells() {
    let cases = [
        ("/bin/bash", "~/.bashrc:\n\n    export PATH='{HOME}/a b':\"$PATH\"\n"),
        ("/usr/bin/zsh", "~/.zshrc:\n\n    export PATH='{HOME}/a b':\"$PATH\"\n"),
        ("/usr/bin/fish", "once:\n\n    fish_add_path --move --prepend '{HOME}/a b'\n"),
        ("", "start-up file:\n\n    export PATH='{HOME}/a b':\"$PATH\"\n"),
    ];
    for (shell, line) in cases {
        let said = Home::new().with_real().run_with(&["install", "--dir", "a b"], &[("SHELL", shell)]);
        assert_eq!(said.exit, 0);
        assert!(
            said.out.contains("But a shell does not find aws there first.") && said.out.ends_with(line),
            "{}",
            said.out
        );
    }
}

#[test]
fn the_default_folder_is_the_users() {
    let home = Home::new();
    let said = home.run(&["install"]);
    assert_eq!(said.exit, 0);
    assert!(home.leads_to_us(".local/bin/aws"), "{}", said.out);
    assert!(said.out.contains("There is no real aws on this machine"), "{}", said.out);
}

#[test]
fn bad_command_lines() {
    let home = Home::new();
    home.file("file", "", 0o644);
    for (args, exit, error) in [
        (&["install", "gcloud"][..], 2, "[possible values: aws, s3cmd]"),
        (&["instal"], 2, "'install'"),
        (&["install", "--dir", "file"], 1, "cannot make {HOME}/file"),
    ] {
        let said = home.run(args);
        assert_eq!(said.exit, exit, "{args:?}");
        assert!(said.err.contains(error), "{}", said.err);
    }
}

/// A home in which nothing is wrong.
fn healthy() -> Home {
    let home = Home::new().with_real();
    home.run(&["install", "--dir", "links"]);
    home.file(".aws/config", "[default]\nregion = eu-west-1\n[profile dev]\nrole_arn = r\n", 0o644);
    home.file(".aws/credentials", "[default]\naws_access_key_id = AK\naws_secret_access_key = topsecret\n", 0o600);
    home.file(".s3cfg", "[default]\naccess_key = AK\nsecret_key = topsecret\n", 0o600);
    home
}

#[test]
fn doctor_finds_nothing_wrong() {
    let home = healthy();
    let said = home.run(&["doctor"]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""), "{}", said.out);
    for line in [
        "aws            {HOME}/links/aws is presign\n",
        "  real         {HOME}/real/aws, the real aws 1.0\n",
        "settings       {HOME}/.config/presign/config.ini, which is not there\n",
        "config         {HOME}/.aws/config\n",
        "  profile      default\n",
        "  keys from    the files\n",
        "s3cfg          {HOME}/.s3cfg\n",
        "\nNothing is wrong.\n",
    ] {
        assert!(said.out.contains(line), "{line:?} is not in {}", said.out);
    }
    let said = home.run_with(&["doctor"], &[("AWS_PROFILE", "dev")]);
    assert!(said.out.contains("  keys from    an assumed role"), "{}", said.out);
}

/// What spoils a home, with which environment, and the problem that is named.
type Case = (fn(&Home), &'static [(&'static str, &'static str)], &'static str);

#[test]
fn doctor_names_what_is_wrong() {
    let cases: &[Case] = &[
        (|home| home.file(".aws/credentials", "[default]\n", 0o644), &[], "chmod 600 {HOME}/.aws/credentials"),
        (
            |home| home.file(".aws/config", "[default\n", 0o644),
            &[],
            "{HOME}/.aws/config is no file that the AWS CLI can parse",
        ),
        (|_| (), &[("AWS_PROFILE", "nope")], "the profile \"nope\" is in neither file"),
        (
            |home| home.file(".config/presign/config.ini", "[s3cmd]\nsignature = v3\n", 0o644),
            &[],
            "{HOME}/.config/presign/config.ini:2: signature must be auto, v2 or v4, not \"v3\"",
        ),
        (|home| fs::remove_file(home.path("real/aws")).expect("removed"), &[], "there is no real aws behind presign"),
        (
            |_| (),
            &[("PRESIGN_REAL_S3CMD", "/nowhere/s3cmd")],
            "PRESIGN_REAL_S3CMD names /nowhere/s3cmd, which is not there",
        ),
        (
            |home| {
                fs::remove_file(home.path("links/aws")).expect("removed");
                symlink(PRESIGN, home.path("real/aws2")).expect("a link");
                fs::rename(home.path("real/aws"), home.path("links/aws")).expect("moved");
                fs::rename(home.path("real/aws2"), home.path("real/aws")).expect("moved");
            },
            &[],
            "{HOME}/real/aws comes after {HOME}/links/aws on PATH",
        ),
    ];
    for (spoil, env, problem) in cases {
        let home = healthy();
        spoil(&home);
        let said = home.run_with(&["doctor"], env);
        assert_eq!(said.exit, 1, "{problem}: {}", said.out);
        let wrong: Vec<&str> = said.out.lines().filter(|line| line.starts_with("WRONG: ")).collect();
        assert!(wrong.len() == 1 && wrong[0].contains(problem), "{problem}: {}", said.out);
        assert!(!said.out.contains("topsecret"));
    }
}
