//! `/api/v1/auth/totp/…` and log-in with an authenticator app.

use chrono::Duration;
use rounds::auth::totp_code;
use rounds::http::{Access, ROUTES, Verb};
use rounds_shared::auth::{Role, SessionView};
use rounds_shared::totp::{RecoveryCodes, TotpSecret};
use rounds_tests::{Answer, PASSWORD, Rounds, Staff, TestApp, both_databases};
use serde_json::json;
use tokio::task::JoinSet;

const BEGIN: &str = "/api/v1/auth/totp/begin";
const CONFIRM: &str = "/api/v1/auth/totp/confirm";
const OFF: &str = "/api/v1/auth/totp/off";

/// The bytes of a base32 text.
fn bytes_of(base32: &str) -> Vec<u8> {
    let bits: String = base32
        .bytes()
        .map(|letter| {
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
                .iter()
                .position(|known| *known == letter)
                .unwrap()
        })
        .map(|five| format!("{five:05b}"))
        .collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap())
        .collect()
}

/// An authenticator app with somebody's secret.
struct Authenticator {
    secret: Vec<u8>,
    recovery: Vec<String>,
}

impl Authenticator {
    /// What it shows some steps from now.
    fn shows(&self, app: &TestApp, steps: i64) -> String {
        totp_code(&self.secret, app.clock.now_ms() + steps * 30_000)
    }

    /// A code that is of no step near now.
    fn wrong(&self, app: &TestApp) -> String {
        let near: Vec<String> = (-2..=2).map(|steps| self.shows(app, steps)).collect();
        (0..).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

/// Sets an app up and lets its step pass.
async fn sets_up(app: &TestApp, who: &Staff) -> Authenticator {
    let begun: TotpSecret = who.post(BEGIN, &json!({ "password": PASSWORD })).await.json();
    let mut phone = Authenticator {
        secret: bytes_of(&begun.secret),
        recovery: Vec::new(),
    };
    let confirmed = who.post(CONFIRM, &json!({ "code": phone.shows(app, 0) })).await;
    phone.recovery = confirmed.json::<RecoveryCodes>().codes;
    app.clock.advance(Duration::seconds(30));
    phone
}

async fn view(who: &Staff) -> SessionView {
    who.get("/api/v1/auth/session").await.json()
}

fn refused(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

both_databases! {
    async fn an_app_counts_once_it_is_confirmed(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let other = Staff { cookie: Staff::cookie_of(&eva.logs_in(None).await), ..eva.clone() };
        assert_eq!(eva.post(CONFIRM, &json!({ "code": "123456" })).await.refusal(), refused("totp_off", 409));
        assert_eq!(eva.post(BEGIN, &json!({ "password": "wrong" })).await.refusal(), refused("password_wrong", 403));
        let begun: TotpSecret = eva.post(BEGIN, &json!({ "password": PASSWORD })).await.json();
        let secret = bytes_of(&begun.secret);
        assert_eq!(secret.len(), 20);
        let uri = format!("otpauth://totp/Rounds:{}?secret={}&issuer=Rounds&algorithm=SHA1&digits=6&period=30", eva.login, begun.secret);
        assert_eq!(begun.uri, uri);
        assert!(begun.qr_svg.contains("<svg") && !begun.qr_svg.contains("style"));
        assert_eq!(eva.logs_in(None).await.status, 200, "nothing is asked before it is confirmed");
        assert!(!view(&eva).await.totp);
        let phone = Authenticator { secret, recovery: Vec::new() };
        assert_eq!(eva.post(CONFIRM, &json!({ "code": phone.wrong(app) })).await.refusal(), refused("totp_wrong", 403));
        let spaced = phone.shows(app, 0);
        let codes = eva.post(CONFIRM, &json!({ "code": format!("{} {}", &spaced[..3], &spaced[3..]) })).await.json::<RecoveryCodes>().codes;
        assert!(codes.len() == 10 && codes.iter().all(|code| code.len() == 11), "{codes:?}");
        assert!(view(&eva).await.totp && !view(&eva).await.totp_required);
        assert_eq!(other.get("/api/v1/auth/session").await.status, 401, "all other sessions end");
        assert_eq!(eva.post(BEGIN, &json!({ "password": PASSWORD })).await.refusal(), refused("totp_on", 409));
        assert!(app.ada.audit().await.iter().any(|entry| entry.action == "totp.on" && entry.actor == "eva"));
    }

    async fn log_in_asks_for_a_code_and_takes_each_once(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let asked = eva.logs_in(None).await;
        assert_eq!((asked.refusal(), asked.header("set-cookie")), (refused("totp_needed", 401), ""));
        assert_eq!(eva.logs_in(Some(&phone.shows(app, -1))).await.refusal(), refused("totp_wrong", 403), "the step of the set-up");
        assert_eq!(eva.logs_in(Some(&phone.wrong(app))).await.refusal(), refused("totp_wrong", 403));
        let code = phone.shows(app, 0);
        assert_eq!(eva.logs_in(Some(&code)).await.json::<SessionView>().handle, "eva");
        assert_eq!(eva.logs_in(Some(&code)).await.refusal(), refused("totp_wrong", 403), "once");
        assert_eq!(eva.logs_in(Some(&phone.shows(app, 2))).await.status, 403, "two steps ahead");
        assert_eq!(eva.logs_in(Some(&phone.shows(app, 1))).await.status, 200, "a clock that is fast");
        app.clock.advance(Duration::seconds(120));
        assert_eq!(eva.logs_in(Some(&phone.shows(app, -2))).await.status, 403, "two steps behind");
        assert_eq!(eva.logs_in(Some(&phone.shows(app, -1))).await.status, 200, "a clock that is slow");
        app.verified().await;
    }

    /// One code at the same time from many places opens once.
    async fn a_code_that_is_sent_at_once_opens_once(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let code = phone.shows(app, 0);
        let mut tries = JoinSet::new();
        for _ in 0..6 {
            let (eva, code) = (eva.clone(), code.clone());
            tries.spawn(async move { eva.logs_in(Some(&code)).await.status });
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    }

    async fn a_recovery_code_stands_in_once(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let first = phone.recovery[0].to_lowercase().replace('-', " ");
        assert_eq!(eva.logs_in(Some(&first)).await.status, 200);
        assert_eq!(eva.logs_in(Some(&first)).await.refusal(), refused("totp_wrong", 403));
        let used = app.ada.audit().await.into_iter().find(|entry| entry.action == "totp.recovery").unwrap();
        assert_eq!(used.subject, format!("{} 9 left", eva.worker));
        for code in &phone.recovery[1..] {
            assert_eq!(eva.logs_in(Some(code)).await.status, 200);
        }
        assert_eq!(app.number("SELECT COUNT(*) FROM totp_recovery").await, 0);
        let samir = app.supervisor("samir").await;
        let theirs = sets_up(app, &samir).await;
        assert_eq!(eva.logs_in(Some(&theirs.recovery[0])).await.status, 403, "another's code");
    }

    /// A password that somebody else knows: codes are guessed no faster than passwords, however many at a time.
    async fn guessed_codes_lock_the_log_in(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let wrong = phone.wrong(app);
        let mut tries = JoinSet::new();
        for _ in 0..20 {
            let (eva, wrong) = (eva.clone(), wrong.clone());
            tries.spawn(async move { eva.logs_in(Some(&wrong)).await.refusal().1 });
        }
        let answers = tries.join_all().await;
        assert_eq!(answers.iter().filter(|code| *code == "totp_wrong").count(), 8, "{answers:?}");
        assert_ne!(eva.logs_in(Some(&phone.shows(app, 0))).await.status, 200);
        assert_eq!(app.ada.logs_in(None).await.status, 200, "others are not harmed");
        app.clock.advance(Duration::minutes(10));
        assert_eq!(eva.logs_in(Some(&phone.shows(app, 0))).await.status, 200);
    }

    /// Whoever does not know the password does not learn who has an app.
    async fn an_app_shows_to_nobody_without_the_password(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let right = phone.shows(app, 0);
        let wrong = Staff { password: "wrong".to_owned(), ..eva.clone() };
        let unknown = Staff { login: "nobody.here".to_owned(), ..eva.clone() };
        for code in [None, Some(right.as_str())] {
            let (wrong, unknown) = (wrong.logs_in(code).await, unknown.logs_in(code).await);
            assert_eq!(wrong.refusal(), refused("login_failed", 401));
            assert_eq!((wrong.status, wrong.text()), (unknown.status, unknown.text()));
        }
        assert_eq!(eva.logs_in(Some(&right)).await.status, 200, "nor was the code used up");
    }

    async fn an_app_goes_off_with_password_and_code(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        assert_eq!(eva.post(OFF, &json!({ "password": PASSWORD, "code": "123456" })).await.refusal(), refused("totp_off", 409));
        let phone = sets_up(app, &eva).await;
        let off = async |password: &str, code: &str| eva.post(OFF, &json!({ "password": password, "code": code })).await;
        assert_eq!(off("wrong", &phone.shows(app, 0)).await.refusal(), refused("password_wrong", 403));
        assert_eq!(off(PASSWORD, &phone.wrong(app)).await.refusal(), refused("totp_wrong", 403));
        assert_eq!(off(PASSWORD, &phone.shows(app, 0)).await.status, 204);
        assert_eq!(eva.logs_in(None).await.status, 200);
        assert_eq!(app.number("SELECT COUNT(*) FROM totp_recovery").await, 0);
        let phone = sets_up(app, &eva).await;
        assert_eq!(off(PASSWORD, &phone.recovery[3]).await.status, 204, "a recovery code does as well");
        let done: Vec<String> = app.ada.audit().await.into_iter().map(|entry| entry.action).filter(|action| action.starts_with("totp")).collect();
        assert_eq!(done, ["totp.off", "totp.recovery", "totp.on", "totp.off", "totp.on"]);
    }

    /// An invite replaces a forgotten password and not the app.
    async fn a_new_invite_does_not_pass_the_app_by(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        let phone = sets_up(app, &eva).await;
        let invite = app.invites(eva.worker).await;
        let mut body = json!({ "code": invite.code, "digits": invite.digits, "login": eva.login, "password": "quite another phrase" });
        let join = async |body: &serde_json::Value| {
            Answer::of(app.client.post("/api/v1/auth/join").header("sec-fetch-site", "same-origin").json(body)).await
        };
        assert_eq!(join(&body).await.refusal(), refused("totp_needed", 401));
        body["totp"] = phone.wrong(app).into();
        assert_eq!(join(&body).await.refusal(), refused("totp_wrong", 403));
        assert_eq!(view(&eva).await.handle, "eva", "nothing changed yet");
        body["totp"] = phone.shows(app, 0).into();
        assert_eq!(join(&body).await.status, 201);
        assert_eq!(Staff { password: "quite another phrase".to_owned(), ..eva }.logs_in(None).await.refusal(), refused("totp_needed", 401));
    }

    async fn where_it_is_demanded_a_session_without_can_only_set_it_up(app: &TestApp) {
        let script = app.script(Role::Administrator).await;
        let strict = app.on_demanding(app.copy().await, true).await;
        assert!(view(&strict.ada).await.totp_required);
        for spec in ROUTES.iter().filter(|spec| !spec.path.contains('{')) {
            let (method, asks) = (spec.verb.as_str().parse().unwrap(), spec.access);
            let staff = matches!(asks, Access::Staff | Access::Team | Access::Evaluator | Access::Admin);
            if staff {
                let answer = Answer::of(strict.ada.request(method, spec.path).json(&json!({}))).await;
                assert_eq!(answer.refusal(), refused("totp_required", 403), "{}", spec.path);
            }
            if staff && spec.verb == Verb::Get {
                let answer = Answer::of(strict.client.get(spec.path).bearer_auth(&script)).await;
                assert_ne!(answer.status, 403, "{}: scripts have no app", spec.path);
            }
        }
        let phone = sets_up(&strict, &strict.ada).await;
        assert_eq!(strict.ada.get("/api/v1/workers").await.status, 200);
        assert_eq!(strict.ada.post(OFF, &json!({ "password": PASSWORD, "code": phone.shows(&strict, 0) })).await.status, 204);
        assert_eq!(strict.ada.get("/api/v1/workers").await.refusal(), refused("totp_required", 403));
        assert_eq!(strict.ada.post("/api/v1/auth/logout", &json!({})).await.status, 204);
        strict.stop().await;
    }

    /// The database alone gives neither the secret nor a recovery code, and a row can't be moved to another person.
    async fn secrets_are_encrypted_at_rest(app: &TestApp) {
        let (eva, samir) = (app.evaluator("eva").await, app.supervisor("samir").await);
        let phone = sets_up(app, &eva).await;
        sets_up(app, &samir).await;
        // Everybody gets the secret of the first.
        app.sql("UPDATE totp SET secret = (SELECT t.secret FROM totp AS t ORDER BY t.confirmed_at LIMIT 1), last_step = 0").await;
        assert_eq!(eva.logs_in(Some(&phone.shows(app, 0))).await.status, 200);
        assert_eq!(samir.logs_in(Some(&phone.shows(app, 0))).await.refusal(), refused("internal", 500));
        let stored = app.database.bytes();
        let holds = |bytes: &[u8]| {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            stored.windows(bytes.len()).any(|window| window == bytes) || stored.windows(hex.len()).any(|window| window == hex.as_bytes())
        };
        assert!(!holds(&phone.secret));
        for code in &phone.recovery {
            assert!(!holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes()));
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, code.replace('-', "").as_bytes());
            assert!(!holds(hash.as_ref()), "a hash without a key could be tried");
        }
    }

    async fn the_operator_takes_a_lost_app_off(app: &TestApp) {
        let eva = app.evaluator("eva").await;
        sets_up(app, &eva).await;
        let run = |login: &str| Rounds::run(&app.database, &["login", "--reset-totp", login]);
        let done = run(&eva.login);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(eva.get("/api/v1/auth/session").await.status, 401, "open sessions end");
        assert_eq!(eva.logs_in(None).await.status, 200);
        assert!(app.ada.audit().await.iter().any(|entry| entry.action == "totp.reset" && entry.subject == eva.worker.to_string()));
        assert!(String::from_utf8_lossy(&run(&eva.login).stdout).contains("no authenticator app"));
        assert!(!run("nobody.here").status.success());
        app.verified().await;
    }
}
