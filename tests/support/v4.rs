//! A second opinion on version 4 links: aws-sigv4's whole API signs the same request anew.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SessionTokenMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use presign::sign::v4::Scope;
use std::time::{Duration, SystemTime};

/// The signature that aws-sigv4 gives a GET of `url` (its own query without the signing
/// parameters), in hexadecimal.
pub fn signature(url: &str, (access_key, secret): (&str, &str), token: Option<&str>, scope: &Scope<'_>) -> String {
    let identity = Credentials::new(access_key, secret, token.map(str::to_owned), None, "test").into();
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.session_token_mode = SessionTokenMode::Include;
    settings.expires_in = Some(Duration::from_secs(scope.expires.parse().expect("seconds")));
    let params = SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(settings)
        .build()
        .expect("parameters")
        .into();
    let request =
        SignableRequest::new("GET", url, std::iter::empty(), SignableBody::UnsignedPayload).expect("a request");
    sign(request, &params).expect("a signature").into_parts().1
}

/// Checks the signature of a link that this secret is to have signed.
pub fn verify(url: &str, secret: &str, time: SystemTime) {
    let (base, query) = url.split_once('?').expect("a query");
    let mut own = Vec::new();
    let mut signing = std::collections::HashMap::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        match name.strip_prefix("X-Amz-") {
            Some(name) => drop(signing.insert(name, value)),
            None => own.push(format!("{name}={value}")),
        }
    }
    let credential = signing["Credential"].replace("%2F", "/");
    let parts: Vec<&str> = credential.split('/').collect();
    let [access_key, _, region, service, "aws4_request"] = parts.as_slice() else { panic!("{credential}") };
    let bare = if own.is_empty() { base.to_owned() } else { format!("{base}?{}", own.join("&")) };
    let token = signing.get("Security-Token").map(|token| decoded(token));
    let scope = Scope { region, service, time, expires: signing["Expires"] };
    let expected = signature(&bare, (access_key, secret), token.as_deref(), &scope);
    assert_eq!(signing["Signature"], expected, "{url}");
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned()
}
