//! Which scheme, host and path a link has, and which region and service sign it. Knows neither
//! files nor environment.
//!
//! The rules are the published endpoint rule set of S3 for GetObject (botocore's
//! `s3/2006-03-01/endpoint-rule-set-1.json`), decision by decision, in its order; the partitions
//! are its `partitions.json`.

pub mod arn;
pub mod hosts;
pub mod labels;
pub mod partitions;
pub mod region;
pub mod rules;
pub mod special;
pub mod url;
