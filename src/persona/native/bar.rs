//! How far a long run is, on a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Counts lines. How many there will be, nobody knows.
pub struct Bar(ProgressBar);

impl Bar {
    pub fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        // The template is a constant; a bar with another look is as good.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} lines in {elapsed}, {per_sec}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Counts more lines.
    pub fn add(&self, lines: u64) {
        self.0.inc(lines);
    }

    /// Makes room for something else to be said.
    pub fn aside(&self, say: impl FnOnce()) {
        self.0.suspend(say);
    }

    /// Leaves nothing behind.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}
