//! Whatever comes twice counts once.

use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Answer, Figures, Peer, both_databases, contact};
use tokio::task::JoinSet;

use super::codes;

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

    /// Everything of a lost reply is a duplicate with its first number, and nothing changes.
    async fn a_lost_reply_changes_nothing(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for quantity in 1..=3 {
            amina.records(contact().syringes(quantity).coded("MOM0865"));
        }
        let push = amina.signs(amina.outbox.clone());
        let first: PushResponse = amina.sends(&push).await.json();
        let again: PushResponse = amina.sends(&push).await.json();
        assert_eq!(codes(&first), [OpCode::Accepted; 3]);
        assert_eq!(codes(&again), [OpCode::Duplicate; 3]);
        let numbers = |answer: &PushResponse| answer.results.iter().map(|result| result.seq).collect::<Vec<_>>();
        assert_eq!(numbers(&again), numbers(&first));
        assert_eq!(again.epoch, first.epoch);
        app.ada.sees(Figures { contacts: 3, people: 1, syringes_out: 6, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn an_op_in_two_batches_is_one_row(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(1)).sealed;
        let second = amina.records(contact().syringes(2)).sealed;
        let third = amina.records(contact().syringes(4)).sealed;
        assert_eq!(codes(&amina.pushes(vec![first, second.clone()]).await), [OpCode::Accepted; 2]);
        assert_eq!(codes(&amina.pushes(vec![second, third]).await), [OpCode::Duplicate, OpCode::Accepted]);
        app.ada.sees(Figures { contacts: 3, syringes_out: 7, ..Figures::default() }).await;
        assert_eq!(app.verified().await.ops, 3);
    }

    async fn an_op_twice_in_a_batch_is_one_row(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let op = amina.records(contact().syringes(1)).sealed;
        assert_eq!(codes(&amina.pushes(vec![op.clone(), op]).await), [OpCode::Accepted, OpCode::Duplicate]);
        app.ada.sees(Figures { contacts: 1, syringes_out: 1, ..Figures::default() }).await;
        assert_eq!(app.verified().await.ops, 1);
    }

    /// Sixteen identical first posts at once: all are told that it is received, and there is one row.
    async fn identical_first_posts_in_parallel_are_all_received(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(10).coded("MOM0865"));
        let push = amina.signs(amina.outbox.clone());
        let mut posts = JoinSet::new();
        for _ in 0..16 {
            posts.spawn(Answer::of(push.to(&app.client)));
        }
        let answers: Vec<PushResponse> = posts.join_all().await.iter().map(Answer::json).collect();
        let fates: Vec<OpCode> = answers.iter().flat_map(codes).collect();
        assert_eq!(fates.iter().filter(|code| **code == OpCode::Accepted).count(), 1);
        assert_eq!(fates.iter().filter(|code| **code == OpCode::Duplicate).count(), 15);
        app.ada.sees(Figures { contacts: 1, people: 1, syringes_out: 10, ..Figures::default() }).await;
        assert_eq!(app.verified().await.ops, 1);
    }

    /// An id with other content is another statement under a stolen name: kept for the supervisor, never counted.
    async fn an_id_used_again_for_other_content_is_quarantined(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        let other = contact().syringes(90).of(amina.worker(), first.contact.service_date);
        let other = amina.phone.put(first.op, first.record, 1, other).unwrap();
        assert_eq!(amina.pushes_one(first.sealed).await.code, OpCode::Accepted);
        for _ in 0..2 {
            let result = amina.pushes_one(other.clone()).await;
            assert_eq!((result.code, result.reason.as_deref()), (OpCode::Quarantined, Some("id_conflict")));
        }
        app.ada.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
        assert_eq!(app.ada.quarantine().await.len(), 1);
        app.verified().await;
    }

    /// The same within one batch: the first one counts.
    async fn an_id_used_twice_in_a_batch_counts_once(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        let other = contact().syringes(90).of(amina.worker(), first.contact.service_date);
        let other = amina.phone.put(first.op, first.record, 1, other).unwrap();
        assert_eq!(codes(&amina.pushes(vec![first.sealed, other]).await), [OpCode::Accepted, OpCode::Quarantined]);
        app.ada.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
        app.verified().await;
    }

    /// Sixty-four phones of one programme at once: nobody waits for ever, everything is counted.
    async fn many_phones_at_once_end_well(app: &TestApp) {
        let worker = app.adds("amina", rounds_shared::auth::Role::Peer, None).await.id.0;
        let mut posts = JoinSet::new();
        for _ in 0..64 {
            let phone = rounds::demo::stage_phone(&app.state, app.id, worker).await.unwrap();
            let mut peer = Peer::with_phone(app.client.clone(), app.clock.clone(), phone);
            peer.records(contact().syringes(1));
            posts.spawn(Answer::of(peer.signs(peer.outbox.clone()).to(&app.client)));
        }
        for answer in posts.join_all().await {
            assert_eq!(codes(&answer.json()), [OpCode::Accepted]);
        }
        app.ada.sees(Figures { contacts: 64, syringes_out: 64, ..Figures::default() }).await;
        app.verified().await;
    }
}
