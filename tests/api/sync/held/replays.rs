//! What is taken by itself once it passes.

use chrono::Duration;
use rounds::state::{Places, State};
use rounds::sync::{Turn, replay};
use rounds_shared::record::KIND_CONTACT;
use rounds_shared::sync::{OpCode, OpType};
use rounds_tests::{Figures, both_databases, contact};
use serde_json::json;
use uuid::Uuid;

use super::fate;

both_databases! {
    /// A site that was missing, a date that has come: nobody needs to decide anything.
    async fn what_passes_by_now_is_taken_by_itself(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let missing = amina.records(contact().syringes(1).at("quay"));
        let ahead = amina.records(contact().syringes(2).on("2026-07-02"));
        let never = amina.records(contact().gender("zqx"));
        amina.syncs().await;
        let cursor = amina.pulls(0, 0).await.cursor;
        assert_eq!(replay(&app.state).await.unwrap().taken, 0);
        app.ada.post("/api/v1/sites", &json!({ "code": "quay", "label": "Quay" })).await.succeeds();
        assert_eq!(replay(&app.state).await.unwrap().taken, 1);
        app.clock.advance(Duration::hours(22));
        let (ada, dora) = (app.ada.anew().await, dora.anew().await);
        assert_eq!(replay(&app.state).await.unwrap().taken, 1);
        assert_eq!(replay(&app.state).await.unwrap().taken, 0, "twice is once");
        for op in [missing.op, ahead.op] {
            let fate = fate(&amina, cursor, op).await;
            assert_eq!((fate.code, fate.by_supervisor), (OpCode::Accepted, false));
        }
        let waiting: Vec<Uuid> = ada.quarantine().await.into_iter().map(|op| op.op.0).collect();
        assert_eq!(waiting, [never.op]);
        dora.sees(Figures { contacts: 2, syringes_out: 3, ..Figures::default() }).await;
        app.verified().await;
    }

    /// A phone's app may be newer than the server. What the older program kept unread, the newer one takes when it starts. The rows are
    /// brought into the state in which the older program leaves them: it is the program alone that an upgrade changes.
    async fn what_an_older_program_could_not_read_is_taken_after_the_upgrade(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        app.sql("UPDATE device_author SET until_at = 1").await;
        let newer = amina.records(contact().syringes(3).coded("ROSE77"));
        let kind = amina.says("incident", &json!({ "kinds": ["theft"], "severity": 1, "status": "open" }));
        let beyond = json!({ "kind": KIND_CONTACT, "schema": 2, "body": { "anything": 1 } });
        let id = amina.phone.random.uuid().unwrap();
        let beyond = amina.phone.seal(id, id, 1, OpType::Put, serde_json::to_vec(&beyond).unwrap()).unwrap();
        amina.outbox.push(beyond);
        amina.syncs().await;
        app.sql("UPDATE device_author SET until_at = NULL").await;
        app.sql("UPDATE quarantine SET reason = CASE WHEN dseq = 2 THEN 'unknown_kind' ELSE 'newer_schema' END").await;
        let cursor = amina.pulls(0, 0).await.cursor;
        let upgraded = app.on(app.copy().await).await;
        // Its own first turn, or this one: either reads what has waited since before it started.
        replay(&upgraded.state).await.unwrap();
        amina.moves_to(&upgraded.client);
        for op in [newer.op, kind] {
            assert_eq!(fate(&amina, cursor, op).await.code, OpCode::Accepted);
        }
        let left: Vec<(Uuid, String)> = upgraded.ada.quarantine().await.into_iter().map(|op| (op.op.0, op.reason)).collect();
        assert_eq!(left, [(id, "newer_schema".to_owned())], "what this program does not know either waits on");
        upgraded.ada.sees(Figures { contacts: 1, people: 1, syringes_out: 3, ..Figures::default() }).await;
        assert_eq!(amina.pushes_one(newer.sealed).await.code, OpCode::Duplicate);
        upgraded.verified().await;
        upgraded.stop().await;
    }

    async fn an_op_is_taken_and_audited_once_however_many_servers_look(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for _ in 0..5 {
            amina.records(contact().syringes(1).at("quay"));
        }
        amina.syncs().await;
        app.ada.post("/api/v1/sites", &json!({ "code": "quay", "label": "Quay" })).await.succeeds();
        let places = Places { database_url: app.database.url.clone(), secrets: app.database.secrets(), pool: 2 };
        let other = State::open(&places, app.clock.clock()).await.unwrap();
        let (one, two) = tokio::join!(replay(&app.state), replay(&other));
        assert_eq!(one.unwrap().taken + two.unwrap().taken, 5);
        let audit = app.ada.audit().await;
        let told: Vec<&str> = audit.iter().filter(|entry| entry.action == "quarantine.replay").map(|entry| entry.subject.as_str()).collect();
        assert_eq!(told, ["5 ops"]);
        app.ada.sees(Figures { contacts: 5, syringes_out: 5, ..Figures::default() }).await;
        app.verified().await;
    }

    /// Opening thousands of ops every ten minutes would keep a small server busy.
    async fn nothing_is_read_again_while_nothing_has_changed(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.says("group_session", &json!({ "session": "group", "topics": ["hiv"], "attendees": 9 }));
        amina.records(contact().at("quay"));
        amina.syncs().await;
        let turn = async || replay(&app.state).await.unwrap();
        assert_eq!(turn().await, Turn { read: 2, taken: 0 });
        assert_eq!(turn().await, Turn::default());
        amina.records(contact().at("nowhere"));
        amina.syncs().await;
        assert_eq!(turn().await, Turn { read: 1, taken: 0 }, "what came since");
        assert_eq!(turn().await, Turn::default());
        dora.post(&format!("/api/v1/workers/{}/level", amina.worker()), &json!({ "level": "facilitation" })).await.succeeds();
        assert_eq!(turn().await, Turn { read: 3, taken: 1 });
        app.ada.post("/api/v1/sites", &json!({ "code": "quay", "label": "Quay" })).await.succeeds();
        assert_eq!(turn().await, Turn { read: 2, taken: 1 });
        app.clock.advance(Duration::hours(22));
        assert_eq!(turn().await, Turn { read: 1, taken: 0 }, "another day");
    }
}
