//! s3cmd's settings: their names, types and defaults, and how a text becomes one.

use super::fault::Fault;
use super::log::level_of;
use crate::invocation::Env;
use crate::python::int::int;
use crate::python::text::replaced;
use Kind::{Bool, Int, Text};
use std::borrow::Cow;

/// A setting's type and what it is without a file.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text(&'static str),
    Int(i64),
    Bool(bool),
}

/// Every setting that has a text, a number or a truth value, in the order in which s3cmd goes
/// through them. (Three texts that no link needs have their defaults left out.)
#[rustfmt::skip]
const KEYS: &[(&str, Kind)] = &[
    ("access_key", Text("")),
    ("access_token", Text("")),
    ("add_encoding_exts", Text("")),
    ("add_headers", Text("")),
    ("bucket_location", Text("US")),
    ("ca_certs_file", Text("")),
    ("cache_file", Text("")),
    ("check_ssl_certificate", Bool(true)),
    ("check_ssl_hostname", Bool(true)),
    ("cloudfront_host", Text("cloudfront.amazonaws.com")),
    ("connection_max_age", Int(5)),
    ("connection_pooling", Bool(true)),
    ("content_disposition", Text("")),
    ("content_type", Text("")),
    ("default_mime_type", Text("binary/octet-stream")),
    ("delay_updates", Bool(false)),
    ("delete_after", Bool(false)),
    ("delete_after_fetch", Bool(false)),
    ("delete_removed", Bool(false)),
    ("dry_run", Bool(false)),
    ("enable_multipart", Bool(true)),
    ("encoding", Text("UTF-8")),
    ("encrypt", Bool(false)),
    ("expiry_date", Text("")),
    ("expiry_days", Text("")),
    ("expiry_prefix", Text("")),
    ("follow_symlinks", Bool(false)),
    ("force", Bool(false)),
    ("get_continue", Bool(false)),
    ("gpg_command", Text("")),
    ("gpg_decrypt", Text("")),
    ("gpg_encrypt", Text("")),
    ("gpg_passphrase", Text("")),
    ("guess_mime_type", Bool(true)),
    ("host_base", Text("s3.amazonaws.com")),
    ("host_bucket", Text("%(bucket)s.s3.amazonaws.com")),
    ("human_readable_sizes", Bool(false)),
    ("invalidate_default_index_on_cf", Bool(false)),
    ("invalidate_default_index_root_on_cf", Bool(true)),
    ("invalidate_on_cf", Bool(false)),
    ("keep_dirs", Bool(false)),
    ("kms_key", Text("")),
    ("limit", Int(-1)),
    ("limitrate", Int(0)),
    ("list_allow_unordered", Bool(false)),
    ("list_md5", Bool(false)),
    ("log_target_prefix", Text("")),
    ("long_listing", Bool(false)),
    ("max_delete", Int(-1)),
    ("max_retries", Int(5)),
    ("mime_type", Text("")),
    ("multipart_chunk_size_mb", Int(15)),
    ("multipart_copy_chunk_size_mb", Int(1024)),
    ("multipart_max_chunks", Int(10000)),
    ("preserve_attrs", Bool(true)),
    ("progress_meter", Bool(false)),
    ("proxy_host", Text("")),
    ("proxy_port", Int(3128)),
    ("public_url_use_https", Bool(false)),
    ("put_continue", Bool(false)),
    ("recursive", Bool(false)),
    ("recv_chunk", Int(65536)),
    ("reduced_redundancy", Bool(false)),
    ("requester_pays", Bool(false)),
    ("restore_days", Int(1)),
    ("restore_priority", Text("Standard")),
    ("secret_key", Text("")),
    ("send_chunk", Int(65536)),
    ("server_side_encryption", Bool(false)),
    ("signature_v2", Bool(false)),
    ("signurl_use_https", Bool(false)),
    ("simpledb_host", Text("sdb.amazonaws.com")),
    ("skip_destination_validation", Bool(false)),
    ("skip_existing", Bool(false)),
    ("socket_timeout", Int(300)),
    ("ssl_client_cert_file", Text("")),
    ("ssl_client_key_file", Text("")),
    ("stats", Bool(false)),
    ("stop_on_error", Bool(false)),
    ("storage_class", Text("")),
    ("throttle_max", Int(100)),
    ("upload_id", Text("")),
    ("urlencoding_mode", Text("normal")),
    ("use_http_expect", Bool(false)),
    ("use_https", Bool(true)),
    ("use_mime_magic", Bool(true)),
    ("verbosity", Int(30)),
    ("website_endpoint", Text("")),
    ("website_error", Text("")),
    ("website_index", Text("index.html")),
];

/// A setting's value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    Int(i64),
    Bool(bool),
}

/// The settings of one call. What the command line's pair of keys or the environment gives is
/// kept apart, over the rest, as s3cmd keeps it on the instance and not on the class.
#[derive(Default)]
pub struct Config {
    set: Vec<(&'static str, Value)>,
    pub access_key: Option<String>,
    pub secret_key: Option<String>,
    pub access_token: Option<String>,
}

/// The names of the settings, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(name, _)| *name)
}

impl Config {
    fn value(&self, name: &str) -> Option<&Value> {
        self.set.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    fn put(&mut self, name: &str, value: Value) {
        let Some(&(name, _)) = KEYS.iter().find(|(key, _)| *key == name) else { return };
        match self.set.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.set.push((name, value)),
        }
    }

    /// A text setting; for the keys and the token what counts in the end.
    pub fn text(&self, name: &str) -> &str {
        let kept = match name {
            "access_key" => &self.access_key,
            "secret_key" => &self.secret_key,
            "access_token" => &self.access_token,
            _ => &None,
        };
        if let Some(text) = kept {
            return text;
        }
        match self.value(name) {
            Some(Value::Text(text)) => text,
            _ => match default_of(name) {
                Text(text) => text,
                _ => "",
            },
        }
    }

    pub fn truth(&self, name: &str) -> bool {
        match self.value(name) {
            Some(Value::Bool(truth)) => *truth,
            _ => matches!(default_of(name), Bool(true)),
        }
    }

    pub fn number(&self, name: &str) -> i64 {
        match (self.value(name), default_of(name)) {
            (Some(Value::Int(number)), _) | (None, Int(number)) => *number,
            _ => 0,
        }
    }

    /// Sets a text as it is: no `$NAME`, no checks.
    pub fn set_text(&mut self, name: &str, text: String) {
        self.put(name, Value::Text(text));
    }

    pub fn set_number(&mut self, name: &str, number: i64) {
        self.put(name, Value::Int(number));
    }

    /// `update_option`: sets a setting from a text. `$NAME` stands for a variable of the
    /// environment, whose value may do so again; an unset one changes nothing.
    pub fn update(&mut self, name: &str, text: &str, env: &Env) -> Result<(), Fault> {
        let mut text: Cow<str> = Cow::Borrowed(text);
        let mut hops = 0;
        while let Some(variable) = text.strip_prefix('$') {
            hops += 1;
            if hops > 500 {
                return Err(Fault::Crash(format!(
                    "Config: value of option '{name}' is ${variable}, which refers to itself"
                )));
            }
            match env.get(variable) {
                Some(value) => text = Cow::Owned(replaced(value.as_encoded_bytes()).into_owned()),
                None => return Ok(()),
            }
        }
        let value = convert(name, &text).map_err(Fault::Value)?;
        self.put(name, value);
        Ok(())
    }
}

fn default_of(name: &str) -> &'static Kind {
    KEYS.iter().find(|(key, _)| *key == name).map_or(&Text(""), |(_, default)| default)
}

fn convert(name: &str, text: &str) -> Result<Value, String> {
    match (name, default_of(name)) {
        ("verbosity", _) => match int(text).ok().and_then(|number| number.to_i64()).or_else(|| level_of(text)) {
            Some(level) => Ok(Value::Int(level)),
            None => Err(format!("Config: verbosity level '{text}' is not valid")),
        },
        ("limitrate", _) => limit_rate(text)
            .map(Value::Int)
            .ok_or_else(|| format!("Config: value of option {name} must have suffix m, k, or nothing, not '{text}'")),
        (_, Bool(_)) => match truth(text) {
            Some(truth) => Ok(Value::Bool(truth)),
            None => Err(format!("Config: value of option '{name}' must be Yes or No, not '{text}'")),
        },
        (_, Int(_)) => match int(text) {
            Ok(number) => Ok(Value::Int(number.to_i64().unwrap_or(if number.as_str().starts_with('-') {
                i64::MIN
            } else {
                i64::MAX
            }))),
            Err(_) => Err(format!("Config: value of option '{name}' must be an integer, not '{text}'")),
        },
        ("host_base" | "host_bucket" | "cloudfront_host", _) => {
            let text = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")).unwrap_or(text);
            Ok(Value::Text(text.to_owned()))
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A number with an optional `k` or `m` behind it. A zero before the suffix is read as a number
/// that has a suffix, and so is none.
fn limit_rate(text: &str) -> Option<i64> {
    let number = |text: &str| int(text).ok().and_then(|number| number.to_i64());
    let shift = match text.as_bytes().last() {
        Some(b'k' | b'K') => 10,
        Some(b'm' | b'M') => 20,
        _ => return number(text),
    };
    let shifted = number(&text[..text.len() - 1])?.checked_shl(shift)?;
    if shifted == 0 { number(text) } else { Some(shifted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(name: &str, text: &str) -> Result<Config, Fault> {
        let env = Env::given([("A", "$B"), ("B", "b"), ("L", "$L"), ("HOST", "http://h/")]);
        let mut config = Config::default();
        config.update(name, text, &env).map(|()| config)
    }

    #[test]
    fn types_and_their_errors() {
        assert!(update("signurl_use_https", "YES").expect("bool").truth("signurl_use_https"));
        assert_eq!(update("proxy_port", " 7 ").expect("int").number("proxy_port"), 7);
        assert_eq!(update("verbosity", "INFO").expect("level").number("verbosity"), 20);
        assert_eq!(update("limitrate", "2k").expect("rate").number("limitrate"), 2048);
        assert_eq!(update("host_base", "https://h:1/").expect("host").text("host_base"), "h:1/");
        for (name, text, error) in [
            ("signurl_use_https", "", "Config: value of option 'signurl_use_https' must be Yes or No, not ''"),
            ("socket_timeout", "abc", "Config: value of option 'socket_timeout' must be an integer, not 'abc'"),
            ("verbosity", "info", "Config: verbosity level 'info' is not valid"),
            ("limitrate", "0k", "Config: value of option limitrate must have suffix m, k, or nothing, not '0k'"),
        ] {
            assert_eq!(update(name, text).err(), Some(Fault::Value(error.to_owned())));
        }
    }

    #[test]
    fn environment_references() {
        assert_eq!(update("access_key", "$A").expect("set").text("access_key"), "b");
        assert_eq!(update("host_base", "$NONE").expect("unset").text("host_base"), "s3.amazonaws.com");
        assert_eq!(update("host_base", "$HOST").expect("host").text("host_base"), "h/");
        assert!(matches!(update("access_key", "$L"), Err(Fault::Crash(_))));
    }
}
