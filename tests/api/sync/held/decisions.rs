//! What a supervisor decides about what waits.

use rounds_shared::record::{ClientCode, Contact, RecordBody};
use rounds_shared::sync::OpCode;
use rounds_tests::{Figures, both_databases, contact};
use serde_json::json;

use super::{decides, detail, fate, repairs};

both_databases! {
    /// Nobody can type the code again, so a repair keeps the one that the op names.
    async fn a_repair_states_the_record_and_keeps_its_code(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().syringes(2).coded("ROSE77"));
        let held = amina.records(contact().syringes(10).at("nowhere").coded("ROSE77"));
        amina.syncs().await;
        let cursor = amina.pulls(0, 0).await.cursor;
        let shown = detail(&dora, &held.sealed).await;
        assert!(!shown.may_release && shown.current_rev.is_none() && shown.rev == 1);
        assert_eq!((shown.errors[0].path.as_str(), shown.errors[0].code.as_str()), ("site", "unknown_code"));
        let Some(RecordBody::Contact(said)) = shown.record else { panic!("it can be read") };
        let mut said = *said;
        assert_eq!(said.code, ClientCode::Keep, "the code is never shown");
        assert_eq!(decides(&dora, &held.sealed, "release").await, (422, "invalid".to_owned()));
        let wrong = repairs(&dora, &held.sealed, said.clone()).await;
        assert_eq!(wrong.problem().errors[0].path, "record.site");
        assert_eq!(dora.quarantine().await.len(), 1, "a repair that does not pass changes nothing");
        said.site = contact().of(amina.worker(), said.service_date).site;
        assert_eq!(repairs(&dora, &held.sealed, said.clone()).await.status, 204);
        assert_eq!(repairs(&dora, &held.sealed, said).await.refusal(), (409, "quarantine_settled".to_owned()));
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
        assert!(detail(&dora, &first.sealed).await.may_release);
        assert_eq!(decides(&dora, &first.sealed, "release").await.0, 204);
        assert_eq!(decides(&dora, &first.sealed, "release").await, (409, "quarantine_settled".to_owned()));
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 3, ..Figures::default() }).await;
        assert_eq!(amina.pushes_one(first.sealed).await.code, OpCode::Duplicate, "it is in the log now");
        assert_eq!(decides(&dora, &second.sealed, "discard").await.0, 204);
        assert_eq!(decides(&dora, &second.sealed, "release").await, (409, "quarantine_settled".to_owned()));
        assert_eq!(dora.quarantine().await.len(), 0);
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 3, ..Figures::default() }).await;
        let actions: Vec<String> = app.ada.audit().await.into_iter().map(|entry| entry.action).collect();
        for action in ["quarantine.view", "quarantine.release", "quarantine.discard"] {
            assert!(actions.iter().any(|one| one == action), "{action}: {actions:?}");
        }
        app.verified().await;
    }

    /// A later revision that only keeps the code must not cost the record its person, which the op that waits alone names.
    async fn a_repair_keeps_the_code_that_later_revisions_keep(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let held = amina.records(contact().syringes(10).at("nowhere").coded("ROSE77"));
        amina.syncs().await;
        let better = amina.corrects(&held, 2, contact().syringes(10).keeps_code());
        amina.syncs().await;
        dora.sees(Figures { contacts: 1, people: 0, syringes_out: 10, ..Figures::default() }).await;
        assert_eq!(detail(&dora, &held.sealed).await.current_rev, Some(2));
        assert_eq!(repairs(&dora, &held.sealed, better.contact).await.status, 204);
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 10, ..Figures::default() }).await;
        amina.records(contact().syringes(1).coded("ROSE77"));
        amina.syncs().await;
        dora.sees(Figures { contacts: 2, people: 1, syringes_out: 11, ..Figures::default() }).await;
        app.verified().await;
    }

    /// What the worker said later of the code stands.
    async fn a_repair_does_not_bring_an_older_code_back(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let held = amina.records(contact().syringes(10).at("nowhere").coded("ROSE77"));
        amina.syncs().await;
        let better = amina.corrects(&held, 2, contact().syringes(10).coded("LILY88"));
        amina.records(contact().syringes(1).coded("LILY88"));
        amina.syncs().await;
        let kept = better.contact.clone();
        let kept = Contact { code: ClientCode::Keep, ..kept };
        assert_eq!(repairs(&dora, &held.sealed, kept).await.status, 204);
        dora.sees(Figures { contacts: 2, people: 1, syringes_out: 11, ..Figures::default() }).await;
        app.verified().await;
    }
}
