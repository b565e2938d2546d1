//! `rounds rebuild`, and the start of a version that folds otherwise: whatever was changed by hand, everything is as the log says again.

use std::collections::BTreeMap;

use rounds_shared::sync::OpCode;
use rounds_tests::{Engine, Peer, Rounds, TestApp, both_databases, contact, free_port};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::backups::run;

/// What the log implies, as text, row by row.
async fn state_of(app: &TestApp) -> BTreeMap<&'static str, Vec<String>> {
    let mut tables = BTreeMap::new();
    for (table, condition) in [
        ("record", "1 = 1"),
        ("record_line", "1 = 1"),
        ("record_referral", "1 = 1"),
        ("record_group", "1 = 1"),
        ("referral_event", "1 = 1"),
        ("op", "1 = 1"),
        ("tally", "n <> 0"),
    ] {
        tables.insert(table, rows(app, table, condition).await);
    }
    tables
}

async fn rows(app: &TestApp, table: &str, condition: &str) -> Vec<String> {
    let db = app.state.db.read();
    let named = if app.database.engine == Engine::Sqlite {
        let columns = format!("SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info('{table}')");
        one(app, &columns).await
    } else {
        format!("{table}::text")
    };
    let list = format!("SELECT {named} AS it FROM {table} WHERE {condition} ORDER BY 1");
    let found = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), list))
        .await
        .unwrap();
    found.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn one(app: &TestApp, query: &str) -> String {
    let db = app.state.db.read();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), query))
        .await
        .unwrap();
    row.unwrap().try_get_by_index(0).unwrap()
}

async fn drift(app: &TestApp) -> Vec<&'static str> {
    let found = rounds::sync::verify(&app.state, app.id).await.unwrap().unwrap();
    found.drift.into_iter().map(|drift| drift.table).collect()
}

/// Records of several kinds, corrections, a removal, referrals with events before and after, and an old date.
async fn season(app: &TestApp) -> Peer {
    let mut amina = app.peer("amina").await;
    let first = amina.records(contact().syringes(10).coded("MOM0865"));
    amina.corrects(&first, 2, contact().syringes(5));
    let second = amina.records(contact().syringes(3).coded("MOM0866"));
    amina.undoes(&second, 2);
    let third = amina.records(contact().syringes(1));
    amina.corrects(&third, 2, contact().syringes(2));
    amina.corrects(&third, 2, contact().syringes(4));
    let event = json!({ "slip": "K742QS", "service": "hiv_test", "status": "completed", "source": "client" });
    amina.says("referral_event", &event);
    let referral = json!({ "slip": "K742QS", "service": "hiv_test", "way": "accompanied", "status": "issued" });
    amina.says("referral", &json!({ "referral": referral }));
    let groups = json!([{ "gender": "woman", "age_band": "18-24", "n": 4 }]);
    amina.says("tally_sheet", &json!({ "contacts": 12, "groups": groups }));
    let results = amina.syncs().await.results;
    assert!(results.iter().all(|result| result.code != OpCode::Quarantined), "{results:?}");
    amina
}

/// A path with a typing error: everything could be said of an empty database.
#[tokio::test]
async fn a_database_that_is_not_there_is_a_mistake_and_is_not_made() {
    let dir = std::env::temp_dir().join(format!("rounds-none-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("none.db");
    for command in [&["verify"][..], &["rebuild"], &["token", "list"], &["publish", "--programme", "x"]] {
        let said = std::process::Command::new(rounds_tests::binary())
            .args(command)
            .args(["--database-url", &format!("sqlite:{}", file.display()), "--secrets"])
            .arg(dir.join("secrets"))
            .output()
            .unwrap();
        let words = String::from_utf8(said.stderr).unwrap();
        assert!(!said.status.success() && words.contains("--database-url"), "{command:?}: {words}");
        assert!(!file.exists(), "{command:?}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

both_databases! {
    async fn whatever_was_changed_is_as_the_log_says_again(app: &TestApp) {
        season(app).await;
        let before = state_of(app).await;
        assert_eq!(drift(app).await, [""; 0]);
        for change in [
            "UPDATE tally SET n = n + 1 WHERE measure = 'contacts' AND grain = 'site'",
            "DELETE FROM tally WHERE grain = 'worker'",
            "DELETE FROM record WHERE head_rev = 2 AND NOT void",
            "DELETE FROM record",
            "UPDATE record SET syringes_out = 99, person = NULL, seq = 1",
            "DELETE FROM record_line",
            "UPDATE record_referral SET reached = 'issued', rank = 1",
            "DELETE FROM referral_event",
            "UPDATE record_group SET contacts = 1",
            "UPDATE op SET person = NULL, code_state = 1",
            "UPDATE device SET received = '1-2', dseq_high = 2 WHERE kind = 'phone'",
        ] {
            app.sql(change).await;
            assert_ne!(drift(app).await, [""; 0], "{change} shows");
            let said = run(&app.database, &["rebuild"]).await;
            assert!(said.status == 0 && said.out.contains("computed anew"), "{change}: {said:?}");
            assert_eq!(drift(app).await, [""; 0], "{change}");
            assert_eq!(state_of(app).await, before, "{change}");
        }
        let audit = app.ada.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "rebuild").count(), 11);
    }

    /// An op whose bytes are gone would take its record with it, so nothing is changed at all.
    async fn an_op_that_cannot_be_opened_stops_it(app: &TestApp) {
        season(app).await;
        app.sql("UPDATE tally SET n = n + 1 WHERE measure = 'contacts' AND grain = 'site'").await;
        app.sql("UPDATE op SET ct = ek WHERE rev = 1").await;
        let before = state_of(app).await;
        let said = run(&app.database, &["rebuild"]).await;
        assert!(said.status == 1 && said.err.contains("rounds verify"), "{said:?}");
        assert_eq!(state_of(app).await, before);
        let mut brian = app.peer("brian").await;
        brian.records(contact());
        assert!(brian.syncs().await.results[0].code.is_durable(), "phones can still send");
    }

    async fn what_phones_send_meanwhile_is_in_it(app: &TestApp) {
        let mut amina = season(app).await;
        let pushing = tokio::spawn(async move {
            for _ in 0..30 {
                amina.records(contact().syringes(1));
                amina.syncs().await;
            }
        });
        for _ in 0..3 {
            assert_eq!(run(&app.database, &["rebuild"]).await.status, 0);
        }
        pushing.await.unwrap();
        app.verified().await;
    }

    /// Two servers of a version that folds otherwise start at once: one computes everything anew, once.
    async fn a_start_of_another_version_computes_anew_once(app: &TestApp) {
        season(app).await;
        let before = state_of(app).await;
        let copy = app.copy().await;
        let staged = app.on(copy).await;
        staged.sql("UPDATE tally SET n = n + 1 WHERE measure = 'contacts' AND grain = 'site'").await;
        staged.sql("DELETE FROM record_line").await;
        staged.sql("UPDATE programme SET fold_version = 0").await;
        let (one, two) = tokio::join!(
            Rounds::serve(&staged.database, free_port(), None),
            Rounds::serve(&staged.database, free_port(), None)
        );
        one.kill();
        two.kill();
        assert_eq!(state_of(&staged).await, before);
        staged.verified().await;
        // The machine is months ahead of the test, so the two servers have swept the session away.
        let audit = staged.ada.anew().await.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "rebuild").count(), 1);
        staged.stop().await;
    }
}
