//! Two ops under one id: both are somebody's work, and no decision about one may cost the other.

use chrono::Duration;
use rounds::sync::replay;
use rounds_shared::record::ClientCode;
use rounds_shared::sync::{OpCode, SealedOp};
use rounds_tests::{Draft, Figures, Peer, Recorded, Staff, both_databases, contact};
use serde_json::json;
use uuid::Uuid;

use super::{decides, detail, fate, repairs, told};

/// Another contact under an id that is in use.
fn again(peer: &mut Peer, id: Uuid, draft: Draft) -> SealedOp {
    let contact = draft.of(peer.worker(), "2026-06-30".parse().unwrap());
    peer.phone.put(id, id, 1, contact).unwrap()
}

async fn reasons(by: &Staff) -> Vec<String> {
    by.quarantine().await.into_iter().map(|op| op.reason).collect()
}

both_databases! {
    /// The date came, but meanwhile other bytes were taken under the id.
    async fn an_op_whose_id_was_taken_meanwhile_waits_on(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let ahead = amina.records(contact().syringes(2).on("2026-07-02"));
        amina.syncs().await;
        let taken = again(&mut amina, ahead.op, contact().syringes(5));
        assert_eq!(amina.pushes_one(taken.clone()).await.code, OpCode::Accepted);
        let cursor = amina.pulls(0, 0).await.cursor;
        app.clock.advance(Duration::hours(22));
        assert_eq!(replay(&app.state).await.unwrap().taken, 0);
        let (ada, dora) = (app.ada.anew().await, dora.anew().await);
        assert_eq!(reasons(&dora).await, ["id_conflict"]);
        assert_eq!(told(&amina, cursor, ahead.op).await, None, "nothing became of it yet");
        assert_eq!(decides(&dora, &ahead.sealed, "release").await, (422, "invalid".to_owned()));
        assert_eq!(amina.pushes_one(ahead.sealed.clone()).await.code, OpCode::Quarantined);
        assert_eq!(amina.pushes_one(taken).await.code, OpCode::Duplicate);
        ada.sees(Figures { contacts: 1, syringes_out: 5, ..Figures::default() }).await;
        assert_eq!(decides(&dora, &ahead.sealed, "discard").await.0, 204);
        app.verified().await;
    }

    /// Both pass in one turn: one is taken, the other waits for a person.
    async fn of_two_that_wait_under_one_id_one_is_taken(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let first = amina.records(contact().syringes(2).at("quay"));
        let second = again(&mut amina, first.op, contact().syringes(2).at("quay"));
        amina.outbox.push(second.clone());
        amina.syncs().await;
        assert_eq!(reasons(&dora).await, ["invalid", "invalid"]);
        let cursor = amina.pulls(0, 0).await.cursor;
        app.ada.post("/api/v1/sites", &json!({ "code": "quay", "label": "Quay" })).await.succeeds();
        assert_eq!(replay(&app.state).await.unwrap().taken, 1);
        assert_eq!(reasons(&dora).await, ["id_conflict"]);
        assert_eq!(fate(&amina, cursor, first.op).await.code, OpCode::Accepted);
        let mut codes = Vec::new();
        for op in [first.sealed, second] {
            codes.push(amina.pushes_one(op).await.code);
        }
        codes.sort_unstable();
        assert_eq!(codes, [OpCode::Duplicate, OpCode::Quarantined], "each is in one place");
        dora.sees(Figures { contacts: 1, syringes_out: 2, ..Figures::default() }).await;
        app.verified().await;
    }

    /// The digest says which of them is meant.
    async fn each_of_two_under_one_id_is_decided_by_itself(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let Recorded { op: id, sealed: first, .. } = amina.records(contact().syringes(2));
        let second = again(&mut amina, id, contact().syringes(5));
        amina.outbox.push(second.clone());
        dora.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        amina.syncs().await;
        let listed = dora.quarantine().await;
        assert!(listed.len() == 2 && listed[0].op == listed[1].op && listed[0].digest != listed[1].digest);
        assert_eq!(decides(&dora, &second, "release").await.0, 204);
        dora.sees(Figures { contacts: 1, syringes_out: 5, ..Figures::default() }).await;
        let left = detail(&dora, &first).await;
        assert_eq!((left.op.reason.as_str(), left.op.status.as_str(), left.may_release), ("id_conflict", "waiting", false));
        assert_eq!(decides(&dora, &first, "release").await, (422, "invalid".to_owned()));
        assert_eq!(decides(&dora, &second, "discard").await, (409, "quarantine_settled".to_owned()));
        assert_eq!(dora.get(&format!("/api/v1/quarantine/{id}/{}", "A".repeat(43))).await.status, 404);
        assert_eq!(decides(&dora, &first, "discard").await.0, 204);
        assert_eq!(dora.quarantine().await.len(), 0);
        app.verified().await;
    }

    /// Another contact that only shares the id becomes a record of its own, with the code that it names.
    async fn a_repair_of_a_conflict_leaves_the_other_record_alone(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let taken = amina.records(contact().syringes(2).coded("ROSE77"));
        amina.syncs().await;
        let other = again(&mut amina, taken.op, contact().syringes(5).coded("LILY88"));
        assert_eq!(amina.pushes_one(other.clone()).await.reason.as_deref(), Some("id_conflict"));
        let shown = detail(&dora, &other).await;
        assert!(shown.may_repair && !shown.may_release && shown.current_rev == Some(1));
        let mut said = taken.contact.clone();
        (said.code, said.lines[0].quantity) = (ClientCode::Keep, 5);
        assert_eq!(repairs(&dora, &other, said).await.status, 204);
        dora.sees(Figures { contacts: 2, people: 2, syringes_out: 7, ..Figures::default() }).await;
        assert_eq!(dora.record(taken.record).await.rev, 1, "nobody touched it");
        amina.records(contact().syringes(1).coded("LILY88"));
        amina.syncs().await;
        dora.sees(Figures { contacts: 3, people: 2, syringes_out: 8, ..Figures::default() }).await;
        app.verified().await;
    }

    /// The same where the first of them was itself stated by a supervisor.
    async fn two_repairs_under_one_id_are_two_records(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let first = amina.records(contact().syringes(2).at("nowhere").coded("ROSE77"));
        let second = again(&mut amina, first.op, contact().syringes(5).at("nowhere").coded("LILY88"));
        amina.outbox.push(second.clone());
        amina.syncs().await;
        let mut said = contact().syringes(2).keeps_code().of(amina.worker(), first.contact.service_date);
        assert_eq!(repairs(&dora, &first.sealed, said.clone()).await.status, 204);
        assert_eq!(detail(&dora, &second).await.op.reason, "id_conflict");
        said.lines[0].quantity = 5;
        assert_eq!(repairs(&dora, &second, said).await.status, 204);
        dora.sees(Figures { contacts: 2, people: 2, syringes_out: 7, ..Figures::default() }).await;
        app.verified().await;
    }
}
