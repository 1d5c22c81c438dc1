//! How a call of s3cmd fails: the text, and the exit code that goes with it.

/// A failure that ends the call.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Python's `ValueError`: a parameter problem where s3cmd catches it, a crash elsewhere.
    Value(String),
    /// s3cmd's `ParameterError`.
    Parameter(String),
    /// Lines to print, and the status to leave with.
    Exit(Vec<String>, u8),
    /// The real s3cmd dies of a Python exception; the text says what is wrong.
    Crash(String),
    /// What the settings lead to needs the network, or the real program's eyes.
    Theirs(String),
}

impl Fault {
    /// What a `ValueError` becomes where s3cmd turns it into a parameter problem.
    pub fn caught(self) -> Self {
        match self {
            Self::Value(text) => Self::Parameter(text),
            other => other,
        }
    }

    /// Whether the real s3cmd prints a trace.
    pub fn is_crash(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Crash(_))
    }

    /// The lines for standard error, without their `ERROR: `, and the exit code.
    pub fn lines(self) -> (Vec<String>, u8) {
        match self {
            Self::Parameter(text) => (vec![format!("Parameter problem: {text}")], 64),
            Self::Value(text) | Self::Crash(text) => (vec![text], 1),
            Self::Exit(lines, code) => (lines, code),
            Self::Theirs(text) => (vec![text], 78),
        }
    }
}
