//! Live tests: against the real programs and real servers. Run by `tests/live/run.sh`, which
//! installs what they need and says where it is.

#[path = "../support/mod.rs"]
mod support;

mod aws;
mod real;
mod s3cmd;
