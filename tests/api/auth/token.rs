//! `GET /api/v1/auth/challenge` and `POST /api/v1/auth/token`: a device proves its key and gets ten minutes.

use chrono::Duration;
use rounds_shared::auth::{Challenge, TokenResponse};
use rounds_tests::{Answer, TestApp, both_databases};
use serde_json::json;

async fn challenge(app: &TestApp) -> String {
    Answer::of(app.client.get("/api/v1/auth/challenge")).await.json::<Challenge>().nonce
}

both_databases! {
    async fn a_challenge_is_answered_once(app: &TestApp) {
        let amina = app.peer("amina").await;
        let nonce = challenge(app).await;
        let token: TokenResponse = amina.answers(&nonce).await.json();
        assert_eq!(token.expires_at, app.clock.now() + Duration::minutes(10));
        assert_eq!(amina.answers(&nonce).await.refusal(), (401, "token_refused".to_owned()));
        assert_ne!(challenge(app).await, challenge(app).await);
    }

    async fn a_challenge_lasts_a_minute(app: &TestApp) {
        let amina = app.peer("amina").await;
        let (in_time, late) = (challenge(app).await, challenge(app).await);
        app.clock.advance(Duration::seconds(59));
        assert_eq!(amina.answers(&in_time).await.status, 200);
        app.clock.advance(Duration::seconds(1));
        assert_eq!(amina.answers(&late).await.refusal(), (401, "token_refused".to_owned()));
    }

    async fn nobody_answers_for_another(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        let inland = app.another_programme("Inland").await;
        assert_eq!(amina.answers(&"A".repeat(43)).await.status, 401, "a nonce that nobody gave");
        std::mem::swap(&mut amina.phone.key, &mut brian.phone.key);
        assert_eq!(amina.asks_token().await.status, 401, "another key");
        std::mem::swap(&mut amina.phone.key, &mut brian.phone.key);
        let own = amina.phone.author;
        amina.phone.author = brian.phone.author;
        assert_eq!(amina.asks_token().await.status, 401, "another person");
        amina.phone.author = own;
        amina.phone.programme = inland.id;
        assert_eq!(amina.asks_token().await.status, 401, "another programme");
        amina.phone.programme = app.id;
        assert_eq!(amina.asks_token().await.status, 200);
    }

    /// The prefix keeps a signature over anything else from being an answer.
    async fn a_bare_signature_of_the_nonce_is_no_answer(app: &TestApp) {
        let amina = app.peer("amina").await;
        let nonce = challenge(app).await;
        let phone = &amina.phone;
        let sig = phone.key.sign(nonce.as_bytes()).unwrap();
        let body = json!({ "programme": phone.programme, "device": phone.device, "author": phone.author, "nonce": nonce, "sig": sig });
        assert_eq!(Answer::of(app.client.post("/api/v1/auth/token").json(&body)).await.status, 401);
    }

    async fn who_has_left_gets_no_token(app: &TestApp) {
        let amina = app.peer("amina").await;
        app.sql("UPDATE worker SET status = 'left' WHERE handle = 'amina'").await;
        let answer = amina.asks_token().await;
        assert!(matches!(answer.status, 401 | 403), "{}", answer.text());
    }
}
