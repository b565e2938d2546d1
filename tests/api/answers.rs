//! What every answer has, whatever was asked: security headers, problems instead of pages, nothing echoed.

use reqwest::Method;
use rounds_tests::{Answer, TestApp, both_databases};
use serde_json::{Value, json};

async fn ask(app: &TestApp, method: &str, path: &str) -> Answer {
    Answer::of(app.client.request(Method::from_bytes(method.as_bytes()).unwrap(), path)).await
}

both_databases! {
    async fn every_answer_has_the_security_headers(app: &TestApp) {
        for path in ["/", "/nowhere", "/api/health", "/api/nowhere", "/api/docs", "/api/v1/records", "/sw.js"] {
            let answer = ask(app, "GET", path).await;
            let csp = answer.header("content-security-policy").to_owned();
            for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"] {
                assert!(csp.contains(part), "{path}: {part} in {csp}");
            }
            assert!(!csp.contains("unsafe") && !csp.contains("http:") && !csp.contains("https:") && !csp.contains('*'), "{path}: {csp}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
            assert!(!answer.header("clear-site-data").contains("storage"), "{path}");
            if path.starts_with("/api") {
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            }
        }
    }

    async fn nothing_is_a_problem_and_never_a_page(app: &TestApp) {
        for path in ["/api", "/api/", "/api/nowhere", "/api/v1/", "/api/v1/recordz", "/api/v2/records", "/api/v1/records/zqx/void/more"] {
            let answer = ask(app, "GET", path).await;
            assert_eq!(answer.refusal(), (404, "not_found".to_owned()), "{path}");
            assert!(!answer.text().contains("zqx"));
        }
    }

    async fn a_wrong_method_names_the_right_ones(app: &TestApp) {
        for (method, path, allowed) in [
            ("DELETE", "/api/v1/records", "GET"),
            ("GET", "/api/v1/sync/push", "POST"),
            ("PATCH", "/api/v1/workers", "GET, POST"),
            ("POST", "/api/health", "GET"),
        ] {
            let answer = ask(app, method, path).await;
            assert_eq!(answer.refusal(), (405, "method_not_allowed".to_owned()), "{method} {path}");
            assert_eq!(answer.header("allow"), allowed, "{method} {path}");
        }
    }

    async fn a_wrong_parameter_or_field_is_named(app: &TestApp) {
        for (path, field, code) in [
            ("/api/v1/reports?from=2026-13-01&to=2026-12-31", "from", "form"),
            ("/api/v1/reports?from=2026-01-01", "to", "missing"),
            ("/api/v1/records?worker=zqx", "worker", "form"),
            ("/api/v1/records?zqx=1", "", "unknown"),
        ] {
            let answer = app.ada.get(path).await;
            assert_eq!(answer.refusal(), (400, "query".to_owned()), "{path}");
            let named: Vec<_> = answer.problem().errors.into_iter().map(|error| (error.path, error.code)).collect();
            assert_eq!(named, [(field.to_owned(), code.to_owned())], "{path}");
            assert!(!answer.text().contains("zqx"), "{}", answer.text());
        }
        let answer = app.ada.post("/api/v1/workers", &json!({ "handle": "amina", "role": "zqx" })).await;
        assert_eq!(answer.problem().errors[0].path, "role", "{}", answer.text());
    }

    async fn bodies_are_bounded_typed_and_not_echoed(app: &TestApp) {
        let send = |content_type: &str, encoding: &str, body: Vec<u8>| {
            let mut request = app.client.post("/api/v1/auth/login").header("sec-fetch-site", "same-origin").header("content-type", content_type);
            if !encoding.is_empty() {
                request = request.header("content-encoding", encoding);
            }
            Answer::of(request.body(body))
        };
        let json = "application/json";
        for (content_type, encoding, body, refusal) in [
            (json, "", b"{\"zqx".to_vec(), (400, "json")),
            (json, "", b"".to_vec(), (400, "json")),
            (json, "", br#"{"login":"zqxzqx","password":1}"#.to_vec(), (422, "schema")),
            (json, "", br#"{"login":"zqxzqx","password":"zqx","zqx":1}"#.to_vec(), (422, "schema")),
            (json, "", format!(r#"{{"login":"zqx{}","password":"b"}}"#, "a".repeat(80)).into_bytes(), (422, "invalid")),
            (json, "", vec![b' '; 65 * 1024], (413, "too_large")),
            ("text/plain", "", b"{}".to_vec(), (415, "media_type")),
            ("application/x-www-form-urlencoded", "", b"login=zqx".to_vec(), (415, "media_type")),
            (json, "gzip", b"{}".to_vec(), (415, "media_type")),
        ] {
            let answer = send(content_type, encoding, body).await;
            assert_eq!(answer.refusal(), (refusal.0, refusal.1.to_owned()), "{content_type} {encoding}");
            assert!(!answer.text().contains("zqx"), "{}", answer.text());
            assert!(!answer.header("content-security-policy").is_empty());
        }
    }

    async fn queries_are_strict_and_not_echoed(app: &TestApp) {
        for path in [
            "/api/v1/reports?from=zqx&to=2026-06-30",
            "/api/v1/reports?from=2026-06-01&to=2026-06-30&zqx=1",
            "/api/v1/reports?from=2026-06-01&to=2026-06-30&by=zqx",
            "/api/v1/reports?to=2026-06-30",
            "/api/v1/indicators?period=zqx",
            "/api/v1/records?worker=zqx",
            "/api/v1/audit?cursor=zqx",
        ] {
            let answer = app.ada.get(path).await;
            assert!(matches!(answer.status, 400 | 422), "{path}: {}", answer.status);
            assert!(!answer.text().contains("zqx"), "{path}: {}", answer.text());
            let _ = answer.problem();
        }
    }

    /// Every route stands in the OpenAPI document, with its problem.
    async fn the_interface_describes_itself(app: &TestApp) {
        let document: Value = ask(app, "GET", "/api/openapi.json").await.json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        for spec in rounds::http::ROUTES {
            let method = spec.verb.as_str().to_lowercase();
            assert!(document["paths"][spec.path][&method].is_object(), "{method} {}", spec.path);
        }
        let routes: usize = document["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
        assert_eq!(routes, rounds::http::ROUTES.len());
        let page = ask(app, "GET", "/api/docs").await;
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(!page.text().contains("<script>") && !page.text().contains(" style="), "no inline script or style");
    }
}
