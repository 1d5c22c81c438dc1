//! s3cmd's messages: Python's `logging` with `LEVEL: text` lines on standard error.

use std::io::Write;

pub const DEBUG: i64 = 10;
pub const WARNING: i64 = 30;
pub const ERROR: i64 = 40;

/// The root logger.
pub struct Log<'a> {
    pub level: i64,
    pub err: &'a mut dyn Write,
}

impl Log<'_> {
    fn line(&mut self, level: i64, name: &str, text: &str) {
        if level >= self.level {
            // A reader that has gone away ends nothing.
            let _ = writeln!(self.err, "{name}: {text}");
        }
    }

    /// The text is built only if it is to be shown.
    pub fn debug(&mut self, text: impl FnOnce() -> String) {
        if DEBUG >= self.level {
            self.line(DEBUG, "DEBUG", &text());
        }
    }

    pub fn warning(&mut self, text: &str) {
        self.line(WARNING, "WARNING", text);
    }

    pub fn error(&mut self, text: &str) {
        self.line(ERROR, "ERROR", text);
    }
}

/// A level by its name.
pub fn level_of(name: &str) -> Option<i64> {
    Some(match name {
        "CRITICAL" | "FATAL" => 50,
        "ERROR" => ERROR,
        "WARN" | "WARNING" => WARNING,
        "INFO" => 20,
        "DEBUG" => DEBUG,
        "NOTSET" => 0,
        _ => return None,
    })
}
