//! The grammars of the files that are read, and their errors. Nothing here knows of options.

pub mod aws;
pub mod ini;
pub mod own;
pub mod s3cfg;
