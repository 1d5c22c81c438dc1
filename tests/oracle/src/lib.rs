//! A second opinion on presign's endpoint rules. Both presign and the AWS SDK for Rust follow the
//! rule set that AWS publishes for S3; the SDK's resolver is generated from it, presign's is
//! written by hand.

pub mod cases;
pub mod random;
pub mod sdk;
