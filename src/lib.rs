//! Presigned S3 URLs, in the place of `aws s3 presign` and `s3cmd signurl`.
//!
//! A run is a function of an [`Invocation`]: arguments, environment, folder and clock, with
//! [`Streams`] for its input and output. Data goes one way: persona, arguments, settings, endpoint,
//! credentials, signature. `docs/architecture.md` has the map.

#![forbid(unsafe_code)]

pub mod argv;
pub mod config;
pub mod credentials;
pub mod endpoint;
pub mod handoff;
pub mod invocation;
mod os;
pub mod persona;
pub mod python;
pub mod sign;

pub use invocation::{Clock, Env, Invocation, Outcome, Streams, Terminals};

/// Runs one call: writes to the streams and says how to end.
pub fn run(invocation: &Invocation, streams: &mut Streams) -> Outcome {
    persona::run(invocation, streams)
}
