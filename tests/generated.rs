//! The completions and manual pages that are checked in, against what the command line says now.
//! `PRESIGN_UPDATE=1 cargo test generated` writes them anew.

use clap_complete::Shell;
use presign::persona::native::command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file, by its path in the project.
fn generated() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (shell, name) in [(Shell::Bash, "presign.bash"), (Shell::Zsh, "_presign"), (Shell::Fish, "presign.fish")] {
        let mut content = Vec::new();
        clap_complete::generate(shell, &mut command(), "presign", &mut content);
        files.insert(Path::new("completions").join(name), content);
    }
    let mut root = command();
    root.build();
    let pages = std::iter::once(&root).chain(root.get_subcommands().filter(|sub| sub.get_name() != "help"));
    for page in pages {
        let name = page.get_display_name().unwrap_or_else(|| page.get_name()).to_owned();
        let mut content = Vec::new();
        let page = clap_mangen::Man::new(page.clone()).title(name.to_uppercase());
        page.render(&mut content).expect("a page");
        files.insert(Path::new("man").join(format!("{name}.1")), content);
    }
    files
}

#[test]
fn files_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let update = std::env::var_os("PRESIGN_UPDATE").is_some();
    for (path, content) in generated() {
        let full = root.join(&path);
        if update {
            std::fs::create_dir_all(full.parent().expect("a folder")).expect("the folder is made");
            std::fs::write(&full, &content).expect("it is written");
        }
        let is = std::fs::read(&full).unwrap_or_default();
        assert!(is == content, "{} is stale: run PRESIGN_UPDATE=1 cargo test generated", path.display());
    }
}
