//! How Python reads and words things, where the two programs let it show.
//!
//! The real `aws` and `s3cmd` are Python programs: what their `int()`, `repr()`, `shlex` or
//! `urlsplit()` accept and complain about is what their users see. Each file here is one such
//! function, of CPython 3.14 (which the AWS CLI 2.36 brings along) where versions differ, and
//! nothing in this room knows of S3.

pub mod difflib;
pub mod int;
pub mod jmespath;
pub mod json;
pub mod paths;
pub mod repr;
pub mod shlex;
pub mod space;
pub mod text;
pub mod url;
