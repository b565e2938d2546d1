//! The built app: negotiated encodings written by its build, an ETag per encoding, 304, immutable assets.
//!
//! Addresses without a file name are screens of the app and get its page; a missing file is a 404, never that page. Debug builds read from
//! disk. Where the app is not built, a page says what to run. A deployment's [skin](crate::skin) replaces name and icon; what it writes into a
//! file is small and goes out uncompressed.

use std::borrow::Cow;

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use rust_embed::RustEmbed;

use super::site::Site;
use crate::secrets::sha256;
use crate::skin::Skin;

#[derive(RustEmbed)]
#[folder = "../pwa/dist"]
#[exclude = "*.map"]
struct Built;

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Not built</title></head><body>\
    <h1>The app is not built</h1><p>Run <code>cargo xtask run</code>. The interface itself answers: \
    <a href=\"/api/docs\">/api/docs</a>.</p></body></html>";

/// Handler of everything outside `/api`.
pub async fn answer(req: HttpRequest) -> HttpResponse {
    if !matches!(*req.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed()
            .insert_header((header::ALLOW, "GET, HEAD"))
            .finish();
    }
    let path = req.path().trim_start_matches('/');
    if path.split('/').any(|part| part == "..") || path.contains(['\\', '\0']) {
        return HttpResponse::NotFound().finish();
    }
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let is_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match find(&req, &name) {
        Some(found) => found,
        None if is_file && !path.is_empty() && !path.ends_with('/') => HttpResponse::NotFound().finish(),
        None => find(&req, "index.html").unwrap_or_else(not_built),
    }
}

fn not_built() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(NOT_BUILT)
}

fn find(req: &HttpRequest, name: &str) -> Option<HttpResponse> {
    // The compressed siblings have no address of their own.
    if name.ends_with(".br") || name.ends_with(".gz") {
        return None;
    }
    let skin = req.app_data::<Data<Site>>().map_or(Skin::default(), |site| site.skin);
    let file = skin.file(name)?;
    let plain = || Built::get(&file);
    if let Some(dressed) = plain().and_then(|plain| skin.dress(name, &plain.data)) {
        return Some(respond(req, name, None, &sha256(&dressed), Bytes::from(dressed)));
    }
    let accepted = req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let written = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepted.is_some_and(|accepted| accepts(accepted, encoding)))
        .find_map(|(encoding, suffix)| Some((Some(encoding), Built::get(&format!("{file}{suffix}"))?)));
    let (encoding, found) = written.or_else(|| Some((None, plain()?)))?;
    let bytes = match found.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Some(respond(req, name, encoding, &found.metadata.sha256_hash(), bytes))
}

/// Whether a list of encodings names one without refusing it by `q=0`.
fn accepts(list: &str, encoding: &str) -> bool {
    list.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|word| word.eq_ignore_ascii_case(encoding));
        named && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn respond(req: &HttpRequest, name: &str, encoding: Option<&'static str>, hash: &[u8; 32], bytes: Bytes) -> HttpResponse {
    let tag: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("\"{tag}\"");
    let known = req.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|list| list.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)) {
        return common(&mut HttpResponse::NotModified(), name, &etag).finish();
    }
    let mut answer = HttpResponse::build(StatusCode::OK);
    common(&mut answer, name, &etag).insert_header((header::CONTENT_TYPE, media_type(name)));
    if let Some(encoding) = encoding {
        answer.insert_header((header::CONTENT_ENCODING, encoding));
    }
    answer.body(bytes)
}

fn common<'a>(answer: &'a mut HttpResponseBuilder, name: &str, etag: &str) -> &'a mut HttpResponseBuilder {
    // Names under assets/ carry a hash of their content; everything else is asked for again each time.
    let cache = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    answer
        .insert_header((header::CACHE_CONTROL, cache))
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, "Accept-Encoding"))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_taken_as_offered() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=1.0", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("brotli", "br"));
    }
}
