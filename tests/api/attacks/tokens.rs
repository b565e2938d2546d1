//! Tokens that were stolen or made up.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Method;
use rounds::http::{Access, ROUTES};
use rounds_tests::{Answer, Peer, TestApp, both_databases, contact};
use serde_json::{Value, json};

const PULL: &str = "/api/v1/sync/pull?catalogue=1";

fn encoded(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token as the server would sign it, with whatever header, claims and key.
fn signed(header: &Value, claims: &Value, key: &[u8]) -> String {
    let text = format!("{}.{}", encoded(header), encoded(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes());
    format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag.as_ref()))
}

fn claims(app: &TestApp, amina: &Peer) -> Value {
    let now = app.clock.now().timestamp();
    let phone = &amina.phone;
    json!({ "iss": "rounds", "aud": "device", "sub": phone.author, "dev": phone.device, "prg": phone.programme, "scope": "pull",
        "jti": uuid::Uuid::nil(), "iat": now, "exp": now + 600 })
}

async fn pulls(app: &TestApp, token: &str) -> u16 {
    Answer::of(app.client.get(PULL).bearer_auth(token)).await.status
}

both_databases! {
    /// A token in foreign hands, without the phone's key: it reads the five sums of own days and nothing of any record, opens no other route, and
    /// can't be renewed. That it ends after ten minutes and with the phone is in `access.rs`.
    async fn a_stolen_token_reads_nothing_of_a_record(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let saved = amina.records(contact().syringes(7).returns(3).coded("ZQX-7731").refers("hiv_test"));
        amina.syncs().await;
        let token = amina.token().await;
        let pulled = Answer::of(app.client.get(PULL).bearer_auth(&token)).await;
        let text = pulled.text();
        assert!(text.contains("\"syringes_out\":7"), "the sums are there: {text}");
        for hidden in ["ZQX", "zqx", "7731", "25-34", "gender", "age_band", "ns_1ml", "lines", "injects", "captured", "person", "note"] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
        assert!(!text.contains(&saved.record.to_string()), "not even its id: {text}");
        for spec in ROUTES {
            if matches!(spec.access, Access::Anybody | Access::OwnPage | Access::Phone) {
                continue;
            }
            let path = spec.path.replace("{id}", &saved.record.to_string());
            let method: Method = spec.verb.as_str().parse().unwrap();
            let answer = Answer::of(app.client.request(method, &path).bearer_auth(&token).json(&json!({}))).await;
            assert!(matches!(answer.status, 401 | 403), "{} {}: {}", spec.verb.as_str(), spec.path, answer.status);
        }
        let nonce = Answer::of(app.client.get("/api/v1/auth/challenge")).await.json::<Value>()["nonce"].as_str().unwrap().to_owned();
        let phone = &amina.phone;
        for sig in [token.clone(), "A".repeat(86), phone.key.sign(token.as_bytes()).unwrap()] {
            let body = json!({ "programme": phone.programme, "device": phone.device, "author": phone.author, "nonce": nonce, "sig": sig });
            let answer = Answer::of(app.client.post("/api/v1/auth/token").json(&body)).await;
            assert!(matches!(answer.status, 401 | 422), "{}", answer.status);
        }
    }

    async fn a_made_up_token_opens_nothing(app: &TestApp) {
        let (amina, brian) = (app.peer("amina").await, app.peer("brian").await);
        let inland = app.another_programme("Inland").await;
        let key = app.state.secrets.token_key().to_vec();
        let header = json!({ "alg": "HS256", "typ": "JWT" });
        let good = claims(app, &amina);
        assert_eq!(pulls(app, &signed(&header, &good, &key)).await, 200, "the forgery is well made");
        let with = |changes: &[(&str, Value)]| {
            let mut changed = good.clone();
            for (name, value) in changes {
                changed[*name] = value.clone();
            }
            signed(&header, &changed, &key)
        };
        let past = app.clock.now().timestamp();
        let mut forged = vec![
            with(&[("iss", json!("other"))]),
            with(&[("aud", json!("staff"))]),
            with(&[("aud", json!([]))]),
            with(&[("exp", json!(past))]),
            with(&[("exp", json!("never"))]),
            with(&[("exp", Value::Null)]),
            with(&[("sub", json!(brian.worker()))]),
            with(&[("dev", json!(brian.phone.device))]),
            with(&[("dev", Value::Null)]),
            with(&[("prg", json!(inland.id))]),
            // A device's claims as a script's, whose id is in no list.
            with(&[("aud", json!("script")), ("scope", json!("administrator"))]),
            signed(&header, &good, &[0; 32]),
            signed(&header, &good, b""),
        ];
        for alg in ["none", "None", "NONE", "", "HS384", "HS512", "RS256", "ES256"] {
            let odd = json!({ "alg": alg, "typ": "JWT" });
            forged.push(signed(&odd, &good, &key));
            forged.push(format!("{}.{}.", encoded(&odd), encoded(&good)));
        }
        // A header that names a key of the attacker's own.
        let own = json!({ "alg": "HS256", "typ": "JWT", "kid": "../../../dev/null", "jwk": { "kty": "oct", "k": BASE64_URL_SAFE_NO_PAD.encode([7; 32]) } });
        forged.push(signed(&own, &good, &[7; 32]));
        let whole = signed(&header, &good, &key);
        forged.push(whole[..whole.len() - 2].to_owned());
        forged.push(format!("{whole}.{whole}"));
        forged.push(whole.split('.').take(2).collect::<Vec<_>>().join("."));
        for token in forged {
            assert_eq!(pulls(app, &token).await, 401, "{token}");
        }
        for scheme in ["bearer ", "Basic ", "", "Bearer  "] {
            let request = app.client.get(PULL).header("authorization", format!("{scheme}{whole}"));
            assert_eq!(Answer::of(request).await.status, 401, "{scheme:?}");
        }
    }

    /// A session that an attacker planted before the log-in is not the one after it.
    async fn a_planted_session_is_worth_nothing_after_the_log_in(app: &TestApp) {
        let planted = "__Host-rounds=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let log_in = async |cookie: &str| {
            let body = json!({ "login": app.ada.login, "password": app.ada.password });
            let request = app.client.post("/api/v1/auth/login").header("sec-fetch-site", "same-origin").header("cookie", cookie);
            rounds_tests::Staff::cookie_of(&Answer::of(request.json(&body)).await)
        };
        let session = async |cookie: &str| Answer::of(app.client.get("/api/v1/auth/session").header("cookie", cookie)).await.status;
        let first = log_in(planted).await;
        assert!(first.starts_with("__Host-rounds=") && first != planted);
        assert_eq!((session(planted).await, session(&first).await), (401, 200));
        let second = log_in(&first).await;
        assert_ne!(second, first, "each log-in has a token of its own");
        let other = app.evaluator("eva").await;
        assert_eq!(Answer::of(app.client.get("/api/v1/workers").header("cookie", &other.cookie)).await.status, 403);
        for cookie in ["__Host-rounds=", "__Host-rounds=..", "__Host-rounds=%00", &format!("{first}x"), &first.replace("__Host-", "")] {
            assert_eq!(session(cookie).await, 401, "{cookie}");
        }
    }
}
