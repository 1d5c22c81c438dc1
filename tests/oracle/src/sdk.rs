//! What the SDK's resolver says to a case.

use crate::cases::{Case, Endpoint};
use aws_sdk_s3::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// An endpoint and how to sign for it, as text, so that two of them can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub url: String,
    pub scheme: String,
    pub service: String,
    /// The signing region, or the set of them.
    pub region: String,
}

/// The rules' answer for this region (which is not always the client's), addressed like this.
pub fn resolve(case: &Case, region: &str, force_path_style: bool, fips: bool) -> Result<Answer, String> {
    let ask = |endpoint: Option<String>| {
        let params = Params::builder()
            .bucket(case.bucket.clone())
            .region(region.to_owned())
            .use_fips(fips)
            .use_dual_stack(case.dualstack)
            .accelerate(case.accelerate)
            .force_path_style(force_path_style)
            .set_endpoint(endpoint)
            .set_use_arn_region(case.use_arn_region)
            .disable_multi_region_access_points(case.disable_multi_region)
            .disable_s3_express_session_auth(case.disable_express_session)
            // botocore, as the CLI has it, never asks for this.
            .use_global_endpoint(false)
            .build();
        ask(&params.expect("parameters"))
    };
    let answer = ask(case.endpoint.as_ref().map(Endpoint::url))?;
    // By its description a `normalizedPath` ends with `/`. The SDK's does not, and keeps its dot
    // segments: it is given the path as it ought to be where the bucket stands behind it.
    match &case.endpoint {
        Some(endpoint) if answer.service == "s3" && has_origin(&answer.url, &endpoint.origin) => {
            ask(Some(endpoint.origin.clone() + endpoint.normalized_path))
        }
        _ => Ok(answer),
    }
}

fn has_origin(url: &str, origin: &str) -> bool {
    url.get(..origin.len()).is_some_and(|start| start.eq_ignore_ascii_case(origin))
        && url[origin.len()..].starts_with('/')
}

fn ask(params: &Params) -> Result<Answer, String> {
    let resolver = DefaultResolver::new();
    let future = pin!(resolver.resolve_endpoint(params));
    let Poll::Ready(endpoint) = future.poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("the resolver waits for nothing");
    };
    let endpoint = endpoint.map_err(|error| error.to_string())?;
    // The first scheme is the one that a client takes which knows them all, as the CLI does.
    let scheme = endpoint.auth_schemes().first().expect("scheme");
    let text = |name: &str| scheme.get(name).and_then(|value| value.as_string()).map(str::to_owned);
    let set = || {
        let names: Option<Vec<&str>> =
            scheme.get("signingRegionSet")?.as_array()?.iter().map(|name| name.as_string()).collect();
        Some(names?.join(","))
    };
    Ok(Answer {
        url: endpoint.url().to_owned(),
        scheme: scheme.name().to_owned(),
        service: text("signingName").expect("signing name"),
        region: text("signingRegion").or_else(set).expect("signing region"),
    })
}
