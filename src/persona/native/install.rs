//! `presign install` and `presign uninstall`: links to ourselves by the names of the two programs.

use crate::handoff::{self, Program};
use crate::invocation::{Env, Invocation};
use anyhow::{Context, Result, bail};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What stands where a link is to be.
#[derive(Debug, PartialEq, Eq)]
enum There {
    Nothing,
    /// A link to this very file, or the file itself.
    Us,
    /// A link to another presign, dangling or not, or a copy.
    Ours,
    Foreign,
}

fn there(path: &Path) -> There {
    if path.symlink_metadata().is_err() {
        There::Nothing
    } else if handoff::is_this_file(path) {
        There::Us
    } else if path.read_link().is_ok_and(|target| target.file_stem().is_some_and(|name| name == "presign"))
        || (path.is_file() && handoff::is_presign(path))
    {
        There::Ours
    } else {
        There::Foreign
    }
}

/// The folder that the links go to when none is named: `XDG_BIN_HOME`, else `~/.local/bin`.
pub fn default_folder(env: &Env) -> Option<PathBuf> {
    let home = match env {
        Env::Process => match dirs::executable_dir() {
            Some(folder) => return Some(folder),
            None => dirs::home_dir()?,
        },
        Env::Given(_) => match env.non_empty("XDG_BIN_HOME").map(PathBuf::from) {
            Some(folder) if folder.is_absolute() => return Some(folder),
            _ => env.non_empty("HOME")?.into(),
        },
    };
    Some(home.join(".local").join("bin"))
}

/// The path of ourselves that lasts: the `presign` on PATH that is us, where a package manager may
/// keep a link to the newest version, else the file.
fn own_path(invocation: &Invocation) -> Result<PathBuf> {
    handoff::on_path("presign", invocation)
        .map(|path| invocation.path(&path))
        .find(|path| path.is_absolute() && handoff::is_this_file(path))
        .map_or_else(|| std::env::current_exe().context("cannot tell where presign is"), Ok)
}

/// Links the programs' names in the folder to us.
pub fn install(folder: &Path, programs: &[Program], invocation: &Invocation, out: &mut dyn Write) -> Result<()> {
    let folder = std::path::absolute(invocation.path(folder))?;
    let own = own_path(invocation)?;
    let mut foreign = Vec::new();
    for &program in programs {
        let link = folder.join(format!("{}{}", program.name(), std::env::consts::EXE_SUFFIX));
        match there(&link) {
            There::Us => writeln!(out, "{} is presign already", link.display())?,
            There::Foreign => foreign.push(link.display().to_string()),
            There::Nothing | There::Ours => {
                std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
                replace(&own, &link).with_context(|| format!("cannot make {}", link.display()))?;
                writeln!(out, "{} is now a link to {}", link.display(), own.display())?;
            }
        }
    }
    if !foreign.is_empty() {
        bail!(
            "{} is not presign's, and stays as it is; move it away, or name another folder with --dir",
            foreign.join(" and ")
        );
    }
    let behind = programs.iter().find(|program| !is_first(**program, invocation));
    if let Some(program) = behind {
        writeln!(out, "\nBut a shell does not find {} there first. {}", program.name(), advice(&folder, invocation))?;
    }
    for program in programs {
        if handoff::real(*program, invocation).is_err() {
            let name = program.name();
            writeln!(out, "\nThere is no real {name} on this machine: what presign does not do itself will not work.")?;
        }
    }
    Ok(())
}

/// Whether the first program of that name on PATH is us.
pub fn is_first(program: Program, invocation: &Invocation) -> bool {
    let first = handoff::on_path(program.name(), invocation).next();
    first.is_some_and(|path| handoff::is_this_file(&invocation.path(&path)))
}

/// What to do so that the folder comes first on PATH.
pub fn advice(folder: &Path, invocation: &Invocation) -> String {
    let shell = invocation.env.get("SHELL").unwrap_or_default();
    let shown = folder.display().to_string();
    let quoted = shlex::try_quote(&shown).unwrap_or_default();
    let export = format!("export PATH={quoted}:\"$PATH\"");
    match Path::new(&shell).file_name().and_then(|name| name.to_str()) {
        Some("fish") => format!("Run this line once:\n\n    fish_add_path --move --prepend {quoted}"),
        Some("zsh") => format!("Add this line to the end of ~/.zshrc:\n\n    {export}"),
        Some("bash") => format!("Add this line to the end of ~/.bashrc:\n\n    {export}"),
        _ => format!("Add this line to the end of your shell's start-up file:\n\n    {export}"),
    }
}

/// Puts a link in place of what stands there, without a moment in which nothing does.
fn replace(own: &Path, link: &Path) -> io::Result<()> {
    let name = link.file_name().unwrap_or_default().display();
    let beside = link.with_file_name(format!(".{name}.presign-{}", std::process::id()));
    let _ = std::fs::remove_file(&beside);
    make_link(own, &beside)?;
    std::fs::rename(&beside, link).inspect_err(|_| drop(std::fs::remove_file(&beside)))
}

#[cfg(unix)]
fn make_link(own: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(own, link)
}

/// Where links take a privilege, a hard link or a copy does as well.
#[cfg(not(unix))]
fn make_link(own: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(own, link)
        .or_else(|_| std::fs::hard_link(own, link))
        .or_else(|_| std::fs::copy(own, link).map(drop))
}

/// Takes our links out of the folder.
pub fn uninstall(folder: &Path, programs: &[Program], invocation: &Invocation, out: &mut dyn Write) -> Result<()> {
    let folder = std::path::absolute(invocation.path(folder))?;
    for program in programs {
        let link = folder.join(format!("{}{}", program.name(), std::env::consts::EXE_SUFFIX));
        let shown = link.display();
        match there(&link) {
            There::Nothing => writeln!(out, "{shown} is not there")?,
            There::Foreign => writeln!(out, "{shown} is not presign's, and stays as it is")?,
            There::Us | There::Ours => {
                std::fs::remove_file(&link).with_context(|| format!("cannot remove {shown}"))?;
                writeln!(out, "{shown} is removed")?;
            }
        }
    }
    Ok(())
}
