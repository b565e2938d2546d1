//! Who sees what waits, and who decides about it.

use rounds_shared::console::BoardRow;
use rounds_shared::quarantine::QuarantineList;
use rounds_shared::sync::SealedOp;
use rounds_tests::{Figures, Peer, Staff, both_databases, contact, held_at};
use serde_json::json;
use uuid::Uuid;

use super::{decides, detail, repairs};

async fn revokes(by: &Staff, peer: &Peer) {
    by.post(&format!("/api/v1/devices/{}/revoke", peer.phone.device), &json!({}))
        .await
        .succeeds();
}

/// Status of each thing that can be asked of an op in quarantine.
async fn is_unknown_to(by: &Staff, op: &SealedOp, peer: &Peer) {
    assert_eq!(by.get(&held_at(op)).await.refusal().0, 404);
    for what in ["release", "discard"] {
        assert_eq!(decides(by, op, what).await.0, 404, "{what}");
    }
    let said = contact().keeps_code().of(peer.worker(), "2026-06-30".parse().unwrap());
    assert_eq!(repairs(by, op, said).await.status, 404);
    assert!(!by.quarantine().await.iter().any(|one| held_at(op).ends_with(&one.digest)));
}

/// A revoked phone's debrief, as it waits.
async fn debrief(by: &Staff, peer: &mut Peer, own: serde_json::Value) -> SealedOp {
    revokes(by, peer).await;
    peer.says("debrief", &own);
    let op = peer.outbox.last().unwrap().clone();
    peer.syncs().await;
    op
}

both_databases! {
    /// What somebody of another team wrote on a phone of the own team is the other team's.
    async fn a_shared_phone_shows_a_team_nothing_of_another(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let brian = app.peer_of(&samir, "brian").await;
        let own = amina.phone.author;
        amina.phone.author = brian.worker();
        let theirs = amina.records(contact().syringes(4)).sealed;
        amina.phone.author = own;
        let ours = amina.records(contact().syringes(2)).sealed;
        revokes(&dora, &amina).await;
        amina.syncs().await;
        is_unknown_to(&dora, &theirs, &amina).await;
        is_unknown_to(&samir, &ours, &amina).await;
        assert!(detail(&samir, &theirs).await.record.is_some());
        assert_eq!(decides(&samir, &theirs, "release").await.0, 204);
        assert_eq!(decides(&dora, &ours, "release").await.0, 204);
        samir.sees(Figures { contacts: 2, syringes_out: 6, ..Figures::default() }).await;
        app.verified().await;
    }

    /// Whom nobody knows is the business of whoever the phone was given to; it can't be counted under a name that is nobody's.
    async fn the_owner_of_a_phone_stands_in_for_an_author_whom_nobody_knows(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let own = std::mem::replace(&mut amina.phone.author, Uuid::from_u128(7));
        let held = amina.records(contact().syringes(2).coded("ROSE77"));
        amina.phone.author = own;
        amina.syncs().await;
        is_unknown_to(&samir, &held.sealed, &amina).await;
        assert!(!detail(&dora, &held.sealed).await.may_release);
        for staff in [&dora, &app.ada] {
            assert_eq!(decides(staff, &held.sealed, "release").await.0, 422);
        }
        let said = contact().syringes(2).keeps_code().of(own, held.contact.service_date);
        assert_eq!(repairs(&dora, &held.sealed, said).await.status, 204);
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 2, ..Figures::default() }).await;
        app.verified().await;
    }

    /// An op may name a record of another team: nobody replaces what they can't see.
    async fn a_record_of_another_team_is_not_replaced(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut brian = app.peer_of(&samir, "brian").await;
        let theirs = brian.records(contact().syringes(4));
        brian.syncs().await;
        revokes(&dora, &amina).await;
        let over = amina.corrects(&theirs, 2, contact().syringes(900));
        amina.syncs().await;
        let shown = detail(&dora, &over.sealed).await;
        assert!(!shown.may_release && !shown.may_repair && shown.current_rev.is_none());
        assert_eq!(decides(&dora, &over.sealed, "release").await.0, 422);
        assert_eq!(repairs(&dora, &over.sealed, over.contact).await.fields(), ["op"]);
        samir.sees(Figures { contacts: 1, syringes_out: 4, ..Figures::default() }).await;
        assert!(detail(&app.ada, &over.sealed).await.may_release, "an administrator sees both");
        assert_eq!(decides(&dora, &over.sealed, "discard").await.0, 204);
        app.verified().await;
    }

    /// A record says itself whose it is.
    async fn what_is_said_of_another_teams_worker_is_not_shown(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let brian = app.peer_of(&samir, "brian").await;
        let id = amina.phone.random.uuid().unwrap();
        let theirs = amina.phone.put(id, id, 1, contact().at("nowhere").of(brian.worker(), "2026-06-30".parse().unwrap())).unwrap();
        amina.pushes_one(theirs.clone()).await;
        let shown = detail(&dora, &theirs).await;
        assert!(shown.hidden && shown.record.is_none() && !shown.may_release && !shown.may_repair, "{shown:?}");
        assert!(detail(&app.ada, &theirs).await.record.is_some());
        assert_eq!(decides(&dora, &theirs, "release").await.0, 422);
        assert_eq!(decides(&dora, &theirs, "discard").await.0, 204);
    }

    async fn only_the_own_supervisor_sees_what_waits_of_a_debrief(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let op = debrief(&dora, &mut amina, json!({ "mood": 9, "talk": "today" })).await;
        app.sql("UPDATE quarantine SET reason = 'invalid', errors = '[{\"path\":\"mood\",\"code\":\"range\"}]'").await;
        let shown = detail(&app.ada, &op).await;
        assert!(shown.hidden && shown.record.is_none() && !shown.may_repair);
        assert!(shown.errors.is_empty() && shown.op.errors.is_empty());
        let text = app.ada.get("/api/v1/quarantine").await.text();
        assert!(text.contains("invalid") && !text.contains("mood"), "{text}");
        let said = contact().keeps_code().of(amina.worker(), "2026-06-30".parse().unwrap());
        assert_eq!(repairs(&app.ada, &op, said).await.status, 404);
        assert_eq!(decides(&app.ada, &op, "release").await.0, 422);
        let own = detail(&dora, &op).await;
        assert!(!own.hidden && own.record.is_some() && own.errors[0].path == "mood" && own.op.errors[0].path == "mood");
        assert_eq!(dora.quarantine().await[0].errors[0].path, "mood");
    }

    /// Else it would wait for ever: nobody is the supervisor of somebody without a team.
    async fn an_administrator_decides_unseen_about_a_debrief(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = debrief(&app.ada, &mut amina, json!({ "mood": 1, "talk": "today" })).await;
        amina.says("debrief", &json!({ "mood": 2, "talk": "today" }));
        let second = amina.outbox.last().unwrap().clone();
        amina.syncs().await;
        let shown = detail(&app.ada, &first).await;
        assert!(shown.hidden && shown.record.is_none() && shown.may_release);
        assert_eq!(decides(&app.ada, &first, "release").await.0, 204);
        assert_eq!(decides(&app.ada, &second, "discard").await.0, 204);
        assert_eq!(app.ada.quarantine().await.len(), 0);
        assert!(app.ada.records().await.is_empty(), "it is in the log and still not theirs to see");
        app.verified().await;
    }

    /// A phone in the wrong hands can send thousands; they must not hide what other teams have to look at.
    async fn one_phones_heap_does_not_hide_what_others_sent(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut brian = app.peer_of(&samir, "brian").await;
        let first = amina.records(contact().at("nowhere")).op;
        amina.syncs().await;
        for _ in 0..120 {
            brian.records(contact().at("nowhere"));
        }
        brian.syncs().await;
        let ours: Vec<Uuid> = dora.quarantine().await.into_iter().map(|op| op.op.0).collect();
        assert_eq!(ours, [first]);
        let board: Vec<BoardRow> = samir.board().await.rows;
        assert_eq!(board[0].quarantined, 120);
        for (staff, all) in [(&samir, 120), (&app.ada, 121)] {
            let mut digests = Vec::new();
            let mut path = "/api/v1/quarantine".to_owned();
            loop {
                let page: QuarantineList = staff.get(&path).await.json();
                assert!(page.ops.len() <= 100);
                digests.extend(page.ops.into_iter().map(|op| op.digest));
                let Some(next) = page.next else { break };
                path = format!("/api/v1/quarantine?cursor={next}");
            }
            digests.sort_unstable();
            digests.dedup();
            assert_eq!(digests.len(), all);
        }
        assert_eq!(dora.get("/api/v1/quarantine?cursor=zzzz").await.refusal(), (400, "cursor".to_owned()));
    }
}
