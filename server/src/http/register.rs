//! Turns the route list into services, each path with its own 405, and gives `/api` its own 404.

use std::collections::BTreeMap;

use actix_web::http::{StatusCode, header};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, ResponseError as _};

use super::actor::authorise;
use super::catch_panic::catch_panic;
use super::problem::ApiError;
use super::routes::ROUTES;
use super::spec::Spec;
use super::static_files;

/// Registers everything that the server answers.
pub fn register(services: &mut ServiceConfig) {
    let mut paths: BTreeMap<&str, Vec<&Spec>> = BTreeMap::new();
    for spec in ROUTES {
        paths.entry(spec.path).or_default().push(spec);
    }
    for (path, specs) in paths {
        let allowed: Vec<&str> = specs.iter().map(|spec| spec.verb.as_str()).collect();
        let allowed = allowed.join(", ");
        let mut resource = web::resource(path).wrap(from_fn(catch_panic));
        for spec in specs {
            let access = spec.access;
            let guarded = (spec.handler)().wrap(from_fn(move |req, next| authorise(access, req, next)));
            resource = resource.route(guarded.method(spec.verb.method()));
        }
        services.service(resource.default_service(web::to(move || {
            let answer = wrong_method(&allowed);
            async move { answer }
        })));
    }
    services.service(web::scope("/api").default_service(web::to(nothing_here)));
    services.default_service(web::to(static_files::answer));
}

fn wrong_method(allowed: &str) -> HttpResponse {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This address does not take the method; Allow lists those that it takes.",
    )
    .with(header::ALLOW, allowed)
    .error_response()
}

async fn nothing_here() -> HttpResponse {
    ApiError::not_found().error_response()
}
