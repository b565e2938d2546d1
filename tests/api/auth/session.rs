//! `POST /api/v1/auth/{login,join,logout}`, `GET /api/v1/auth/session`: staff.

use chrono::Duration;
use reqwest::Method;
use rounds_shared::auth::{Role, SessionView};
use rounds_tests::{Answer, Staff, TestApp, both_databases};
use serde_json::{Value, json};

async fn logs_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    Answer::of(
        app.client
            .post("/api/v1/auth/login")
            .header("sec-fetch-site", "same-origin")
            .json(&body),
    )
    .await
}

async fn joins(app: &TestApp, body: &Value) -> Answer {
    Answer::of(
        app.client
            .post("/api/v1/auth/join")
            .header("sec-fetch-site", "same-origin")
            .json(body),
    )
    .await
}

async fn session(app: &TestApp, cookie: &str) -> Answer {
    Answer::of(app.client.get("/api/v1/auth/session").header("cookie", cookie)).await
}

both_databases! {
    async fn a_log_in_gives_a_cookie_that_only_this_server_gets(app: &TestApp) {
        let answer = logs_in(app, &app.ada.login, &app.ada.password).await;
        let view: SessionView = answer.json();
        assert_eq!((view.handle.as_str(), view.role, view.programme.0), ("ada", Role::Administrator, app.id));
        assert_eq!((view.today.to_string().as_str(), view.tz.as_str()), ("2026-06-30", "Africa/Nairobi"));
        let set = answer.header("set-cookie").to_owned();
        for part in ["__Host-rounds=", "; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        for part in ["Domain", "Max-Age", "Expires"] {
            assert!(!set.contains(part), "{part} in {set}");
        }
        assert!(!answer.text().contains(Staff::cookie_of(&answer).split('=').nth(1).unwrap()), "scripts never see the token");
        assert_eq!(session(app, &Staff::cookie_of(&answer)).await.json::<SessionView>().handle, "ada");
    }

    /// An unknown name and a wrong password are one answer.
    async fn refusals_tell_nothing(app: &TestApp) {
        let unknown = logs_in(app, "nobody.here", "wrong").await;
        let wrong = logs_in(app, &app.ada.login, "wrong").await;
        assert_eq!(unknown.refusal(), (401, "login_failed".to_owned()));
        assert_eq!((wrong.status, wrong.text()), (unknown.status, unknown.text()));
        assert_eq!(wrong.header("set-cookie"), "");
    }

    async fn an_account_waits_after_eight_wrong_passwords(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        for _ in 0..8 {
            assert_eq!(logs_in(app, &eva.login, "wrong").await.status, 401);
        }
        let answer = logs_in(app, &eva.login, &eva.password).await;
        assert_eq!(answer.refusal(), (429, "throttled".to_owned()));
        assert!(!answer.header("retry-after").is_empty());
        assert_eq!(logs_in(app, &app.ada.login, &app.ada.password).await.status, 200, "others are not harmed");
        assert_eq!(eva.get("/api/v1/auth/session").await.status, 200, "nor is who is in already");
        app.clock.advance(Duration::minutes(10));
        assert_eq!(logs_in(app, &eva.login, &eva.password).await.status, 200);
    }

    async fn a_right_password_forgives_the_wrong_ones(app: &TestApp) {
        for _ in 0..2 {
            for _ in 0..7 {
                assert_eq!(logs_in(app, &app.ada.login, "wrong").await.status, 401);
            }
            assert_eq!(logs_in(app, &app.ada.login, &app.ada.password).await.status, 200);
        }
    }

    async fn a_log_out_ends_this_session_and_no_other(app: &TestApp) {
        let other = Staff::cookie_of(&logs_in(app, &app.ada.login, &app.ada.password).await);
        let answer = app.ada.post("/api/v1/auth/logout", &json!({})).await;
        assert_eq!(answer.status, 204);
        assert!(answer.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(app.ada.get("/api/v1/auth/session").await.status, 401, "the old cookie is worth nothing");
        assert_eq!(session(app, &other).await.status, 200);
    }

    async fn a_session_ends_when_nobody_uses_it_and_after_a_week(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        for _ in 0..15 {
            app.clock.advance(Duration::hours(11));
            assert_eq!(eva.get("/api/v1/auth/session").await.status, 200);
        }
        app.clock.advance(Duration::hours(3));
        assert_eq!(eva.get("/api/v1/auth/session").await.status, 401, "seven days");
        let cookie = Staff::cookie_of(&logs_in(app, &eva.login, &eva.password).await);
        app.clock.advance(Duration::hours(12));
        assert_eq!(session(app, &cookie).await.status, 401, "twelve hours without a request");
    }

    async fn an_invite_is_joined_once(app: &TestApp) {
        let worker = app.adds("eva", Role::Evaluator, None).await;
        let invite = app.invites(worker.id.0).await;
        let body = json!({ "code": invite.code, "digits": invite.digits, "login": "eva.harbour", "password": "a long enough phrase" });
        for (field, value, status) in [("password", "short", 422), ("login", "Eva", 422), ("digits", "00000a", 404), ("code", "0000-0000-0000", 404)] {
            let mut wrong = body.clone();
            wrong[field] = value.into();
            assert_eq!(joins(app, &wrong).await.status, status, "{field}");
        }
        let joined = joins(app, &body).await;
        assert_eq!(joined.status, 201);
        assert_eq!(joined.json::<SessionView>().role, Role::Evaluator);
        assert_eq!(joins(app, &body).await.refusal(), (409, "invite_used".to_owned()));
        assert_eq!(logs_in(app, "eva.harbour", "a long enough phrase").await.status, 200);
        let other = app.adds("ivo", Role::Evaluator, None).await;
        let invite = app.invites(other.id.0).await;
        let taken = json!({ "code": invite.code, "digits": invite.digits, "login": "eva.harbour", "password": "a long enough phrase" });
        assert_eq!(joins(app, &taken).await.refusal(), (409, "login_taken".to_owned()));
    }

    /// A forgotten password: a new invite replaces it and ends what was open.
    async fn a_new_invite_replaces_a_password(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let invite = app.invites(eva.worker).await;
        let body = json!({ "code": invite.code, "digits": invite.digits, "login": eva.login, "password": "quite another phrase" });
        assert_eq!(joins(app, &body).await.status, 201);
        assert_eq!(eva.get("/api/v1/auth/session").await.status, 401);
        assert_eq!(logs_in(app, &eva.login, &eva.password).await.status, 401);
        assert_eq!(logs_in(app, &eva.login, "quite another phrase").await.status, 200);
    }

    /// Browsers say where a request comes from; the own origin counts where they don't.
    async fn log_in_is_for_the_own_pages(app: &TestApp) {
        let body = json!({ "login": app.ada.login, "password": app.ada.password });
        let host = app.client.base().trim_start_matches("http://").to_owned();
        for (name, value, status) in [
            ("sec-fetch-site", "cross-site".to_owned(), 403),
            ("sec-fetch-site", "same-site".to_owned(), 403),
            ("sec-fetch-site", "none".to_owned(), 403),
            ("origin", "https://evil.example".to_owned(), 403),
            ("origin", "null".to_owned(), 403),
            ("x-nothing", String::new(), 403),
            ("origin", format!("http://{host}"), 200),
        ] {
            let request = app.client.request(Method::POST, "/api/v1/auth/login").header(name, &value).json(&body);
            assert_eq!(Answer::of(request).await.status, status, "{name}: {value}");
        }
    }

    async fn passwords_are_stored_as_argon2id_and_tokens_as_hashes(app: &TestApp) {
        let stored = app.database.bytes();
        let has = |text: &str| stored.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(has("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!has(&app.ada.password));
        assert!(!has(app.ada.cookie.split('=').nth(1).unwrap()));
    }
}
