//! The human page of the interface: plain HTML from the route list, without script or style.

use std::fmt::Write as _;

use actix_web::HttpResponse;

use super::routes::ROUTES;
use super::spec::{Gives, Spec, Takes};

/// Handler of `GET /api/docs`.
pub async fn answer() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page())
}

fn page() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>API</title></head><body><h1>API</h1>\
         <p>Machine-readable: <a href=\"/api/openapi.json\">/api/openapi.json</a>. Every answer of status 400 and above is a problem \
         (RFC 9457) with a stable <code>code</code>.</p>\
         <table border=\"1\" cellpadding=\"4\"><thead><tr><th>Route</th><th>What it does</th><th>For</th><th>Takes</th><th>Gives</th></tr>\
         </thead><tbody>",
    );
    for spec in ROUTES {
        row(&mut page, spec);
    }
    page.push_str("</tbody></table></body></html>");
    page
}

fn row(page: &mut String, spec: &Spec) {
    let body = match spec.takes {
        Takes::Nothing => "",
        Takes::Json(schema) => schema,
        Takes::Csv => "CSV",
    };
    let takes = match (spec.query, body) {
        (Some(query), "") => format!("query {query}"),
        (Some(query), body) => format!("query {query}, {body}"),
        (None, body) => body.to_owned(),
    };
    let gives = match spec.gives {
        Gives::Nothing => String::new(),
        Gives::Json(schema) | Gives::Created(schema) => schema.to_owned(),
        Gives::List(schema) => format!("list of {schema}"),
        Gives::AnyJson => "JSON".to_owned(),
        Gives::Csv => "CSV".to_owned(),
        Gives::Html => "HTML".to_owned(),
    };
    // Everything here is a literal of ours without markup, so nothing needs escaping; a test holds it to that.
    let _ = write!(
        page,
        "<tr><td><code>{} {}</code></td><td>{}</td><td>{}</td><td>{takes}</td><td>{gives}</td></tr>",
        spec.verb.as_str(),
        spec.path,
        spec.summary,
        spec.access.words(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_every_route_without_markup_of_its_own() {
        let page = page();
        for spec in ROUTES {
            assert!(page.contains(&format!("<code>{} {}</code>", spec.verb.as_str(), spec.path)));
            assert!(!spec.summary.contains(['<', '>', '&']));
        }
    }
}
