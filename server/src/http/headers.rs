//! Security headers of every answer, and the one log line of a request.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

use super::site::Site;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                   manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                   require-trusted-types-for 'script'; trusted-types rounds";

const PERMISSIONS: &str = "accelerometer=(), ambient-light-sensor=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), \
                           geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), \
                           midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
                           usb=(), xr-spatial-tracking=()";

/// Two years, and for names below the server's own: it has a host name to itself.
const HSTS: &str = "max-age=63072000; includeSubDomains";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// Middleware of the whole application.
///
/// # Errors
/// Those of what it wraps.
pub async fn finish(req: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let is_api = req.path() == "/api" || req.path().starts_with("/api/");
    let https = req.app_data::<web::Data<Site>>().is_some_and(|site| site.https());
    let mut answer = next.call(req).await?;
    let headers = answer.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    if is_api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // Patterns instead of paths: an id, a code or an address of a person never gets into the log.
    let pattern = if is_api { answer.request().match_pattern() } else { None };
    tracing::info!(
        method = %answer.request().method(),
        route = pattern.as_deref().unwrap_or(if is_api { "/api/*" } else { "/*" }),
        status = answer.status().as_u16(),
        ms = started.elapsed().as_millis(),
        "request"
    );
    Ok(answer)
}
