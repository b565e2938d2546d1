//! `GET /api/v1/sync/pull`: what a phone may know.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::sync::{DaySums, OpCode, PullResponse, SEALING_PREFIX};
use rounds_tests::{Answer, both_databases, contact};
use serde_json::json;

both_databases! {
    async fn a_phone_has_its_own_sums_and_nobody_elses(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        amina.records(contact().syringes(10).naloxone(1).new_person());
        amina.records(contact().syringes(5).returns(7));
        amina.records(contact().syringes(3).on("2026-06-25"));
        amina.records(contact().syringes(3).on("2026-06-01"));
        amina.syncs().await;
        brian.records(contact().syringes(99));
        brian.syncs().await;
        let pulled = amina.pulls(0, 0).await;
        let days: Vec<(String, DaySums)> = pulled.days.iter().map(|day| (day.day.to_string(), day.sums)).collect();
        let today = DaySums { contacts: 2, new_contacts: 1, syringes_out: 15, syringes_in: 7, naloxone_kits: 1 };
        let before = DaySums { contacts: 1, syringes_out: 3, ..DaySums::default() };
        assert_eq!(days, [("2026-06-25".to_owned(), before), ("2026-06-30".to_owned(), today)], "the last seven days");
    }

    /// Whoever takes a phone and its key learns no body, no code, no colleague.
    async fn no_body_ever_comes_back(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        let own = amina.records(contact().syringes(17).coded("ZQXJ7731").refers("hiv_test"));
        let theirs = brian.records(contact().coded("ZQXJ7732"));
        amina.syncs().await;
        brian.syncs().await;
        let answer = Answer::of(app.client.get("/api/v1/sync/pull?cursor=0&catalogue=1").bearer_auth(amina.token().await)).await;
        let text = answer.text().to_lowercase();
        assert_eq!(answer.status, 200);
        let hidden = ["zqxj", "k742qs", "\"lines\"", "\"gender\"", &theirs.record.to_string(), &brian.worker().to_string(), &own.sealed.ct.to_lowercase()];
        for word in hidden {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }

    async fn the_catalogue_comes_when_it_is_newer(app: &TestApp) {
        let amina = app.peer("amina").await;
        assert_eq!(amina.pulls(0, 0).await.catalogue.unwrap().version, 1);
        assert!(amina.pulls(0, 1).await.catalogue.is_none());
        app.ada.post("/api/v1/sites", &json!({ "code": "pier", "label": "Pier" })).await.succeeds();
        let newer = amina.pulls(0, 1).await.catalogue.unwrap();
        assert_eq!(newer.version, 2);
        assert!(newer.sites.iter().any(|site| site.code.as_str() == "pier"));
        assert!(amina.pulls(0, 2).await.catalogue.is_none());
    }

    async fn sealing_keys_verify_under_the_pinned_root(app: &TestApp) {
        let amina = app.peer("amina").await;
        let pulled = amina.pulls(0, 1).await;
        assert!(!pulled.sealing.is_empty());
        for sealing in pulled.sealing {
            let key = BASE64_URL_SAFE_NO_PAD.decode(&sealing.key).unwrap();
            let sig = BASE64_URL_SAFE_NO_PAD.decode(&sealing.sig).unwrap();
            let message = [SEALING_PREFIX, sealing.kid.as_bytes(), b"\n", &key].concat();
            let root = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &amina.root_key);
            assert!(root.verify(&message, &sig).is_ok());
            assert!(root.verify(&message[1..], &sig).is_err());
        }
    }

    /// A phone learns what became of its ops, each change once per cursor.
    /// An import of thousands hides no correction: none of its records is a phone's.
    async fn no_fate_is_lost_among_many(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for _ in 0..11 {
            for _ in 0..200 {
                amina.records(contact());
            }
            amina.syncs().await;
        }
        app.sql("UPDATE record SET by_supervisor = TRUE, head_rev = 2, head_op = device_id").await;
        assert_eq!(amina.pulls(0, 1).await.fates.len(), 2200);
    }

    async fn fates_tell_what_a_supervisor_changed(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        let second = amina.records(contact().syringes(20));
        amina.syncs().await;
        let before = amina.pulls(0, 1).await;
        assert!(before.fates.iter().all(|fate| fate.code == OpCode::Accepted));
        let seen = app.ada.record(first.record).await;
        app.ada.voids(&seen).await.succeeds();
        let after = amina.pulls(before.cursor, 1).await;
        let fates: Vec<_> = after.fates.iter().map(|fate| (fate.op.0, fate.code, fate.by_supervisor)).collect();
        assert_eq!(fates, [(first.op, OpCode::Superseded, true)]);
        assert!(after.cursor > before.cursor);
        assert_eq!(after.days[0].sums.syringes_out, 20);
        assert_eq!(amina.pulls(after.cursor, 1).await.fates, []);
        assert_ne!(second.op, first.op);
    }

    async fn unknown_parameters_are_refused(app: &TestApp) {
        let amina = app.peer("amina").await;
        let token = amina.token().await;
        for (query, status) in [("", 200), ("?cursor=0", 200), ("?cursor=-1", 200), ("?zqx=1", 400), ("?cursor=zqx", 400), ("?cursor=0&cursor=1", 400)] {
            let answer = Answer::of(app.client.get(&format!("/api/v1/sync/pull{query}")).bearer_auth(&token)).await;
            assert_eq!(answer.status, status, "{query}");
            assert!(!answer.text().contains("zqx"));
        }
        let plain: PullResponse = Answer::of(app.client.get("/api/v1/sync/pull").bearer_auth(&token)).await.json();
        assert_eq!(plain.proto, 1);
    }
}
