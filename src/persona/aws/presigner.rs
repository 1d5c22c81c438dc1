//! Many links with one set of settings: files, client and credentials are looked for once, as
//! `aws s3 presign` looks for them, and the endpoint once a bucket.

use super::checks;
use super::client::Client;
use super::failure::Failure;
use super::link::{Target, credentials, resolve};
use super::session::{Session, Texts};
use super::{args, bucket};
use crate::argv::argparse::Stop;
use crate::endpoint::rules::Scheme;
use crate::invocation::Invocation;
use crate::python::int::Int;
use crate::python::text::shown;
use crate::sign::Credentials;
use crate::sign::bulk::Bulk;
use std::borrow::Cow;
use std::ffi::OsString;
use std::time::SystemTime;

/// What a caller may say instead of environment and files: the CLI's global options.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub profile: Option<OsString>,
    pub region: Option<OsString>,
    pub endpoint_url: Option<OsString>,
    /// Bare URLs, without a signature.
    pub no_sign_request: bool,
    /// The life in seconds.
    pub expires_in: i64,
}

impl Options {
    /// The command line that says the same.
    fn to_args(&self) -> Vec<OsString> {
        let mut args: Vec<OsString> = Vec::new();
        for (name, value) in
            [("--profile", &self.profile), ("--region", &self.region), ("--endpoint-url", &self.endpoint_url)]
        {
            if let Some(value) = value {
                // In one argument, a value may begin with a dash.
                let mut arg = OsString::from(name);
                arg.push("=");
                arg.push(value);
                args.push(arg);
            }
        }
        if self.no_sign_request {
            args.push("--no-sign-request".into());
        }
        args.extend(["s3".into(), "presign".into()]);
        args
    }
}

/// What signs links.
pub struct Presigner {
    client: Client,
    /// `None`: the links are bare URLs.
    credentials: Option<Credentials>,
    expires: Int,
}

/// Finds out, in the CLI's order, what signs. The error is one line.
pub fn prepare(invocation: &Invocation, options: &Options) -> Result<Presigner, String> {
    find(invocation, options).map_err(text)
}

fn find(invocation: &Invocation, options: &Options) -> Result<Presigner, Failure> {
    let texts = Texts::read(invocation)?;
    let files = texts.parse()?;
    let globals = match args::globals(&options.to_args()) {
        Ok(globals) => globals,
        Err(Stop::Error(message)) => return Err(Failure::param(message)),
        // The command line is of our own making.
        Err(Stop::Version | Stop::OtherCommand(_)) => return Err(Failure::param("")),
    };
    checks::globals(&globals)?;
    let profile_option = globals.get("--profile").map(|name| shown(name).into_owned()).filter(|name| !name.is_empty());
    let session = Session::new(invocation, &files, profile_option);
    checks::session(&session, &globals)?;
    let mut client = Client::create(&session, &globals)?;
    let credentials = if client.signed { Some(credentials(client.found.take(), &session.context())?) } else { None };
    Ok(Presigner { client, credentials, expires: Int::from(options.expires_in) })
}

/// A failure in one line.
fn text(failure: Failure) -> String {
    let (Failure::Said(_, text) | Failure::Theirs(text)) = failure;
    let text = text.strip_prefix("Parameter validation failed:\n").unwrap_or(&text);
    text.trim().replace('\n', " ")
}

/// Why there is no link.
pub type Reason = Cow<'static, str>;

/// How many buckets are remembered: neighbours mostly share one, and lists of several are often
/// merged by key.
const BUCKETS: usize = 8;

/// Makes links, one after the other.
pub struct Links<'a> {
    presigner: &'a Presigner,
    time: SystemTime,
    /// The one used last is the first.
    places: Vec<Place>,
}

/// A bucket that has been met.
struct Place {
    bucket: Vec<u8>,
    target: Target,
    /// What signs its links if they are plain version 4.
    bulk: Option<Box<Bulk>>,
    /// The time of `bulk`.
    time: SystemTime,
}

impl Presigner {
    /// A maker of links; each thread has its own.
    pub fn links(&self, time: SystemTime) -> Links<'_> {
        Links { presigner: self, time, places: Vec::with_capacity(BUCKETS) }
    }
}

impl Links<'_> {
    /// The time of the links that follow.
    pub fn set_time(&mut self, time: SystemTime) {
        self.time = time;
    }

    /// Appends the link of an `s3://BUCKET/KEY`, any bytes. Nothing is appended where there is none.
    pub fn push(&mut self, uri: &[u8], out: &mut Vec<u8>) -> Result<(), Reason> {
        if uri.is_empty() {
            return Err("empty, where an s3:// URI should be".into());
        }
        let path = uri.strip_prefix(b"s3://").ok_or("not an s3:// URI")?;
        let (bucket, key) = bucket::split(path).map_err(text)?;
        let key = std::str::from_utf8(key).map_err(|_| "the key is not UTF-8")?;
        if key.is_empty() {
            return Err(if bucket.is_empty() { "no bucket and no key" } else { "no key behind the bucket" }.into());
        }
        let (presigner, time) = (self.presigner, self.time);
        let place = self.place(bucket)?;
        if let Some(bulk) = &mut place.bulk {
            bulk.push(key, out);
            return Ok(());
        }
        let url = match &presigner.credentials {
            Some(credentials) => place.target.sign(key, credentials, &presigner.expires, time).map_err(text)?,
            None => place.target.unsigned(key),
        };
        out.extend_from_slice(url.as_bytes());
        Ok(())
    }

    /// The place of a bucket, at the time of the links.
    fn place(&mut self, bucket: &[u8]) -> Result<&mut Place, Reason> {
        match self.places.iter().position(|place| place.bucket == bucket) {
            Some(0) => {}
            Some(at) => self.places[..=at].rotate_right(1),
            None => {
                let place = self.presigner.place(bucket, self.time)?;
                self.places.truncate(BUCKETS - 1);
                self.places.insert(0, place);
            }
        }
        let (presigner, time) = (self.presigner, self.time);
        let place = &mut self.places[0];
        if place.time != time {
            if let (Some(bulk), Some(credentials)) = (&mut place.bulk, &presigner.credentials) {
                let target = &place.target;
                bulk.set_time(&target.request(&target.prefix), credentials, &target.scope(&presigner.expires, time));
            }
            place.time = time;
        }
        Ok(place)
    }
}

impl Presigner {
    fn place(&self, bucket: &[u8], time: SystemTime) -> Result<Place, Reason> {
        if bucket::check(bucket).is_err() {
            return Err("the bucket's name is none that S3 has".into());
        }
        let target = Target::new(&self.client, resolve(&self.client, bucket).map_err(text)?).map_err(text)?;
        let bulk = match &self.credentials {
            None => None,
            Some(credentials) => {
                target.check_scheme().map_err(text)?;
                let scope = target.scope(&self.expires, time);
                let is_plain = target.scheme == Scheme::V4;
                is_plain.then(|| Box::new(Bulk::new(&target.request(&target.prefix), credentials, &scope)))
            }
        };
        Ok(Place { bucket: bucket.to_vec(), target, bulk, time })
    }
}
