//! What the command line lays over the settings, and what s3cmd then checks of them all: in its
//! order, and though no link depends on most of it.

use super::config;
use super::fault::Fault;
use super::{Call, IO_ERROR, keys};
use crate::python::repr::{repr, repr_bytes};
use crate::python::text::{os_error, replaced, shown};
use std::ffi::OsString;
use std::path::PathBuf;

impl Call<'_, '_> {
    /// Everything here, in order.
    pub fn lay_over(&mut self) -> Result<(), Fault> {
        self.check_headers()?;
        self.lay_options_over()?;
        self.check_the_rest()
    }

    /// `--add-header NAME:VALUE`.
    fn check_headers(&mut self) -> Result<(), Fault> {
        let parsed = self.parsed;
        for header in parsed.all("add_header") {
            let header = shown(header);
            let Some((name, value)) = header.split_once(':') else {
                return Err(Fault::Parameter(format!("Invalid header format: {header}")));
            };
            let bad: String =
                name.chars().filter(|&c| !(c.is_ascii_alphanumeric() || "-.!#$%&*+^_|".contains(c))).collect();
            if !bad.is_empty() {
                let bad = bad.replace(' ', "<space>").replace('\t', "<tab>");
                return Err(Fault::Parameter(format!("Invalid character(s) in header name '{name}': \"{bad}\"")));
            }
            self.log.debug(|| {
                format!("Updating Config.Config extra_headers[{}] -> {}", name.trim().to_lowercase(), value.trim())
            });
        }
        Ok(())
    }

    /// What the command line sets, in the order of the settings' names.
    fn lay_options_over(&mut self) -> Result<(), Fault> {
        let parsed = self.parsed;
        for name in config::names() {
            let value: OsString = match parsed.last(name) {
                Some(given) => given.filling().into_owned(),
                None if name == "cache_file" => OsString::new(),
                None if name == "follow_symlinks" => "False".into(),
                None => continue,
            };
            let text = replaced(value.as_encoded_bytes());
            self.log.debug(|| {
                let value = if matches!(name, "secret_key" | "access_token") {
                    keys::masked(&text)
                } else {
                    shown(&value).into_owned()
                };
                format!("Updating Config.Config {name} -> {value}")
            });
            // Numbers on the command line are where s3cmd does not catch its own error.
            self.config.update(name, &text, &self.invocation.env)?;
        }
        self.check_chunk_size()?;
        self.show_cloudfront_options();
        Ok(())
    }

    fn check_chunk_size(&self) -> Result<(), Fault> {
        let size = self.config.number("multipart_chunk_size_mb");
        let wrong = |how: &str, limit: &str| {
            Err(Fault::Parameter(format!(
                "Chunk size {size} MB is too {how}, must be {limit} MB. Please adjust --multipart-chunk-size-mb"
            )))
        };
        match size {
            ..5 => wrong("small", ">= 5"),
            5..=5120 => Ok(()),
            _ => wrong("large", "<= 5120"),
        }
    }

    fn show_cloudfront_options(&mut self) {
        let parsed = self.parsed;
        let list = |dest: &str| {
            let values: Vec<String> = parsed.all(dest).map(|value| repr_bytes(value.as_encoded_bytes())).collect();
            (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
        };
        let one = |dest: &str| parsed.last(dest).map(|given| shown(&given.filling()).into_owned());
        for (name, value) in [
            ("cf_cnames_add", list("cf_cnames_add")),
            ("cf_cnames_remove", list("cf_cnames_remove")),
            ("cf_comment", one("cf_comment")),
            ("cf_default_root_object", one("cf_default_root_object")),
            ("cf_enable", one("enable")),
            ("cf_logging", one("log_target_prefix")),
        ] {
            if let Some(value) = value {
                self.log.debug(|| format!("Updating CloudFront.Cmd {name} -> {value}"));
            }
        }
    }

    /// What can fail though no link depends on it.
    fn check_the_rest(&mut self) -> Result<(), Fault> {
        let encoding = self.config.text("encoding").to_owned();
        if !is_known_encoding(&encoding) {
            return Err(Fault::Crash(format!("unknown encoding: {encoding}")));
        }
        for kind in ["exclude", "rexclude", "include", "rinclude"] {
            self.check_patterns(kind)?;
        }
        let timeout = self.config.number("socket_timeout");
        if timeout < 0 {
            return Err(Fault::Crash("Timeout value out of range: socket_timeout must not be negative".to_owned()));
        } else if timeout > 9_223_372_036 {
            return Err(Fault::Crash("timeout value is too large: socket_timeout".to_owned()));
        }
        if self.config.truth("encrypt") && self.config.text("gpg_passphrase").is_empty() {
            return Err(Fault::Exit(
                vec![
                    "Encryption requested but no passphrase set in config file.".to_owned(),
                    "Please re-run 's3cmd --configure' and supply it.".to_owned(),
                ],
                78,
            ));
        }
        for (setting, dest) in [("content_disposition", "content_disposition"), ("content_type", "content_type")] {
            if let Some(given) = self.parsed.last(dest).filter(|given| !given.value.is_empty()) {
                let text = replaced(given.value.as_encoded_bytes()).into_owned();
                self.config.set_text(setting, text);
            }
        }
        Ok(())
    }

    /// `--exclude`, `--exclude-from` and their kin: files are read, patterns shown.
    fn check_patterns(&mut self, kind: &str) -> Result<(), Fault> {
        let parsed = self.parsed;
        let mut patterns: Vec<String> = parsed.all(kind).map(|pattern| shown(pattern).into_owned()).collect();
        for file in parsed.all(&format!("{kind}_from")) {
            let name = shown(file).into_owned();
            self.log.debug(|| format!("processing --{kind}-from {name}"));
            self.log.debug(|| {
                format!("DeUnicodising {} using {}", repr_bytes(file.as_encoded_bytes()), self.config.text("encoding"))
            });
            let path = self.invocation.path(&PathBuf::from(file));
            let bytes = std::fs::read(path).map_err(|error| {
                // s3cmd names the file by its bytes.
                let text = os_error(&error, file);
                let quote = text.find(": '").or_else(|| text.find(": \"")).map_or(text.len(), |at| at + 2);
                Fault::Exit(vec![format!("{}b{}", &text[..quote], &text[quote..])], IO_ERROR)
            })?;
            for line in String::from_utf8_lossy(&bytes).lines() {
                let pattern = line.trim();
                if !pattern.is_empty() && !pattern.starts_with('#') {
                    self.log.debug(|| format!("{name}: adding rule: {pattern}"));
                    patterns.push(pattern.to_owned());
                }
            }
        }
        let list: Vec<String> = patterns.iter().map(|pattern| repr(pattern)).collect();
        for _ in &patterns {
            self.log.debug(|| format!("processing {kind} rule: [{}]", list.join(", ")));
        }
        Ok(())
    }
}

/// Whether Python has a codec of that name that can write a link: the ones that s3cmd's users
/// have. UTF-16 and its like would make no link of it.
fn is_known_encoding(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['_', ' '], "-");
    const KNOWN: &[&str] = &[
        "utf-8",
        "utf8",
        "u8",
        "utf-8-sig",
        "ascii",
        "us-ascii",
        "646",
        "latin-1",
        "latin1",
        "l1",
        "iso-8859-1",
        "iso8859-1",
    ];
    KNOWN.contains(&name.as_str())
        || name.starts_with("cp")
        || name.starts_with("iso-8859-")
        || name.starts_with("iso8859-")
        || matches!(
            name.as_str(),
            "koi8-r"
                | "koi8-u"
                | "gbk"
                | "gb2312"
                | "gb18030"
                | "big5"
                | "euc-jp"
                | "euc-kr"
                | "shift-jis"
                | "sjis"
                | "mac-roman"
        )
}
