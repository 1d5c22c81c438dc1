//! Spares the loader work at every start on Linux with glibc: libgcc is linked in, so that there is
//! one library less to find, and the program has a fixed address. Each is a tenth of the whole run.
//! The static release build has both anyway.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    let native = std::env::var("HOST") == std::env::var("TARGET");
    if target("OS") != "linux" || target("ENV") != "gnu" || is_static || !native || !has_static_libgcc() {
        return;
    }
    // The standard library asks for `-lgcc_s`; a linker script of that name stands in for it.
    let Some(folder) = std::env::var_os("OUT_DIR").map(PathBuf::from) else { return };
    if std::fs::write(folder.join("libgcc_s.so"), "INPUT(-lgcc_eh)\n").is_ok() {
        println!("cargo:rustc-link-search=native={}", folder.display());
    }
    // A fixed address leaves nothing to relocate at start; docs/performance.md weighs it.
    println!("cargo:rustc-link-arg-bins=-no-pie");
}

fn has_static_libgcc() -> bool {
    let output = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    // A compiler that does not have it answers with the bare name.
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_absolute())
}
