//! Sizes: what is over a limit is refused in bounded memory, what is just below is taken.

use rounds_shared::sync::{MAX_OPS, MAX_PUSH_BYTES, OpCode, OpType};
use rounds_tests::{Answer, both_databases, contact};

both_databases! {
    async fn two_hundred_ops_are_taken_and_one_more_is_not(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for _ in 0..=MAX_OPS {
            amina.records(contact());
        }
        let answer = amina.sends(&amina.signs(amina.outbox.clone())).await;
        assert_eq!(answer.refusal(), (422, "invalid".to_owned()));
        assert_eq!(answer.problem().errors[0].path, "ops");
        let answer = amina.pushes(amina.outbox[..MAX_OPS].to_vec()).await;
        assert!(answer.results.iter().all(|result| result.code == OpCode::Accepted));
        assert_eq!(answer.missing, [[201, 201]]);
    }

    /// 16 KiB a record, whatever is in it; its neighbours are not harmed.
    async fn an_op_over_its_size_is_rejected_alone(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let own = amina.records(contact()).sealed;
        let op = amina.phone.random.uuid().unwrap();
        let large = amina.phone.seal(op, op, 1, OpType::Put, vec![b'x'; 17 * 1024]).unwrap();
        let answer = amina.pushes(vec![large, own]).await;
        assert_eq!((answer.results[0].code, answer.results[0].reason.as_deref()), (OpCode::Rejected, Some("too_large")));
        assert_eq!(answer.results[1].code, OpCode::Accepted);
    }

    async fn a_body_over_half_a_mebibyte_is_refused(app: &TestApp) {
        let amina = app.peer("amina").await;
        for size in [MAX_PUSH_BYTES + 1, 10 * 1024 * 1024] {
            let push = amina.signs_bytes(vec![b' '; size]);
            // The server may close the connection before the client has written it all, which also refuses it.
            if let Ok(answer) = Answer::try_of(push.to(&app.client)).await {
                assert_eq!(answer.refusal(), (413, "too_large".to_owned()));
            }
        }
        let push = amina.signs_bytes(vec![b' '; MAX_PUSH_BYTES]);
        assert_eq!(amina.sends(&push).await.refusal(), (400, "malformed_push".to_owned()));
    }

    /// A device's quarantine is bounded; what does not fit stays on the phone, good records and other phones are not harmed.
    async fn quarantine_is_bounded_per_device(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let mut brian = app.peer("brian").await;
        let held = amina.records(contact().at("nowhere")).sealed;
        amina.syncs().await;
        app.sql("UPDATE quarantine SET size = 20971520").await;
        amina.records(contact().at("nowhere"));
        amina.records(contact());
        let answer = amina.syncs().await;
        assert_eq!((answer.results[0].code, answer.results[0].reason.as_deref()), (OpCode::Retry, Some("quarantine_full")));
        assert_eq!(answer.results[1].code, OpCode::Accepted);
        assert_eq!(answer.missing, [[2, 2]], "what must be sent again has not arrived");
        assert_eq!(amina.outbox.len(), 1);
        assert_eq!(amina.pushes_one(held).await.code, OpCode::Quarantined, "what waits already is known");
        brian.records(contact().at("nowhere"));
        assert_eq!(brian.syncs().await.results[0].code, OpCode::Quarantined);
    }
}
