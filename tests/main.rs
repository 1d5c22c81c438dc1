//! All tests of whole calls, in one program. The live ones, against the real programs, are built
//! with the feature `live` and run by `tests/live/run.sh`.

mod bad_input;
mod found;
mod found_aws;
mod generated;
mod guide;
mod handoff;
mod install;
#[cfg(feature = "live")]
mod live;
mod output;
mod recorded_aws;
mod recorded_s3cmd;
mod signatures;
mod support;
mod url;
