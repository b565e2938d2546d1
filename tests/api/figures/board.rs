//! `GET /api/v1/board`: the team today.

use chrono::Duration;
use rounds_tests::{both_databases, contact};

both_databases! {
    /// Sums of today and the week, the last sync, and nothing of another team.
    async fn a_supervisor_sees_the_own_team_within_one_refresh(app: &TestApp) {
        let (dora, emil) = (app.supervisor("dora").await, app.supervisor("emil").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut brian = app.peer_of(&emil, "brian").await;
        // The clock stands on Tuesday 30 June 2026; Monday is of the week, Sunday is not.
        amina.records(contact().syringes(10).naloxone(1).refers("oat"));
        amina.records(contact().returns(40).new_person().on("2026-06-29"));
        amina.records(contact().syringes(99).on("2026-06-28"));
        brian.records(contact().syringes(7));
        amina.syncs().await;
        brian.syncs().await;
        let board = dora.board().await;
        assert_eq!((board.today.to_string(), board.week_start.to_string()), ("2026-06-30".into(), "2026-06-29".into()));
        assert_eq!(board.rows.iter().map(|row| row.handle.as_str()).collect::<Vec<_>>(), ["amina"]);
        let row = &board.rows[0];
        assert_eq!((row.today.sums.contacts, row.today.sums.syringes_out, row.today.referrals), (1, 10, 1));
        assert_eq!((row.week.sums.contacts, row.week.sums.syringes_in, row.week.sums.new_contacts), (2, 40, 1));
        assert_eq!(row.last_sync, Some(app.clock.now()));
        assert!(row.gaps.is_empty());
        assert_eq!((board.total_today, board.total_week), (row.today, row.week));
        let all = app.ada.board().await;
        assert_eq!(all.rows.len(), 2);
        assert_eq!(all.total_today.sums.syringes_out, 17);
        let evaluator = app.evaluator("eva").await;
        assert_eq!(evaluator.get("/api/v1/board").await.status, 403);
    }

    /// A number that the phone has used and the server has not received shows as a gap until it comes.
    async fn a_missing_number_shows_until_it_arrives(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        for _ in 0..3 {
            amina.records(contact());
        }
        let lost = amina.outbox.remove(1);
        amina.syncs().await;
        app.clock.advance(Duration::hours(1));
        let row = dora.board().await.rows.remove(0);
        assert_eq!((row.gaps[0].missing.clone(), row.gaps[0].high), (vec![[2, 2]], 3));
        assert_eq!(row.today.sums.contacts, 2);
        amina.outbox.push(lost);
        amina.syncs().await;
        let row = dora.board().await.rows.remove(0);
        assert!(row.gaps.is_empty());
        assert_eq!((row.today.sums.contacts, row.last_sync), (3, Some(app.clock.now())));
    }
}
