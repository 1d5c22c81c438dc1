//! `presign doctor`: who answers to `aws` and `s3cmd`, what they read, and what is wrong. Never a
//! secret, and nothing over the network.

use super::install;
use crate::config::aws::{self as aws_files, Files};
use crate::config::own;
use crate::handoff::{self, Program, Refusal};
use crate::invocation::Invocation;
use crate::persona::{aws, s3cmd};
use std::io::{self, Write};
use std::path::Path;

/// Settings of a profile that say where its keys come from, in the order in which they count.
const SOURCES: &[(&str, &str)] = &[
    ("role_arn", "an assumed role, which the real aws fetches"),
    ("sso_session", "an SSO session, which the real aws fetches"),
    ("sso_start_url", "SSO, which the real aws fetches"),
    ("aws_access_key_id", "the files"),
    ("login_session", "`aws login`, which the real aws fetches"),
    ("credential_process", "its credential_process"),
];

/// What is found, said as it is found, and what is wrong with it.
struct Report<'a> {
    invocation: &'a Invocation,
    out: &'a mut dyn Write,
    problems: Vec<String>,
}

/// Prints the report; true if nothing is wrong.
pub fn run(invocation: &Invocation, out: &mut dyn Write) -> io::Result<bool> {
    let mut report = Report { invocation, out, problems: Vec::new() };
    report.line("presign", env!("CARGO_PKG_VERSION"))?;
    if let Ok(own) = std::env::current_exe() {
        report.line("  is", &own.display().to_string())?;
    }
    for program in [Program::Aws, Program::S3cmd] {
        report.program(program)?;
    }
    report.settings()?;
    report.aws_files()?;
    report.s3cfg()?;
    let Report { out, problems, .. } = report;
    writeln!(out)?;
    if problems.is_empty() {
        writeln!(out, "Nothing is wrong.")?;
    }
    for problem in &problems {
        writeln!(out, "WRONG: {problem}")?;
    }
    Ok(problems.is_empty())
}

impl Report<'_> {
    fn line(&mut self, name: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "{name:<14} {text}")
    }

    /// The same thing may be found wrong twice.
    fn problem(&mut self, text: String) {
        if !self.problems.contains(&text) {
            self.problems.push(text);
        }
    }

    /// Who answers to a program's name, and who is behind us.
    fn program(&mut self, program: Program) -> io::Result<()> {
        let name = program.name();
        writeln!(self.out)?;
        let all: Vec<_> = handoff::on_path(name, self.invocation).collect();
        let is_us = |path: &Path| handoff::is_presign(&self.invocation.path(path));
        match all.first() {
            None => self.line(name, "no program of that name is on PATH")?,
            Some(first) if is_us(first) => self.line(name, &format!("{} is presign", first.display()))?,
            Some(first) => {
                self.line(name, &format!("{} is not presign", first.display()))?;
                if let Some(link) = all.iter().find(|path| is_us(path)) {
                    let folder = link.parent().unwrap_or(link);
                    self.problem(format!(
                        "{} comes after {} on PATH. {}",
                        link.display(),
                        first.display(),
                        install::advice(folder, self.invocation)
                    ));
                }
            }
        }
        match handoff::real(program, self.invocation) {
            Ok(path) => {
                let version = handoff::version_of(&self.invocation.path(&path));
                if version.as_ref().is_some_and(|version| version.starts_with("presign ")) {
                    self.problem(format!("{} is a copy of presign, not the real {name}", path.display()));
                }
                let version = version.unwrap_or_else(|| "which does not tell its version".to_owned());
                self.line("  real", &format!("{}, {version}", path.display()))?;
            }
            Err(Refusal::Missing) => {
                self.line("  real", "none")?;
                if all.first().is_some_and(|first| is_us(first)) {
                    self.problem(format!(
                        "there is no real {name} behind presign: only its own commands work; install it, or name it in {}",
                        program.variable()
                    ));
                }
            }
            Err(Refusal::Wrong(text, _)) => {
                self.line("  real", "none")?;
                self.problem(text);
            }
        }
        Ok(())
    }

    /// Our own settings.
    fn settings(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        let Some(path) = own::path(&self.invocation.env) else { return self.line("settings", "no folder for them") };
        self.line("settings", &about(&self.invocation.path(&path)))?;
        if let Err(error) = own::load(self.invocation) {
            self.problem(format!("{error:#}"));
        }
        if self.invocation.env.get("PRESIGN_BYPASS").is_some_and(|value| value == "1") {
            self.line("  note", "PRESIGN_BYPASS=1 hands everything on")?;
        }
        Ok(())
    }

    /// The AWS files, and the profile that counts.
    fn aws_files(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        let paths = aws::file_paths(&self.invocation.env);
        let mut texts = [None, None];
        for ((name, path), text) in ["config", "credentials"].iter().zip(&paths).zip(&mut texts) {
            let full = self.invocation.path(path);
            self.line(name, &about(&full))?;
            match aws_files::read(&full) {
                Ok(read) if read.as_deref().is_none_or(|text| aws_files::parse(text).is_ok()) => *text = read,
                _ => self.problem(format!("{} is no file that the AWS CLI can parse", path.display())),
            }
        }
        self.check_private(&paths[1]);
        let [config, credentials] =
            texts.each_ref().map(|text| aws_files::parse(text.as_deref().unwrap_or_default()).unwrap_or_default());
        let files = Files { config, credentials };
        let env = &self.invocation.env;
        let asked = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].iter().find_map(|name| Some((name, env.get(name)?)));
        let name = asked.as_ref().map_or_else(|| "default".into(), |(_, name)| name.to_string_lossy());
        let profile = files.profile(&name);
        let by = asked.as_ref().map(|(variable, _)| format!(", by {variable}")).unwrap_or_default();
        self.line("  profile", &format!("{name}{by}"))?;
        if profile.is_none() && asked.is_some() {
            self.problem(format!("the profile {name:?} is in neither file"));
        }
        let source = if env.non_empty("AWS_ACCESS_KEY_ID").is_some() {
            "the environment"
        } else {
            let source = SOURCES.iter().find(|(key, _)| profile.as_ref().is_some_and(|profile| profile.has(key)));
            source.map_or("nowhere in the files: container or instance, which the real aws asks", |(_, text)| text)
        };
        self.line("  keys from", source)
    }

    /// s3cmd's settings.
    fn s3cfg(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        let path = s3cmd::default_file(&self.invocation.env);
        self.line("s3cfg", &about(&self.invocation.path(&path)))?;
        self.check_private(&path);
        Ok(())
    }

    /// A file with secrets in it is its owner's alone.
    fn check_private(&mut self, path: &Path) {
        #[cfg(unix)]
        if let Ok(about) = self.invocation.path(path).metadata() {
            let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions());
            if mode & 0o077 != 0 {
                self.problem(format!("{0} can be read by others; run: chmod 600 {0}", path.display()));
            }
        }
        #[cfg(not(unix))]
        let _ = path;
    }
}

/// A file's path, and whether it is there.
fn about(path: &Path) -> String {
    match std::fs::File::open(path) {
        Ok(_) => path.display().to_string(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("{}, which is not there", path.display()),
        Err(error) => format!("{}, which cannot be read: {error}", path.display()),
    }
}
