//! Figures that differ from the log: found by the hourly look, and never published.

use chrono::Duration;
use rounds::audit::Actor;
use rounds::publication::{PublishError, publish, publish_due, verify_recent};
use rounds_shared::time::Period;
use rounds_tests::{TestApp, both_databases, contact};

use crate::backups::run;

/// Since when figures are noted to differ; 0 when they are not.
async fn noted(app: &TestApp) -> i64 {
    app.number("SELECT COALESCE(drift_at, 0) FROM programme").await
}

/// What the hourly look says.
async fn is_clean(app: &TestApp) -> bool {
    verify_recent(&app.state, app.id).await.unwrap()
}

/// Contacts of three months, some of them corrected, with referrals and codes.
async fn season(app: &TestApp) {
    let mut amina = app.peer("amina").await;
    for day in ["2026-03-02", "2026-05-04", "2026-06-30"] {
        let first = amina.records(contact().syringes(10).coded("MOM0865").refers("oat").on(day));
        amina.corrects(&first, 2, contact().syringes(5).on(day));
    }
    amina.syncs().await;
}

both_databases! {
    async fn whatever_differs_in_recent_months_is_found(app: &TestApp) {
        season(app).await;
        assert!(is_clean(app).await);
        for (damage, mend) in [
            ("UPDATE tally SET n = n + 1 WHERE day = '2026-06-30'", "UPDATE tally SET n = n - 1 WHERE day = '2026-06-30'"),
            ("UPDATE tally SET n = n + 1 WHERE day = '2026-05-04'", "UPDATE tally SET n = n - 1 WHERE day = '2026-05-04'"),
            ("UPDATE record SET syringes_out = syringes_out + 1 WHERE day = '2026-05-04'", "UPDATE record SET syringes_out = syringes_out - 1 WHERE day = '2026-05-04'"),
            ("UPDATE record SET day = '2026-02-04' WHERE day = '2026-05-04'", "UPDATE record SET day = '2026-05-04' WHERE day = '2026-02-04'"),
            ("UPDATE record SET day = '2026-06-04' WHERE day = '2026-03-02'", "UPDATE record SET day = '2026-03-02' WHERE day = '2026-06-04'"),
        ] {
            app.sql(damage).await;
            assert!(!is_clean(app).await, "{damage}");
            app.sql(mend).await;
            assert!(is_clean(app).await, "{mend}");
        }
        app.sql("DELETE FROM tally WHERE day = '2026-06-30'").await;
        app.sql("DELETE FROM record WHERE day = '2026-06-30'").await;
        assert!(!is_clean(app).await, "what is gone from heads and tallies is still in the log");
    }

    /// The release waits until the figures are as the log says, and the board says so.
    async fn nothing_is_published_while_figures_differ(app: &TestApp) {
        season(app).await;
        app.clock.advance(Duration::days(20));
        assert!(app.ada.anew().await.board().await.drift_at.is_none());
        app.sql("UPDATE tally SET n = n + 1 WHERE day = '2026-06-30'").await;
        assert!(!is_clean(app).await);
        let since = noted(app).await;
        assert_eq!(since, app.clock.now_ms());
        app.clock.advance(Duration::hours(1));
        assert!(!is_clean(app).await);
        assert_eq!(noted(app).await, since, "since when is kept");
        assert_eq!(app.ada.anew().await.board().await.drift_at.unwrap().timestamp_millis(), since);
        assert!(matches!(publish_due(&app.state, app.id).await, Err(PublishError::Drift)));
        let june = Period::Month(2026, 6);
        assert!(matches!(publish(&app.state, app.id, june, Actor::System).await, Err(PublishError::Drift)));
        let said = run(&app.database, &["verify"]).await;
        assert_eq!(said.status, 1, "{said:?}");
        let said = run(&app.database, &["rebuild"]).await;
        assert_eq!(said.status, 0, "{said:?}");
        assert!(is_clean(app).await && noted(app).await == 0);
        assert!(!publish_due(&app.state, app.id).await.unwrap().is_empty());
    }

    /// Older months are looked at by the command, and its word holds for the server.
    async fn what_the_command_finds_stops_publishing_too(app: &TestApp) {
        season(app).await;
        app.sql("UPDATE tally SET n = n + 1 WHERE day = '2026-03-02'").await;
        assert!(is_clean(app).await, "too old for the hourly look");
        assert_eq!(run(&app.database, &["verify"]).await.status, 1);
        assert!(matches!(publish_due(&app.state, app.id).await, Err(PublishError::Drift)));
        app.sql("UPDATE tally SET n = n - 1 WHERE day = '2026-03-02'").await;
        assert_eq!(run(&app.database, &["verify"]).await.status, 0);
        assert_eq!(noted(app).await, 0);
    }
}
