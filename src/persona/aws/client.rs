//! botocore's `create_client('s3')`: which region, endpoint, keys and S3 settings count, and what else
//! is checked, in the order in which botocore comes across it.

use super::args::with_scheme;
use super::checks;
use super::failure::Failure;
use super::session::{Session, is_true, unhashable};
use crate::argv::argparse::Parsed;
use crate::config::aws::{Setting, setting};
use crate::credentials::{self, Found};
use crate::endpoint::region::{self, Regions};
use crate::python::text::shown;
use crate::python::url::{is_valid_endpoint, split_scheme, urlsplit};

/// A client: what is needed of it for a link.
pub struct Client {
    pub regions: Regions,
    pub endpoint: Option<String>,
    pub fips: bool,
    pub dualstack: bool,
    pub s3: S3Settings,
    pub disable_express_session: bool,
    pub validate_parameters: bool,
    /// `None`: nobody has any, which matters only when it comes to signing.
    pub found: Option<Found>,
    pub signed: bool,
}

/// The profile's `s3 =` block and what overrides it.
#[derive(Debug, Default)]
pub struct S3Settings {
    pub addressing_style: Option<String>,
    pub accelerate: bool,
    dualstack: bool,
    pub use_arn_region: Option<bool>,
    pub disable_multi_region: bool,
    /// A name of the block that the rule set takes for a truth value, and is given a text.
    mistyped: Option<&'static str>,
}

impl Client {
    /// Resolves everything that a client has, with the global options of the command line.
    pub fn create(session: &Session, options: &Parsed) -> Result<Self, Failure> {
        let option = |name: &str| options.get(name).map(|value| shown(value).into_owned());
        let signed = !options.has("--no-sign-request");
        let region = find_region(session, option("--region"))?;
        if let Some(region) = region.as_deref().filter(|region| !region::is_valid(region)) {
            return Err(Failure::general(format!("Provided region_name '{region}' doesn't match a supported format.")));
        }
        // Reading the profile is what fails if it is not there.
        session.scoped()?;

        let context = session.context();
        let found = if signed { credentials::load(&context).map_err(Failure::general)? } else { None };
        credentials::check_token_settings(&context).map_err(Failure::general)?;

        let (region, fips_region) = match region.map(|region| region::without_fips(&region)) {
            Some((region, fips)) => (Some(region), fips),
            None => (None, false),
        };
        let block = session.setting("s3")?;
        let s3 = s3_settings(session, block.as_ref())?;
        let endpoint = match option("--endpoint-url") {
            Some(endpoint) => Some(Setting::Text(with_scheme(endpoint.as_ref()).unwrap_or(endpoint))),
            None => configured_endpoint(session)?,
        };
        if matches!(block, Some(Setting::Text(_))) {
            return Err(Failure::general("'str' object has no attribute 'get'"));
        }
        let fips_setting = session.truth("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?;
        let fips = fips_region || fips_setting.unwrap_or(false);
        let dualstack_setting = session.truth("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?;
        let dualstack = s3.dualstack || dualstack_setting.unwrap_or(false);
        if dualstack && region.as_deref().is_some_and(region::lacks_dualstack) {
            let tags = if fips { "['dualstack', 'fips']" } else { "['dualstack']" };
            return Err(Failure::general(format!(
                "Unable to construct a modeled endpoint with the following variant(s) {tags}: "
            )));
        }
        let disable_express_session = checks::client(session, signed, s3.addressing_style.as_deref())?;
        let endpoint = match endpoint {
            Some(Setting::Block(_)) => return Err(Failure::general("unhashable type: 'dict'")),
            Some(Setting::Text(url)) => Some(url),
            None => None,
        };
        check_url(region.as_deref(), endpoint.as_deref(), fips, dualstack)?;
        checks::bundle(session, options)?;
        checks::timeouts(options)?;
        if session.truth("AWS_CSM_ENABLED", "csm_enabled")? == Some(true) {
            session.check_int("AWS_CSM_PORT", "csm_port")?;
        }

        let custom = endpoint.is_some();
        let validation = session.setting("parameter_validation")?;
        Ok(Self {
            regions: region::of_client(region.as_deref(), custom, dualstack),
            fips: fips && !custom,
            dualstack: dualstack && !custom,
            endpoint,
            disable_express_session,
            validate_parameters: validation.as_ref().is_none_or(is_true),
            s3,
            found,
            signed,
        })
    }

    /// Whether buckets are to stand in the path whatever their names.
    pub fn force_path_style(&self) -> bool {
        let style = self.s3.addressing_style.as_deref();
        match &self.endpoint {
            _ if self.s3.accelerate => false,
            Some(url) if !is_accelerate_url(url) => style != Some("virtual"),
            _ => style == Some("path"),
        }
    }

    /// A setting of the block that the rule set refuses for its type.
    pub fn check_types(&self) -> Result<(), Failure> {
        match self.s3.mistyped {
            Some(name) => Err(Failure::general(format!("Value ({name}) is the wrong type. Must be <class 'bool'>."))),
            None => Ok(()),
        }
    }
}

fn find_region(session: &Session, option: Option<String>) -> Result<Option<String>, Failure> {
    if option.is_some() {
        return Ok(option);
    }
    for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        if let Some(region) = session.variable(variable) {
            return Ok(Some(region));
        }
    }
    match session.setting("region")? {
        Some(Setting::Text(region)) => Ok(Some(region)),
        Some(Setting::Block(_)) => Err(Failure::general("expected string or bytes-like object, got 'dict'")),
        None => Ok(None),
    }
}

fn s3_settings(session: &Session, block: Option<&Setting>) -> Result<S3Settings, Failure> {
    let of_block = |key: &str| block.and_then(|block| block.get(key));
    let truth = |key: &str| of_block(key).is_some_and(|value| value.to_lowercase() == "true");
    let as_truth = |value: &str| value.to_lowercase() == "true";
    let arn_region = session.lookup("AWS_S3_USE_ARN_REGION", "s3_use_arn_region")?;
    let multi_region = session.variable("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS");
    if (arn_region.is_some() || multi_region.is_some()) && block == Some(&Setting::Text(String::new())) {
        // They are to go into the block, which is an empty text; any other is left alone.
        return Err(Failure::general("'str' object does not support item assignment"));
    }
    let arn_region = match arn_region {
        Some(value) => Some(is_true(&value)),
        None => of_block("use_arn_region").map(as_truth),
    };
    let multi_region = match multi_region {
        Some(value) => as_truth(&value),
        None => truth("s3_disable_multiregion_access_points"),
    };
    let mistyped = [
        ("force_path_style", "ForcePathStyle"),
        ("accelerate", "Accelerate"),
        ("disable_multi_region_access_points", "DisableMultiRegionAccessPoints"),
    ];
    Ok(S3Settings {
        addressing_style: of_block("addressing_style").map(str::to_owned),
        accelerate: truth("use_accelerate_endpoint"),
        dualstack: truth("use_dualstack_endpoint"),
        use_arn_region: arn_region,
        disable_multi_region: multi_region,
        mistyped: mistyped.iter().find(|(key, _)| of_block(key).is_some()).map(|(_, name)| *name),
    })
}

/// The endpoint of the environment, of the profile's `services` section or of the profile.
fn configured_endpoint(session: &Session) -> Result<Option<Setting>, Failure> {
    if session.truth("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")? == Some(true) {
        return Ok(None);
    }
    for variable in ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"] {
        if let Some(url) = session.variable(variable).filter(|url| !url.is_empty()) {
            return Ok(Some(Setting::Text(url)));
        }
    }
    if let Some(name) = session.setting("services")? {
        let Setting::Text(name) = name else { return Err(unhashable()) };
        let section = session.files.section("services", &name).filter(|section| !section.is_empty());
        let section = section.ok_or_else(|| {
            Failure::general(format!(
                "The profile is configured to use the services section but the \"{name}\" services configuration does \
                 not exist."
            ))
        })?;
        match setting(&section, "s3") {
            Some(Setting::Text(_)) => return Err(Failure::general("'str' object has no attribute 'get'")),
            Some(block) => {
                if let Some(url) = block.get("endpoint_url").filter(|url| !url.is_empty()) {
                    return Ok(Some(Setting::Text(url.to_owned())));
                }
            }
            None => {}
        }
    }
    Ok(session.setting("endpoint_url")?.filter(|url| url.as_text() != Some("")))
}

/// `EndpointCreator.create_endpoint`'s check.
fn check_url(region: Option<&str>, endpoint: Option<&str>, fips: bool, dualstack: bool) -> Result<(), Failure> {
    let own;
    let url = match (endpoint, region) {
        (Some(url), _) => url,
        (None, Some(region)) if region.is_empty() || region.ends_with('\n') => {
            own = region::unchecked_url(region, fips, dualstack);
            &own
        }
        _ => return Ok(()),
    };
    match is_valid_endpoint(url) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::general(format!("Invalid endpoint: {url}"))),
        Err(error) => Err(Failure::general(error)),
    }
}

/// An endpoint that is itself S3 Accelerate: buckets stand in its host name.
fn is_accelerate_url(url: &str) -> bool {
    let (scheme, _) = split_scheme(url);
    let Ok(split) = urlsplit(url) else { return false };
    let Some(name) = split.netloc.strip_suffix("amazonaws.com") else { return false };
    matches!(scheme.as_str(), "http" | "https") && matches!(name, "s3-accelerate." | "s3-accelerate.dualstack.")
}
