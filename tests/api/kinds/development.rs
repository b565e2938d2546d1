//! Thanks, qualifications and levels, and how the phone hears of them.

use rounds_shared::auth::Level;
use rounds_shared::sync::DaySums;
use rounds_shared::team::Development;
use rounds_tests::{both_databases, contact};
use serde_json::json;

both_databases! {
    async fn a_worker_hears_of_thanks_and_qualifications(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let amina = app.peer_of(&dora, "amina").await;
        let brian = app.peer_of(&dora, "brian").await;
        let of = |what: &str| format!("/api/v1/workers/{}/{what}", amina.worker());
        dora.post(&of("thanks"), &json!({ "words": "You stayed calm on Friday." })).await.succeeds();
        dora.post(&of("qualifications"), &json!({ "module": "overdose_response", "on": "2026-05-04", "expires": "2027-05-04" })).await.succeeds();
        dora.post(&of("qualifications"), &json!({ "module": "confidentiality", "on": "2024-05-04", "expires": "2025-05-04" })).await.succeeds();
        let development: Development = dora.post(&of("level"), &json!({ "level": "facilitation" })).await.json();
        assert_eq!((development.level, development.qualifications.len(), development.thanks.len()), (Level::Facilitation, 2, 1));
        let own = amina.pulls(0, 1).await.own;
        assert_eq!(own.level, Some(Level::Facilitation));
        assert_eq!((own.thanks[0].by.as_str(), own.thanks[0].words.as_str()), ("dora", "You stayed calm on Friday."));
        assert_eq!(own.qualifications.iter().map(|one| one.module.as_str()).collect::<Vec<_>>(), ["overdose_response"], "an expired one no longer holds");
        assert_eq!(own.colleagues.iter().map(|one| one.handle.as_str()).collect::<Vec<_>>(), ["brian"]);
        let others = brian.pulls(0, 1).await.own;
        assert!(others.thanks.is_empty() && others.qualifications.is_empty() && others.level == Some(Level::Outreach));
        let actions: Vec<String> = app.ada.audit().await.into_iter().map(|entry| entry.action).collect();
        for action in ["worker.thanks", "worker.qualify", "worker.level"] {
            assert!(actions.iter().any(|one| one == action), "{action}");
        }
    }

    async fn wrong_words_modules_and_dates_are_named(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let amina = app.peer_of(&dora, "amina").await;
        let of = |what: &str| format!("/api/v1/workers/{}/{what}", amina.worker());
        assert_eq!(dora.post(&of("thanks"), &json!({ "words": "x" })).await.fields(), ["words"]);
        assert_eq!(dora.post(&of("thanks"), &json!({ "words": "x\u{0}yz" })).await.fields(), ["words"]);
        assert_eq!(dora.post(&of("qualifications"), &json!({ "module": "zqx", "on": "2026-05-04" })).await.fields(), ["module"]);
        assert_eq!(dora.post(&of("qualifications"), &json!({ "module": "mentoring", "on": "2027-05-04" })).await.fields(), ["on"]);
        let early = json!({ "module": "mentoring", "on": "2026-05-04", "expires": "2026-05-03" });
        assert_eq!(dora.post(&of("qualifications"), &early).await.fields(), ["expires"]);
        assert_eq!(dora.post(&of("level"), &json!({ "level": "king" })).await.status, 422);
        let staff = format!("/api/v1/workers/{}/level", dora.worker);
        assert_eq!(app.ada.post(&staff, &json!({ "level": "mentoring" })).await.status, 404, "levels are for peers");
    }

    async fn weeks_month_and_bag_are_sums(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(10));
        amina.records(contact().syringes(5).on("2026-06-08"));
        amina.records(contact().syringes(5).on("2026-05-26"));
        amina.says("stock_move", &json!({ "reason": "issue", "from": "store", "to": "bag", "lines": [{ "item": "ns_1ml", "quantity": 50 }] }));
        amina.says("stock_move", &json!({ "reason": "lost", "from": "bag", "to": "outside", "lines": [{ "item": "ns_1ml", "quantity": 2 }] }));
        amina.syncs().await;
        let own = amina.pulls(0, 1).await.own;
        let weeks: Vec<(String, i64)> = own.weeks.iter().map(|week| (week.start.to_string(), week.sums.contacts)).collect();
        let expected = [("2026-06-01", 0), ("2026-06-08", 1), ("2026-06-15", 0), ("2026-06-22", 0), ("2026-06-29", 1)];
        assert_eq!(weeks, expected.map(|(start, n)| (start.to_owned(), n)));
        assert_eq!(own.month, DaySums { contacts: 2, syringes_out: 15, ..DaySums::default() });
        let bag: Vec<(&str, i64, i64, i64)> = own.bag.iter().map(|line| (line.item.as_str(), line.carried, line.given, line.lost)).collect();
        assert_eq!(bag, [("ns_1ml", 50, 10, 2)]);
    }
}
