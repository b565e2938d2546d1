//! Honest content is never refused: what can't be counted is kept for the supervisor, and harms nothing beside it.

use rounds_shared::record::KIND_CONTACT;
use rounds_shared::sync::{OpCode, OpResult, OpType, SealedOp};
use rounds_tests::{Figures, Peer, both_databases, contact};
use serde_json::{Value, json};

fn why(result: &OpResult) -> (OpCode, &str) {
    (result.code, result.reason.as_deref().unwrap_or_default())
}

/// An op with a plaintext of its own.
fn seals(peer: &mut Peer, kind: OpType, plaintext: &Value) -> SealedOp {
    let op = peer.phone.random.uuid().unwrap();
    peer.phone.seal(op, op, 1, kind, serde_json::to_vec(plaintext).unwrap()).unwrap()
}

both_databases! {
    async fn one_bad_op_among_two_hundred_harms_only_itself(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for n in 0..200 {
            let draft = contact().syringes(1);
            amina.records(if n == 77 { draft.gives("no_such_item", 1) } else { draft });
        }
        let answer = amina.syncs().await;
        for (n, result) in answer.results.iter().enumerate() {
            let expected = if n == 77 { OpCode::Quarantined } else { OpCode::Accepted };
            assert_eq!(result.code, expected, "op {n}");
        }
        assert_eq!(answer.results[77].errors[0].path, "lines[1].item");
        assert_eq!(answer.results[77].errors[0].code, "unknown_code");
        assert!(answer.missing.is_empty(), "what waits in quarantine has arrived");
        app.ada.sees(Figures { contacts: 199, syringes_out: 199, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn unknown_codes_are_named_without_their_values(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().at("nowhere-zqx"));
        amina.records(contact().gender("zqx"));
        amina.records(contact().refers("zqx"));
        let push = amina.signs(amina.outbox.clone());
        let answer = amina.sends(&push).await;
        assert!(!answer.text().contains("zqx"), "{}", answer.text());
        let answer: rounds_shared::sync::PushResponse = answer.json();
        let paths: Vec<&str> = answer.results.iter().map(|result| result.errors[0].path.as_str()).collect();
        assert_eq!(paths, ["site", "gender", "referrals[0].service"]);
        app.ada.sees(Figures::default()).await;
    }

    /// A day ahead is a zone or a clock; more is a clock that can't be believed.
    async fn a_date_more_than_a_day_ahead_waits(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().on("2026-07-01"));
        amina.records(contact().on("2026-07-02"));
        amina.records(contact().on("2038-01-19"));
        let answer = amina.syncs().await;
        assert_eq!(answer.results[0].code, OpCode::Accepted);
        assert_eq!(why(&answer.results[1]), (OpCode::Quarantined, "future_date"));
        assert_eq!(why(&answer.results[2]), (OpCode::Quarantined, "future_date"));
        app.ada.sees(Figures { contacts: 1, ..Figures::default() }).await;
    }

    /// Six weeks without a network, and a year.
    async fn old_dates_are_taken_and_flagged(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let old = amina.records(contact().syringes(1).on("2026-05-19"));
        amina.records(contact().syringes(1).on("2025-06-30"));
        let answer = amina.syncs().await;
        assert!(answer.results.iter().all(|result| result.code == OpCode::Accepted));
        assert_eq!(app.ada.record(old.record).await.warnings, ["old_date"]);
        app.verified().await;
    }

    async fn plaintexts_that_cannot_be_read_wait(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let newer = json!({ "kind": KIND_CONTACT, "schema": 2, "body": { "anything": 1 } });
        let other = json!({ "kind": "night_out", "schema": 1, "body": {} });
        let body = json!({ "kind": KIND_CONTACT, "schema": 1, "body": { "worker": 1 } });
        let void = json!({ "why": "undo" });
        let cases = [
            (OpType::Put, newer, "newer_schema"),
            (OpType::Put, other, "unknown_kind"),
            (OpType::Put, body, "malformed_body"),
            (OpType::Put, json!([1, 2]), "malformed"),
            (OpType::Void, void, "malformed"),
        ];
        for (kind, plaintext, reason) in cases {
            let op = seals(&mut amina, kind, &plaintext);
            assert_eq!(why(&amina.pushes_one(op.clone()).await), (OpCode::Quarantined, reason));
            assert_eq!(why(&amina.pushes_one(op).await), (OpCode::Quarantined, reason), "sent again");
        }
        assert_eq!(app.ada.quarantine().await.len(), 5);
        app.ada.sees(Figures::default()).await;
        app.verified().await;
    }

    /// Depth, NUL and lone surrogates inside a genuine seal.
    async fn hostile_plaintexts_wait(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let today = amina.records(contact()).contact.service_date;
        let good = serde_json::to_value(contact().of(amina.worker(), today)).unwrap();
        let mut measured = good.clone();
        measured["lines"] = json!([{ "item": "used_syringe", "direction": "in", "quantity": 10, "method": "weighed",
            "measured": { "value": 1.0, "unit": "k\u{0}g", "factor": 10.0 } }]);
        let put = |body: &str| format!(r#"{{"kind":"contact","schema":1,"body":{body}}}"#).into_bytes();
        let surrogate = good.to_string().replace(r#""none""#, r#"{"set":"\ud800ABCD"}"#);
        let endless = good.to_string().replace(r#""for_others":0"#, r#""for_others":1e400"#);
        for plaintext in [put(&"[".repeat(9000)), put(&measured.to_string()), put(&surrogate), put(&endless), vec![0xff; 300], Vec::new()] {
            let op = amina.phone.random.uuid().unwrap();
            let sealed = amina.phone.seal(op, op, 1, OpType::Put, plaintext).unwrap();
            assert_eq!(amina.pushes_one(sealed).await.code, OpCode::Quarantined);
        }
        assert_eq!(amina.syncs().await.results[0].code, OpCode::Accepted);
        app.verified().await;
    }

    async fn a_contact_of_somebody_else_waits(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.peer("brian").await;
        let op = amina.records(contact().with(|_| {})).contact;
        let mut theirs = op.clone();
        theirs.worker = rounds_shared::ids::WorkerId(brian.worker());
        let id = amina.phone.random.uuid().unwrap();
        let sealed = amina.phone.put(id, id, 1, theirs).unwrap();
        let result = amina.pushes_one(sealed).await;
        assert_eq!(why(&result), (OpCode::Quarantined, "invalid"));
        assert_eq!(result.errors[0].path, "worker");
    }

    async fn an_author_who_is_not_enrolled_on_the_phone_waits(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.peer("brian").await;
        amina.phone.author = brian.worker();
        amina.records(contact());
        assert_eq!(why(&amina.syncs().await.results[0]), (OpCode::Quarantined, "unknown_author"));
        app.ada.sees(Figures::default()).await;
    }

    async fn an_author_whose_time_on_the_phone_ended_waits(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact());
        amina.syncs().await;
        app.sql("UPDATE device_author SET until_at = 1").await;
        amina.records(contact());
        assert_eq!(why(&amina.syncs().await.results[0]), (OpCode::Quarantined, "author_ended"));
        app.ada.sees(Figures { contacts: 1, ..Figures::default() }).await;
    }

    /// A revoked phone may always hand in what it holds, and what was received before stays received.
    async fn a_revoked_phone_deposits_into_quarantine(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let before = amina.records(contact().syringes(10)).sealed;
        amina.syncs().await;
        amina.records(contact().syringes(20));
        dora.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        assert_eq!(why(&amina.syncs().await.results[0]), (OpCode::Quarantined, "device_revoked"));
        assert_eq!(amina.pushes_one(before).await.code, OpCode::Duplicate);
        let waiting = dora.quarantine().await;
        assert_eq!((waiting.len(), waiting[0].handle.as_deref()), (1, Some("amina")));
        dora.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
        app.verified().await;
    }

    /// A team sees its own quarantine only.
    async fn another_teams_quarantine_is_not_shown(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let samir = app.supervisor("samir").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().at("nowhere"));
        amina.syncs().await;
        assert_eq!(dora.quarantine().await.len(), 1);
        assert_eq!(samir.quarantine().await.len(), 0);
        assert_eq!(dora.board().await.rows[0].quarantined, 1);
    }

    /// Rescue: a colleague's phone hands in what another phone holds.
    async fn another_phone_of_the_programme_delivers(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        amina.records(contact().syringes(10));
        amina.records(contact().syringes(20));
        let answer = brian.pushes(amina.outbox.clone()).await;
        assert!(answer.results.iter().all(|result| result.code == OpCode::Accepted));
        let answer = amina.pushes(Vec::new()).await;
        assert!(answer.missing.is_empty(), "the numbers of the rescued phone have arrived: {:?}", answer.missing);
        app.ada.sees(Figures { contacts: 2, syringes_out: 30, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn ops_of_a_phone_that_nobody_knows_wait(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        amina.phone.device = amina.phone.random.uuid().unwrap();
        amina.records(contact());
        let answer = brian.pushes(amina.outbox.clone()).await;
        assert_eq!(why(&answer.results[0]), (OpCode::Quarantined, "unknown_device"));
        app.ada.sees(Figures::default()).await;
    }
}
