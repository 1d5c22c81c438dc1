//! The options of s3cmd 2.4.0, every one, and which of them bear on a link.
//!
//! Rows without a help text are accepted, checked as s3cmd checks them, and change no link.

use crate::argv::optparse::Does::{self, Append, Check, Choose, Flag, Store, StoreInt};
use crate::argv::optparse::Row;
use crate::python::repr::repr;

const fn flag(short: char, long: &'static [&'static str], dest: &'static str, fills: &'static str) -> Row {
    Row { fills, ..value(short, long, dest, "", Flag) }
}

const fn value(
    short: char,
    long: &'static [&'static str],
    dest: &'static str,
    metavar: &'static str,
    does: Does,
) -> Row {
    let short = if short == '-' { None } else { Some(short) };
    Row { short, long, dest, does, fills: "", metavar, help: "", ours: false }
}

#[rustfmt::skip]
pub const OPTIONS: &[Row] = &[
    flag('h', &["--help"], "help", ""),
    flag('-', &["--configure"], "run_configure", "True"),
    value('c', &["--config"], "config", "FILE", Store).help("Settings file instead of ~/.s3cfg"),
    flag('-', &["--dump-config"], "dump_config", "True"),
    value('-', &["--access_key"], "access_key", "ACCESS_KEY", Store).help("Access key id"),
    value('-', &["--secret_key"], "secret_key", "SECRET_KEY", Store).help("Secret access key"),
    value('-', &["--access_token"], "access_token", "ACCESS_TOKEN", Store).help("Session token of temporary keys; it becomes part of the link"),
    flag('n', &["--dry-run"], "dry_run", "True"),
    flag('s', &["--ssl"], "use_https", "True"),
    flag('-', &["--no-ssl"], "use_https", "False"),
    flag('e', &["--encrypt"], "encrypt", "True"),
    flag('-', &["--no-encrypt"], "encrypt", "False"),
    flag('f', &["--force"], "force", "True"),
    flag('-', &["--continue"], "get_continue", "True"),
    flag('-', &["--continue-put"], "put_continue", "True"),
    value('-', &["--upload-id"], "upload_id", "UPLOAD_ID", Store),
    flag('-', &["--skip-existing"], "skip_existing", "True"),
    flag('r', &["--recursive"], "recursive", "True"),
    flag('-', &["--check-md5"], "check_md5", "True"),
    flag('-', &["--no-check-md5"], "check_md5", "False"),
    flag('P', &["--acl-public"], "acl_public", "True"),
    flag('-', &["--acl-private"], "acl_public", "False"),
    value('-', &["--acl-grant"], "acl_grants", "PERMISSION:EMAIL or USER_CANONICAL_ID", Check(acl)),
    value('-', &["--acl-revoke"], "acl_revokes", "PERMISSION:USER_CANONICAL_ID", Check(acl)),
    value('D', &["--restore-days"], "restore_days", "NUM", Store),
    value('-', &["--restore-priority"], "restore_priority", "RESTORE_PRIORITY", Choose(&["standard", "expedited", "bulk"])),
    flag('-', &["--delete-removed"], "delete_removed", "True"),
    flag('-', &["--no-delete-removed"], "delete_removed", "False"),
    flag('-', &["--delete-after"], "delete_after", "True"),
    flag('-', &["--delay-updates"], "delay_updates", "True"),
    value('-', &["--max-delete"], "max_delete", "NUM", Store),
    value('-', &["--limit"], "limit", "NUM", Store),
    value('-', &["--add-destination"], "additional_destinations", "ADDITIONAL_DESTINATIONS", Append),
    flag('-', &["--delete-after-fetch"], "delete_after_fetch", "True"),
    flag('p', &["--preserve"], "preserve_attrs", "True"),
    flag('-', &["--no-preserve"], "preserve_attrs", "False"),
    flag('-', &["--keep-dirs"], "keep_dirs", "True"),
    value('-', &["--exclude"], "exclude", "GLOB", Append),
    value('-', &["--exclude-from"], "exclude_from", "FILE", Append),
    value('-', &["--rexclude"], "rexclude", "REGEXP", Append),
    value('-', &["--rexclude-from"], "rexclude_from", "FILE", Append),
    value('-', &["--include"], "include", "GLOB", Append),
    value('-', &["--include-from"], "include_from", "FILE", Append),
    value('-', &["--rinclude"], "rinclude", "REGEXP", Append),
    value('-', &["--rinclude-from"], "rinclude_from", "FILE", Append),
    value('-', &["--files-from"], "files_from", "FILE", Append),
    value('-', &["--region", "--bucket-location"], "bucket_location", "REGION", Store).help("Region of a version 4 link whose host names none"),
    value('-', &["--host"], "host_base", "HOSTNAME", Store).help("Host (and port) of the link"),
    value('-', &["--host-bucket"], "host_bucket", "HOST_BUCKET", Store).help("With %(bucket)s in it, buckets become host names"),
    flag('-', &["--reduced-redundancy", "--rr"], "reduced_redundancy", "True"),
    flag('-', &["--no-reduced-redundancy", "--no-rr"], "reduced_redundancy", "False"),
    value('-', &["--storage-class"], "storage_class", "CLASS", Store),
    value('-', &["--access-logging-target-prefix"], "log_target_prefix", "LOG_TARGET_PREFIX", Store),
    flag('-', &["--no-access-logging"], "log_target_prefix", "False"),
    value('-', &["--default-mime-type"], "default_mime_type", "DEFAULT_MIME_TYPE", Check(mime_type)),
    flag('M', &["--guess-mime-type"], "guess_mime_type", "True"),
    flag('-', &["--no-guess-mime-type"], "guess_mime_type", "False"),
    flag('-', &["--no-mime-magic"], "use_mime_magic", "False"),
    value('m', &["--mime-type"], "mime_type", "MIME/TYPE", Check(mime_type)),
    value('-', &["--add-header"], "add_header", "NAME:VALUE", Append),
    value('-', &["--remove-header"], "remove_headers", "NAME", Append),
    flag('-', &["--server-side-encryption"], "server_side_encryption", "True"),
    value('-', &["--server-side-encryption-kms-id"], "kms_key", "KMS_KEY", Store),
    value('-', &["--encoding"], "encoding", "ENCODING", Store).help("Character set of the output"),
    value('-', &["--add-encoding-exts"], "add_encoding_exts", "EXTENSIONs", Store),
    flag('-', &["--verbatim"], "urlencoding_mode", "verbatim"),
    flag('-', &["--disable-multipart"], "enable_multipart", "False"),
    value('-', &["--multipart-chunk-size-mb"], "multipart_chunk_size_mb", "SIZE", StoreInt),
    flag('-', &["--list-md5"], "list_md5", "True"),
    flag('-', &["--list-allow-unordered"], "list_allow_unordered", "True"),
    flag('H', &["--human-readable-sizes"], "human_readable_sizes", "True"),
    value('-', &["--ws-index"], "website_index", "WEBSITE_INDEX", Store),
    value('-', &["--ws-error"], "website_error", "WEBSITE_ERROR", Store),
    value('-', &["--expiry-date"], "expiry_date", "EXPIRY_DATE", Store),
    value('-', &["--expiry-days"], "expiry_days", "EXPIRY_DAYS", Store),
    value('-', &["--expiry-prefix"], "expiry_prefix", "EXPIRY_PREFIX", Store),
    flag('-', &["--skip-destination-validation"], "skip_destination_validation", "True"),
    flag('-', &["--progress"], "progress_meter", "True"),
    flag('-', &["--no-progress"], "progress_meter", "False"),
    flag('-', &["--stats"], "stats", "True"),
    flag('-', &["--enable"], "enable", "True"),
    flag('-', &["--disable"], "enable", "False"),
    flag('-', &["--cf-invalidate"], "invalidate_on_cf", "True"),
    flag('-', &["--cf-invalidate-default-index"], "invalidate_default_index_on_cf", "True"),
    flag('-', &["--cf-no-invalidate-default-index-root"], "invalidate_default_index_root_on_cf", "False"),
    value('-', &["--cf-add-cname"], "cf_cnames_add", "CNAME", Append),
    value('-', &["--cf-remove-cname"], "cf_cnames_remove", "CNAME", Append),
    value('-', &["--cf-comment"], "cf_comment", "COMMENT", Store),
    value('-', &["--cf-default-root-object"], "cf_default_root_object", "DEFAULT_ROOT_OBJECT", Store),
    flag('v', &["--verbose"], "verbosity", "20").help("More messages"),
    flag('d', &["--debug"], "verbosity", "10").help("All messages"),
    flag('-', &["--version"], "show_version", "True"),
    flag('F', &["--follow-symlinks"], "follow_symlinks", "True"),
    value('-', &["--cache-file"], "cache_file", "FILE", Store),
    flag('q', &["--quiet"], "quiet", "True").help("Print no link"),
    value('-', &["--ca-certs"], "ca_certs_file", "CA_CERTS_FILE", Store),
    value('-', &["--ssl-cert"], "ssl_client_cert_file", "SSL_CLIENT_CERT_FILE", Store),
    value('-', &["--ssl-key"], "ssl_client_key_file", "SSL_CLIENT_KEY_FILE", Store),
    flag('-', &["--check-certificate"], "check_ssl_certificate", "True"),
    flag('-', &["--no-check-certificate"], "check_ssl_certificate", "False"),
    flag('-', &["--check-hostname"], "check_ssl_hostname", "True"),
    flag('-', &["--no-check-hostname"], "check_ssl_hostname", "False"),
    flag('-', &["--signature-v2"], "signature_v2", "True").help("Sign with version 2, as s3cmd does"),
    flag('-', &["--signature-v4"], "signature_v4", "True").help("Sign with version 4 (presign's own)").ours(),
    value('-', &["--limit-rate"], "limitrate", "LIMITRATE", Store),
    flag('-', &["--no-connection-pooling"], "connection_pooling", "False"),
    flag('-', &["--requester-pays"], "requester_pays", "True"),
    flag('l', &["--long-listing"], "long_listing", "True"),
    flag('-', &["--stop-on-error"], "stop_on_error", "True"),
    value('-', &["--max-retries"], "max_retries", "NUM", Store),
    value('-', &["--content-disposition"], "content_disposition", "CONTENT_DISPOSITION", Store).help("Content-Disposition that the download is to have"),
    value('-', &["--content-type"], "content_type", "CONTENT_TYPE", Store).help("Content-Type that the download is to have"),
];

/// `^[a-z0-9]+/[a-z0-9+\.-]+(;.*)?$`, ignoring case.
fn mime_type(text: &str) -> Result<(), String> {
    let word = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let line = text.strip_suffix('\n').unwrap_or(text);
    let valid = line.split_once('/').is_some_and(|(kind, rest)| {
        let (name, parameters) = rest.split_once(';').unwrap_or((rest, ""));
        word(kind, "") && word(name, "+.-") && !parameters.contains('\n')
    });
    if valid { Ok(()) } else { Err(format!("invalid MIME-Type format: {}", repr(text))) }
}

/// `PERMISSION:GRANTEE`.
fn acl(text: &str) -> Result<(), String> {
    const PERMISSIONS: [&str; 6] = ["read", "write", "read_acp", "write_acp", "full_control", "all"];
    let line = text.strip_suffix('\n').unwrap_or(text);
    match line.split_once(':') {
        Some((permission, grantee))
            if !permission.is_empty()
                && permission.chars().all(|c| c.is_alphanumeric() || c == '_')
                && !grantee.is_empty()
                && !grantee.contains('\n') =>
        {
            if PERMISSIONS.contains(&permission) {
                Ok(())
            } else {
                Err(format!("invalid S3 ACL permission: {permission} (valid values: {})", PERMISSIONS.join(", ")))
            }
        }
        _ => Err(format!("invalid S3 ACL format: {}", repr(text))),
    }
}

/// s3cmd's commands, of which `sign` and `signurl` are ours.
#[rustfmt::skip]
pub const COMMANDS: &[&str] = &[
    "mb", "rb", "ls", "la", "put", "get", "del", "rm", "restore", "sync", "du", "info", "cp", "modify", "mv",
    "setacl", "setversioning", "setownership", "setblockpublicaccess", "setobjectlegalhold", "setobjectretention",
    "setpolicy", "delpolicy", "setcors", "delcors", "payer", "multipart", "abortmp", "listmp", "accesslog", "sign",
    "signurl", "fixbucket", "settagging", "gettagging", "deltagging", "ws-create", "ws-delete", "ws-info", "expire",
    "setlifecycle", "getlifecycle", "dellifecycle", "setnotification", "getnotification", "delnotification",
    "cflist", "cfinfo", "cfcreate", "cfdelete", "cfmodify", "cfinval", "cfinvalinfo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_checks() {
        assert!(mime_type("text/html; charset=x").is_ok());
        assert_eq!(mime_type("bad"), Err("invalid MIME-Type format: 'bad'".to_owned()));
        assert!(acl("read:me@x").is_ok());
        assert_eq!(acl("x"), Err("invalid S3 ACL format: 'x'".to_owned()));
        assert!(acl("x:y").is_err_and(|error| error.starts_with("invalid S3 ACL permission: x (valid values: read, ")));
    }
}
