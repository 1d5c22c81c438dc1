//! The options of the AWS CLI 2.36: the global ones, which may stand anywhere, and those of
//! `s3 presign`.

use crate::argv::argparse::Row;
use crate::argv::argparse::Takes::{Choice, Nothing, Value, Version};

const fn row(name: &'static str, takes: crate::argv::argparse::Takes, help: &'static str) -> Row {
    Row { name, takes, help }
}

pub const OUTPUTS: &[&str] = &["json", "text", "table", "yaml", "yaml-stream", "off"];
pub const COLORS: &[&str] = &["on", "off", "auto"];
pub const BINARY_FORMATS: &[&str] = &["base64", "raw-in-base64-out"];
pub const ERROR_FORMATS: &[&str] = &["legacy", "json", "yaml", "text", "table", "enhanced"];

/// In the CLI's own order, which its messages show.
#[rustfmt::skip]
pub const GLOBALS: &[Row] = &[
    row("--debug", Nothing, "Handed on to the real aws"),
    row("--endpoint-url", Value, "The server's URL instead of AWS's"),
    row("--no-verify-ssl", Nothing, "Accepted; a link needs no connection"),
    row("--no-paginate", Nothing, "Accepted; a link has no pages"),
    row("--output", Choice(OUTPUTS), "Accepted; a link is printed as it is"),
    row("--query", Value, "Checked, and without effect on a link"),
    row("--profile", Value, "The profile whose settings and keys count"),
    row("--region", Value, "The region that signs"),
    row("--color", Choice(COLORS), "Accepted; a link has no colours"),
    row("--no-sign-request", Nothing, "Print the bare URL, without a signature"),
    row("--ca-bundle", Value, "Accepted; a link needs no connection"),
    row("--cli-read-timeout", Value, "Seconds; accepted, a link needs no connection"),
    row("--cli-connect-timeout", Value, "Seconds; accepted, a link needs no connection"),
    row("--cli-binary-format", Choice(BINARY_FORMATS), "Accepted; a link has no binary data"),
    row("--no-cli-pager", Nothing, "Accepted; a link is never paged"),
    row("--cli-auto-prompt", Nothing, "Handed on to the real aws"),
    row("--no-cli-auto-prompt", Nothing, "Do not prompt"),
    row("--cli-error-format", Choice(ERROR_FORMATS), "How errors are printed"),
    row("--version", Version, "Print the version"),
];

/// What the CLI reads before anything else.
pub const FIRST: &[Row] = &[row("--profile", Value, ""), row("--debug", Nothing, "")];

/// The options of `s3 presign`.
pub const PRESIGN: &[Row] = &[row("--expires-in", Value, "The link's life in seconds, 3600 if not given")];

/// The commands of `aws s3`.
pub const S3_COMMANDS: &[&str] = &["ls", "website", "cp", "mv", "rm", "sync", "mb", "rb", "presign"];
