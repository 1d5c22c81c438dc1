//! How far a long run is, on a terminal: one line, drawn over itself.

use std::io::Write;
use std::time::{Duration, Instant};

/// The time between two drawings.
const PAUSE: Duration = Duration::from_millis(100);

/// Back to the line's start, and the line wiped.
const WIPE: &[u8] = b"\r\x1b[2K";

/// Counts lines. How many there will be, nobody knows.
pub struct Bar {
    lines: u64,
    start: Instant,
    drawn: Option<Instant>,
}

impl Bar {
    pub fn new() -> Self {
        Self { lines: 0, start: Instant::now(), drawn: None }
    }

    /// Counts more lines, and shows them if it is time.
    pub fn add(&mut self, lines: u64, err: &mut dyn Write) {
        self.lines += lines;
        let now = Instant::now();
        if self.drawn.is_some_and(|drawn| now - drawn < PAUSE) {
            return;
        }
        self.drawn = Some(now);
        let seconds = (now - self.start).as_secs_f64();
        let mut text = WIPE.to_vec();
        text.extend_from_slice(grouped(self.lines).as_bytes());
        text.extend_from_slice(b" lines");
        if seconds >= 1.0 {
            // A rate that nobody reads to the last digit.
            let rate = (self.lines as f64 / seconds) as u64;
            text.extend_from_slice(format!(" in {seconds:.0} s, {} a second", grouped(rate)).as_bytes());
        }
        // A terminal that has gone away changes nothing.
        let _ = err.write_all(&text);
    }

    /// Makes room for something else.
    pub fn wipe(&mut self, err: &mut dyn Write) {
        if self.drawn.take().is_some() {
            let _ = err.write_all(WIPE);
        }
    }
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn drawn_now_and_then_and_wiped() {
        let mut err = Vec::new();
        let mut bar = Bar::new();
        bar.wipe(&mut err);
        bar.add(1000, &mut err);
        bar.add(1, &mut err);
        bar.wipe(&mut err);
        bar.wipe(&mut err);
        bar.add(1, &mut err);
        assert_eq!(String::from_utf8_lossy(&err), "\r\x1b[2K1,000 lines\r\x1b[2K\r\x1b[2K1,002 lines");
    }
}
