//! How a Python program reads its command line: one table of options, two readers.
//!
//! A persona's options are one constant table. `argparse` and `optparse` read it as the Python
//! modules of that name do; clap builds help and completions from the same rows.

pub mod argparse;
pub mod optparse;
