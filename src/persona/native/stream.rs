//! Lines in, links out: chunks of lines, worked on by several threads, written in order, in memory
//! that does not grow.
//!
//! Each thread takes the next chunk of the input, makes its links, waits until the chunks before
//! are written, and writes. Nobody stands between reader and writer, so there is no queue to fill;
//! with one job, or little to do, there is no other thread at all.

use super::bar::Bar;
use crate::invocation::{Clock, Streams};
use crate::persona::aws::presigner::{Presigner, Reason};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// How many bytes are read at once.
const BLOCK: usize = 32 * 1024;

/// The longest line, in bytes; a longer one has no link.
const MAX_LINE: usize = 64 * 1024;

/// After how many chunks other threads are called in: what is over sooner is over before they
/// have started.
const ALONE: usize = 8;

/// How many bytes of links, and how many problems, a thread holds back until it is its turn.
const MAX_LINKS: usize = 512 * 1024;
const MAX_PROBLEMS: usize = 1000;

/// Whether some URIs had no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problems {
    None,
    Some,
}

/// What ends the whole run.
#[derive(Debug)]
pub enum Error {
    Read(io::Error),
    Write(io::Error),
}

/// Makes the links of all lines of the input.
pub fn run(
    presigner: &Presigner,
    clock: &Clock,
    jobs: usize,
    streams: &mut Streams,
    bar: Option<Bar>,
) -> Result<Problems, Error> {
    let run = Run {
        presigner,
        clock,
        source: Mutex::new(Source::new(streams.input)),
        output: Mutex::new(Output {
            out: streams.out,
            err: streams.err,
            turn: 0,
            lines: 0,
            problems: Problems::None,
            error: None,
            bar,
        }),
        next: Condvar::new(),
    };
    if run.work(ALONE) {
        std::thread::scope(|scope| {
            for _ in 1..jobs {
                // Without another thread, fewer do the work.
                let _ = std::thread::Builder::new().spawn_scoped(scope, || run.work(usize::MAX));
            }
            run.work(usize::MAX);
        });
    }
    let output = run.output.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(bar) = &output.bar {
        bar.end();
    }
    if let Some(error) = output.error {
        return Err(Error::Write(error));
    }
    output.out.flush().map_err(Error::Write)?;
    match run.source.into_inner().unwrap_or_else(PoisonError::into_inner).error {
        Some(error) => Err(Error::Read(error)),
        None => Ok(output.problems),
    }
}

struct Run<'a> {
    presigner: &'a Presigner,
    clock: &'a Clock,
    source: Mutex<Source<'a>>,
    output: Mutex<Output<'a>>,
    /// A turn is over, or all is.
    next: Condvar,
}

/// The links of some lines of a chunk, and what is wrong with others.
#[derive(Default)]
struct Part {
    links: Vec<u8>,
    /// The line (from 0 at the part's start) and the reason.
    problems: Vec<(u64, Reason)>,
    lines: u64,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run<'_> {
    /// Takes so many chunks. False if there are no more, or nobody wants the links.
    fn work(&self, chunks: usize) -> bool {
        let mut chunk = Vec::new();
        let mut part = Part::default();
        let mut links = self.presigner.links(SystemTime::UNIX_EPOCH);
        for _ in 0..chunks {
            // The lock is held while waiting for input; what is being written does not need it.
            let Some(number) = locked(&self.source).next(&mut chunk) else { return false };
            // The key follows the day.
            links.set_time(self.clock.now());
            let lines = chunk.strip_suffix(b"\n").unwrap_or(&chunk);
            for line in lines.split(|&byte| byte == b'\n') {
                let made = if line.len() > MAX_LINE {
                    Err("longer than 65,536 bytes".into())
                } else {
                    links.push(line.strip_suffix(b"\r").unwrap_or(line), &mut part.links)
                };
                match made {
                    Ok(()) => part.links.push(b'\n'),
                    Err(reason) => part.problems.push((part.lines, reason)),
                }
                part.lines += 1;
                let is_full = part.links.len() > MAX_LINKS || part.problems.len() > MAX_PROBLEMS;
                if is_full && !self.put(number, &mut part, false) {
                    return false;
                }
            }
            if !self.put(number, &mut part, true) {
                return false;
            }
        }
        true
    }

    /// Writes a part when it is the chunk's turn; whether to go on.
    fn put(&self, number: u64, part: &mut Part, is_last: bool) -> bool {
        let mut output = locked(&self.output);
        while output.turn != number && output.error.is_none() {
            output = self.next.wait(output).unwrap_or_else(PoisonError::into_inner);
        }
        if output.error.is_none()
            && let Err(error) = output.write(part)
        {
            output.error = Some(error);
        }
        part.links.clear();
        part.problems.clear();
        part.lines = 0;
        let goes_on = output.error.is_none();
        if is_last || !goes_on {
            output.turn = number + 1;
            self.next.notify_all();
        }
        goes_on
    }
}

/// Where links and problems go, chunk after chunk.
struct Output<'a> {
    out: &'a mut (dyn Write + Send),
    err: &'a mut (dyn Write + Send),
    /// The number of the chunk that is to be written next.
    turn: u64,
    /// The lines before it.
    lines: u64,
    problems: Problems,
    error: Option<io::Error>,
    bar: Option<Bar>,
}

impl Output<'_> {
    fn write(&mut self, part: &Part) -> io::Result<()> {
        if !part.links.is_empty() {
            self.out.write_all(&part.links)?;
        }
        if !part.problems.is_empty() {
            self.problems = Problems::Some;
            let mut text = String::new();
            for (line, reason) in &part.problems {
                text.push_str(&format!("presign: line {}: {reason}\n", self.lines + line + 1));
            }
            let err = &mut self.err;
            // A reader that has gone away changes nothing.
            let mut say = || drop(err.write_all(text.as_bytes()));
            match &self.bar {
                Some(bar) => bar.aside(say),
                None => say(),
            }
        }
        self.lines += part.lines;
        if let Some(bar) = &self.bar {
            bar.add(part.lines);
        }
        Ok(())
    }
}

/// The input, cut into chunks of whole lines.
struct Source<'a> {
    input: &'a mut (dyn Read + Send),
    /// The start of a line whose end is not read yet.
    carry: Vec<u8>,
    /// The number of the next chunk.
    number: u64,
    /// In the midst of a line that is too long.
    skips: bool,
    has_ended: bool,
    error: Option<io::Error>,
}

impl<'a> Source<'a> {
    fn new(input: &'a mut (dyn Read + Send)) -> Self {
        Self { input, carry: Vec::new(), number: 0, skips: false, has_ended: false, error: None }
    }

    /// Puts the next lines into `chunk` and gives its number. Of a line that is too long there is
    /// as much as shows that it is.
    fn next(&mut self, chunk: &mut Vec<u8>) -> Option<u64> {
        chunk.clear();
        chunk.append(&mut self.carry);
        while !self.has_ended {
            let start = chunk.len();
            chunk.resize(start + BLOCK, 0);
            let read = self.read(&mut chunk[start..]);
            chunk.truncate(start + read.unwrap_or(0));
            match read {
                // A line that breaks off in an error is not what was meant.
                None => chunk.clear(),
                Some(0) => {}
                Some(_) => {
                    if self.cut(chunk) {
                        break;
                    }
                    continue;
                }
            }
            self.has_ended = true;
        }
        if chunk.is_empty() {
            return None;
        }
        self.number += 1;
        Some(self.number - 1)
    }

    /// Bytes read, 0 at the end, nothing after an error.
    fn read(&mut self, into: &mut [u8]) -> Option<usize> {
        loop {
            match self.input.read(into) {
                Ok(read) => return Some(read),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.error = Some(error);
                    return None;
                }
            }
        }
    }

    /// Ends the chunk with its last whole line; false if it needs more.
    fn cut(&mut self, chunk: &mut Vec<u8>) -> bool {
        if self.skips {
            let Some(end) = chunk.iter().position(|&byte| byte == b'\n') else {
                chunk.clear();
                return false;
            };
            chunk.drain(..=end);
            self.skips = false;
        }
        match chunk.iter().rposition(|&byte| byte == b'\n') {
            Some(end) => {
                self.carry.extend_from_slice(&chunk[end + 1..]);
                chunk.truncate(end + 1);
                true
            }
            None if chunk.len() > MAX_LINE => {
                chunk.truncate(MAX_LINE + 1);
                self.skips = true;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input that gives so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(into.len());
            self.0.read(&mut into[..length])
        }
    }

    fn lines(text: &[u8], step: usize) -> Vec<Vec<u8>> {
        let mut input = Slow(text, step);
        let mut source = Source::new(&mut input);
        let (mut chunk, mut lines) = (Vec::new(), Vec::new());
        while source.next(&mut chunk).is_some() {
            assert!(chunk.len() <= MAX_LINE + BLOCK + 1);
            lines.extend(chunk.strip_suffix(b"\n").unwrap_or(&chunk).split(|&b| b == b'\n').map(<[u8]>::to_vec));
        }
        lines
    }

    #[test]
    fn chunks_are_whole_lines() {
        for (text, expected) in [
            (&b""[..], &[][..]),
            (b"\n", &[&b""[..]]),
            (b"a", &[b"a"]),
            (b"a\n", &[b"a"]),
            (b"a\n\nb\nc", &[b"a", b"", b"b", b"c"]),
            (b"ab\ncd\n\n", &[b"ab", b"cd", b""]),
        ] {
            for step in [1, 2, 3, BLOCK] {
                assert_eq!(lines(text, step), expected, "{text:?} by {step}");
            }
        }
    }

    #[test]
    fn long_lines_are_cut_short() {
        for length in [MAX_LINE, MAX_LINE + 1, MAX_LINE + BLOCK, 10 * MAX_LINE] {
            let mut text = b"first\n".to_vec();
            text.resize(text.len() + length, b'x');
            text.extend_from_slice(b"\nlast\n");
            for step in [1000, BLOCK] {
                let lines = lines(&text, step);
                assert_eq!((lines.len(), &lines[0], &lines[2]), (3, &b"first".to_vec(), &b"last".to_vec()));
                assert_eq!(lines[1].len() > MAX_LINE, length > MAX_LINE, "{length} by {step}");
            }
        }
    }

    #[test]
    fn a_line_that_breaks_off_in_an_error_is_left_out() {
        struct Broken(bool);
        impl Read for Broken {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::Error::other("broken"));
                }
                (&b"a\nb"[..]).read(into)
            }
        }
        let mut input = Broken(false);
        let mut source = Source::new(&mut input);
        let mut chunk = Vec::new();
        assert_eq!((source.next(&mut chunk), chunk.as_slice()), (Some(0), &b"a\n"[..]));
        assert_eq!(source.next(&mut chunk), None);
        assert!(source.error.is_some());
    }
}
