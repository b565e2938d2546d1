//! `POST /api/v1/sync/push`: the fault list of the protocol, as far as the server decides it.

use rounds_shared::sync::OpCode;
use rounds_tests::{Figures, both_databases, contact};

/// Codes of an answer, in order.
fn codes(answer: &rounds_shared::sync::PushResponse) -> Vec<OpCode> {
    answer.results.iter().map(|result| result.code).collect()
}

both_databases! {
    /// The whole way once: tapped, sealed, sent, folded, reported.
    async fn what_a_peer_records_the_supervisor_sees(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().syringes(10).returns(40).coded("MOM0865"));
        amina.records(contact().syringes(5).coded("mom-0865"));
        let answer = amina.syncs().await;
        assert_eq!(codes(&answer), [OpCode::Accepted, OpCode::Accepted]);
        assert!(answer.missing.is_empty());
        dora.sees(Figures { contacts: 2, people: 1, syringes_out: 15, syringes_in: 40 }).await;
        app.verified().await;
    }

    /// Lost reply after the commit: everything is a duplicate with its first number, and nothing changes.
    async fn a_lost_reply_changes_nothing(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for quantity in 1..=3 {
            amina.records(contact().syringes(quantity).coded("MOM0865"));
        }
        let push = amina.signs(amina.outbox.clone());
        let first: rounds_shared::sync::PushResponse = amina.sends(&push).await.json();
        let again: rounds_shared::sync::PushResponse = amina.sends(&push).await.json();
        assert_eq!(codes(&first), [OpCode::Accepted; 3]);
        assert_eq!(codes(&again), [OpCode::Duplicate; 3]);
        assert_eq!(
            again.results.iter().map(|result| result.seq).collect::<Vec<_>>(),
            first.results.iter().map(|result| result.seq).collect::<Vec<_>>()
        );
        assert_eq!(again.epoch, first.epoch);
        app.ada.sees(Figures { contacts: 3, people: 1, syringes_out: 6, ..Figures::default() }).await;
        app.verified().await;
    }
}
