//! Handing on, with the real binary as a process: links to it in a temporary folder, and stand-ins
//! for the real programs behind them.
//!
//! The measure is the stand-in called without us: what it sees and how it ends must be the same.

// What a process looks like from outside is read in /proc.
#![cfg(target_os = "linux")]

mod ends;
mod exact;
mod naming;
mod search;
mod signals;
mod stage;
mod terminal;
mod whose;
