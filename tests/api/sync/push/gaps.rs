//! Numbers and clocks: what has not arrived is named, and a wrong clock is flagged, never believed, never refused.

use rounds_shared::sync::{COPY_HEADER, OpCode, PushResponse};
use rounds_tests::{Answer, Figures, Seen, Signed, both_databases, contact};

both_databases! {
    async fn numbers_that_have_not_arrived_are_named(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let ops: Vec<_> = (0..6).map(|_| amina.records(contact()).sealed).collect();
        let answer = amina.pushes(vec![ops[0].clone(), ops[3].clone()]).await;
        assert_eq!(answer.missing, [[2, 3], [5, 6]]);
        let board = dora.board().await;
        assert_eq!((board.rows[0].gaps[0].missing.clone(), board.rows[0].gaps[0].high), (vec![[2, 3], [5, 6]], 6));
        let answer = amina.pushes(vec![ops[5].clone(), ops[1].clone()]).await;
        assert_eq!(answer.missing, [[3, 3], [5, 5]]);
        let answer = amina.pushes(ops).await;
        assert!(answer.missing.is_empty());
        assert!(dora.board().await.rows[0].gaps.is_empty());
        app.verified().await;
    }

    /// A phone that says less than it said before has lost its store: the gap stays in sight.
    async fn a_phone_that_forgot_its_numbers_leaves_the_gap_in_sight(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for _ in 0..4 {
            amina.records(contact());
        }
        let answer = amina.pushes(amina.outbox[..2].to_vec()).await;
        assert_eq!(answer.missing, [[3, 4]]);
        amina.phone.dseq = 2;
        assert_eq!(amina.pushes(Vec::new()).await.missing, [[3, 4]]);
    }

    async fn clocks_of_1970_and_2038_are_flagged_and_the_date_is_kept(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for (clock, day) in [("1970-01-01T00:00:00Z", "2026-06-28"), ("2038-01-19T03:14:07Z", "2026-06-29")] {
            let recorded = amina.records(contact().syringes(1).on(day).captured_at("1970-01-01T03:00:00"));
            let (body, signature) = amina.phone.push(amina.outbox.clone(), clock.parse().unwrap()).unwrap();
            let push = Signed { body, signature, device: amina.phone.device_header() };
            let answer: PushResponse = amina.sends(&push).await.json();
            assert_eq!(answer.results[0].code, OpCode::Accepted);
            amina.outbox.clear();
            let seen = app.ada.record(recorded.record).await;
            assert_eq!(seen.contact().service_date.to_string(), day);
            assert!(seen.warnings.contains(&"clock_off".to_owned()), "{:?}", seen.warnings);
        }
        app.ada.sees(Figures { contacts: 2, syringes_out: 2, ..Figures::default() }).await;
    }

    /// The clock in a copy is that of its making: what was carried for weeks says nothing of the phone's clock, nor that the phone is in touch.
    async fn a_copy_that_is_delivered_late_flags_no_clock(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let recorded = amina.records(contact().syringes(1).on("2026-06-01"));
        let (body, signature) = amina.phone.push(amina.outbox.clone(), "2026-06-01T18:00:00Z".parse().unwrap()).unwrap();
        let push = Signed { body, signature, device: amina.phone.device_header() };
        let answer: PushResponse = Answer::of(push.to(&app.client).header(COPY_HEADER, "1")).await.json();
        assert_eq!(answer.results[0].code, OpCode::Accepted);
        let warnings = app.ada.record(recorded.record).await.warnings;
        assert!(!warnings.contains(&"clock_off".to_owned()), "{warnings:?}");
        assert_eq!(dora.board().await.rows[0].last_sync, None);
        assert_eq!(app.number("SELECT COUNT(*) FROM device WHERE clock_skew_ms IS NOT NULL").await, 0);
        assert!(amina.pushes(Vec::new()).await.missing.is_empty(), "its number has come");
    }

    async fn a_clock_that_is_right_is_not_flagged(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let recorded = amina.records(contact().captured_at("2026-06-30T12:00:00"));
        amina.syncs().await;
        assert!(app.ada.record(recorded.record).await.warnings.is_empty());
    }
}
