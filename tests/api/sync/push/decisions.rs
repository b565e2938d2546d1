//! What a supervisor decides about what waits, and what is taken by itself once it passes.

use rounds::sync::replay;
use rounds_shared::quarantine::QuarantineDetail;
use rounds_shared::record::{ClientCode, RecordBody};
use rounds_shared::sync::{OpCode, OpFate};
use rounds_tests::{Figures, Peer, Staff, both_databases, contact};
use serde_json::json;
use uuid::Uuid;

async fn detail(by: &Staff, op: Uuid) -> QuarantineDetail {
    by.get(&format!("/api/v1/quarantine/{op}")).await.json()
}

async fn decides(by: &Staff, op: Uuid, what: &str) -> (u16, String) {
    let answer = by
        .post(&format!("/api/v1/quarantine/{op}/{what}"), &json!({ "reason": "asked her" }))
        .await;
    if answer.status == 204 {
        (204, String::new())
    } else {
        answer.refusal()
    }
}

async fn fate(peer: &Peer, cursor: i64, op: Uuid) -> OpFate {
    let fates = peer.pulls(cursor, 0).await.fates;
    fates
        .into_iter()
        .find(|fate| fate.op.0 == op)
        .unwrap_or_else(|| panic!("the phone does not hear of {op}"))
}

both_databases! {
    /// Nobody can type the code again, so a repair keeps the one that the op names.
    async fn a_repair_states_the_record_and_keeps_its_code(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().syringes(2).coded("ROSE77"));
        let held = amina.records(contact().syringes(10).at("nowhere").coded("ROSE77"));
        amina.syncs().await;
        let cursor = amina.pulls(0, 0).await.cursor;
        let shown = detail(&dora, held.op).await;
        assert!(!shown.may_release && shown.current_rev.is_none() && shown.rev == 1);
        assert_eq!((shown.errors[0].path.as_str(), shown.errors[0].code.as_str()), ("site", "unknown_code"));
        let Some(RecordBody::Contact(mut said)) = shown.record else { panic!("it can be read") };
        assert_eq!(said.code, ClientCode::Keep, "the code is never shown");
        assert_eq!(decides(&dora, held.op, "release").await, (422, "invalid".to_owned()));
        let repair = |contact| json!({ "reason": "it was the market", "record": RecordBody::Contact(contact) });
        let path = format!("/api/v1/quarantine/{}/repair", held.op);
        let wrong = dora.post(&path, &repair(said.clone())).await;
        assert_eq!(wrong.problem().errors[0].path, "record.site");
        assert_eq!(dora.quarantine().await.len(), 1, "a repair that does not pass changes nothing");
        said.site = contact().of(amina.worker(), said.service_date).site;
        assert_eq!(dora.post(&path, &repair(said.clone())).await.status, 204);
        assert_eq!(dora.post(&path, &repair(said)).await.refusal(), (409, "quarantine_settled".to_owned()));
        assert_eq!(dora.quarantine().await.len(), 0);
        dora.sees(Figures { contacts: 2, people: 1, syringes_out: 12, ..Figures::default() }).await;
        let fate = fate(&amina, cursor, held.op).await;
        assert_eq!((fate.code, fate.by_supervisor), (OpCode::Superseded, true));
        // The phone may send it again for ever: it has been dealt with.
        assert_eq!(amina.pushes_one(held.sealed).await.code, OpCode::Quarantined);
        assert_eq!(dora.quarantine().await.len(), 0);
        dora.sees(Figures { contacts: 2, people: 1, syringes_out: 12, ..Figures::default() }).await;
        app.verified().await;
    }

    /// What a phone that was taken out still had is honest work.
    async fn a_release_takes_an_op_as_it_stands(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let (first, second) = (amina.records(contact().syringes(3).coded("ROSE77")), amina.records(contact().syringes(4)));
        dora.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        amina.syncs().await;
        assert!(detail(&dora, first.op).await.may_release);
        assert_eq!(decides(&dora, first.op, "release").await.0, 204);
        assert_eq!(decides(&dora, first.op, "release").await, (409, "quarantine_settled".to_owned()));
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 3, ..Figures::default() }).await;
        assert_eq!(amina.pushes_one(first.sealed).await.code, OpCode::Duplicate, "it is in the log now");
        assert_eq!(decides(&dora, second.op, "discard").await.0, 204);
        assert_eq!(decides(&dora, second.op, "release").await, (409, "quarantine_settled".to_owned()));
        assert_eq!(dora.quarantine().await.len(), 0);
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 3, ..Figures::default() }).await;
        let actions: Vec<String> = app.ada.audit().await.into_iter().map(|entry| entry.action).collect();
        for action in ["quarantine.view", "quarantine.release", "quarantine.discard"] {
            assert!(actions.iter().any(|one| one == action), "{action}: {actions:?}");
        }
        app.verified().await;
    }

    async fn only_the_own_supervisor_sees_what_waits_of_a_debrief(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let device = amina.phone.device;
        dora.post(&format!("/api/v1/devices/{device}/revoke"), &json!({})).await.succeeds();
        amina.says("debrief", &json!({ "mood": 1, "talk": "today" }));
        let result = amina.syncs().await.results.remove(0);
        let op = result.op.unwrap().0;
        assert_eq!(app.ada.get(&format!("/api/v1/quarantine/{op}")).await.refusal().0, 404);
        assert_eq!(decides(&app.ada, op, "release").await.0, 404);
        assert!(detail(&dora, op).await.record.is_some());
    }

    /// A site that was missing, a date that has come: nobody needs to decide anything.
    async fn what_passes_by_now_is_taken_by_itself(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let missing = amina.records(contact().syringes(1).at("quay"));
        let ahead = amina.records(contact().syringes(2).on("2026-07-02"));
        let never = amina.records(contact().gender("zqx"));
        amina.syncs().await;
        let cursor = amina.pulls(0, 0).await.cursor;
        assert_eq!(replay(&app.state).await.unwrap(), 0);
        app.ada.post("/api/v1/sites", &json!({ "code": "quay", "label": "Quay" })).await.succeeds();
        assert_eq!(replay(&app.state).await.unwrap(), 1);
        // Half a day twice: nobody's session may end meanwhile.
        for _ in 0..2 {
            app.clock.advance(chrono::Duration::hours(11));
            for staff in [&app.ada, &dora] {
                staff.get("/api/v1/auth/session").await.succeeds();
            }
        }
        assert_eq!(replay(&app.state).await.unwrap(), 1);
        assert_eq!(replay(&app.state).await.unwrap(), 0, "twice is once");
        for op in [missing.op, ahead.op] {
            let fate = fate(&amina, cursor, op).await;
            assert_eq!((fate.code, fate.by_supervisor), (OpCode::Accepted, false));
        }
        let waiting: Vec<Uuid> = app.ada.quarantine().await.into_iter().map(|op| op.op.0).collect();
        assert_eq!(waiting, [never.op]);
        dora.sees(Figures { contacts: 2, syringes_out: 3, ..Figures::default() }).await;
        app.verified().await;
    }
}
