//! Live tests: against the real programs and real servers. Run by `tests/live/run.sh`, which
//! installs what they need and says where it is.

mod aws;
mod aws_parts;
mod pass;
mod real;
mod s3cmd;
