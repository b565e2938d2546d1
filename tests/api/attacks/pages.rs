//! What another site's page, or a page of ours with foreign text in it, could make a browser do.

use reqwest::{Method, RequestBuilder};
use rounds::http::{Access, ROUTES, Spec, Verb};
use rounds_tests::{Answer, TestApp, both_databases};
use serde_json::{Value, json};

use crate::access::{Sample, sample, subject};

/// Types that a form of any page can send without asking the server first.
const FORMS: [&str; 3] = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];

/// Text that a browser would run if any answer gave it back as a page.
const SCRIPTS: [&str; 4] = [
    "<script>zqx()</script>",
    "\"><img src=x onerror=zqx()>",
    "javascript:zqx()//",
    "</title><svg/onload=zqx()>",
];

fn to(app: &TestApp, spec: &Spec, path: &str) -> RequestBuilder {
    let method: Method = spec.verb.as_str().parse().unwrap();
    app.client.request(method, path)
}

/// The bytes of a sample's body, as a form would carry them.
fn body_of(sample: &Sample) -> String {
    match (&sample.body, &sample.csv) {
        (Some(body), _) => body.to_string(),
        (None, Some(csv)) => csv.clone(),
        (None, None) => String::new(),
    }
}

/// Routes that a session of the browser can change something with.
fn changing() -> impl Iterator<Item = (usize, &'static Spec)> {
    let by_session = |spec: &Spec| !matches!(spec.access, Access::Anybody | Access::Signature | Access::Phone);
    ROUTES
        .iter()
        .enumerate()
        .filter(move |(_, spec)| spec.verb != Verb::Get && by_session(spec))
}

/// What no answer may be, whatever it says: a page, or anything that a browser guesses to be one.
fn is_no_page(answer: &Answer, asked: &str) {
    let kind = answer.header("content-type");
    let known = [
        "application/json",
        "application/problem+json",
        "text/csv; charset=utf-8",
        "text/csv",
        "",
    ];
    assert!(known.contains(&kind), "{asked}: {kind}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{asked}");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{asked}");
    assert!(!kind.is_empty() || answer.body.is_empty(), "{asked}: a body without a type");
}

/// Every text of a document in turn replaced by another.
fn with_each_text(document: &Value, by: &str) -> Vec<Value> {
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(at.to_owned()),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(n, item)| places(item, &format!("{at}/{n}"), found)),
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, field)| places(field, &format!("{at}/{name}"), found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(document, "", &mut found);
    // A catalogue has hundreds of labels that are all alike.
    found.truncate(40);
    let replaced = |at: &String| {
        let mut changed = document.clone();
        *changed.pointer_mut(at).unwrap() = by.into();
        changed
    };
    found.iter().map(replaced).collect()
}

both_databases! {
    /// A form or a fetch of another site, with the cookie that the browser would add if SameSite did not hold it back.
    async fn no_form_of_another_site_changes_anything(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let host = app.client.base().trim_start_matches("http://").to_owned();
        let lookalike = format!("https://{host}.evil.example");
        let before = app.ada.audit().await[0].n;
        let mut written = 0;
        for (n, spec) in changing() {
            let about = subject(app, &mut amina, n).await;
            written += 1;
            let sample = sample(spec, &about).unwrap();
            let asked = |kind: &str| to(app, spec, &sample.path).header("cookie", &app.ada.cookie).header("content-type", kind).body(body_of(&sample));
            for kind in FORMS.into_iter().chain(["application/json"]) {
                for (name, value) in [
                    ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("sec-fetch-site", "none"), ("sec-fetch-site", "Same-Origin"),
                    ("origin", "https://evil.example"), ("origin", "null"), ("origin", &lookalike), ("origin", ""), ("referer", app.client.base()),
                ] {
                    let answer = Answer::of(asked(kind).header(name, value)).await;
                    assert_eq!(answer.refusal(), (403, "cross_site".to_owned()), "{} {} as {kind} with {name}: {value}", spec.verb.as_str(), spec.path);
                }
                // The page says that it is ours, the origin that it is not: what the browser alone can write counts.
                let mixed = asked(kind).header("sec-fetch-site", "cross-site").header("origin", app.client.base());
                assert_eq!(Answer::of(mixed).await.refusal().0, 403);
            }
            // From our own pages, but as no page of ours sends it.
            if sample.body.is_some() && spec.takes != rounds::http::Takes::Nothing {
                for kind in FORMS {
                    let answer = Answer::of(asked(kind).header("sec-fetch-site", "same-origin")).await;
                    assert_eq!(answer.refusal(), (415, "media_type".to_owned()), "{} as {kind}", spec.path);
                }
            }
        }
        assert!(written > 20, "{written} routes");
        let done: Vec<String> = app.ada.audit().await.into_iter().filter(|entry| entry.n > before && entry.actor == "ada").map(|entry| entry.action).collect();
        assert!(done.iter().all(|action| matches!(action.as_str(), "shift.plan" | "question.ask")), "only what the test itself prepared: {done:?}");
        assert_eq!(app.ada.get("/api/v1/auth/session").await.status, 200, "nor was she logged out");
    }

    /// Script in every text that any route takes: taken as text or refused, and never given back as a page.
    async fn script_in_any_text_stays_text(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        for (n, spec) in changing().filter(|(_, spec)| !spec.path.starts_with("/api/v1/auth")) {
            let about = subject(app, &mut amina, n).await;
            let sample = sample(spec, &about).unwrap();
            for script in SCRIPTS {
                for body in sample.body.iter().flat_map(|body| with_each_text(body, script)) {
                    let answer = Answer::of(to(app, spec, &sample.path).header("cookie", &app.ada.cookie).header("sec-fetch-site", "same-origin").json(&body)).await;
                    let asked = format!("{} {} {script}", spec.verb.as_str(), spec.path);
                    assert!(answer.status < 500, "{asked}: {}", answer.text());
                    is_no_page(&answer, &asked);
                    assert!(answer.status < 400 || !answer.text().contains("zqx"), "{asked}: {}", answer.text());
                }
            }
        }
        for spec in ROUTES.iter().filter(|spec| spec.verb == Verb::Get && !matches!(spec.path, "/api/docs")) {
            for script in SCRIPTS {
                let text: String = form_encoded(script);
                let path = spec.path.replace("{id}", &text);
                for path in [format!("{path}?{text}={text}"), format!("{path}?from={text}&period={text}&cursor={text}")] {
                    let answer = app.ada.get(&path).await;
                    is_no_page(&answer, &path);
                    assert!(!answer.text().contains("zqx()") || answer.status == 200, "{path}: {}", answer.text());
                }
            }
        }
        for path in ["/api/v1/%3Cscript%3Ezqx()%3C/script%3E", "/api/%22%3E%3Csvg/onload=zqx()%3E"] {
            let answer = app.ada.get(path).await;
            is_no_page(&answer, path);
            assert!(!answer.text().contains("zqx"));
        }
        // What was taken comes back as the same text, in JSON.
        let thanks = json!({ "words": SCRIPTS[0] });
        let given = dora.post(&format!("/api/v1/workers/{}/thanks", amina.worker()), &thanks).await;
        is_no_page(&given, "thanks");
        let words: Vec<Value> = given.json::<Value>()["thanks"].as_array().unwrap().iter().map(|one| one["words"].clone()).collect();
        assert!(words.contains(&SCRIPTS[0].into()), "{words:?}");
        assert!(serde_json::to_value(amina.pulls(0, 0).await.own).unwrap().to_string().contains("<script>zqx()"));
    }
}

/// A text as a part of an address.
fn form_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
