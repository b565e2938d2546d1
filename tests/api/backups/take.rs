//! A backup is made while phones push, and counts once it is checked.

use std::os::unix::fs::PermissionsExt as _;

use chrono::Duration;
use rounds_tests::{Peer, both_databases, contact};

use super::{backup, data, manifest, scratch, verify_backup};

/// Pushes one contact after the other.
async fn pushes_for_a_while(mut peer: Peer) -> Peer {
    for _ in 0..40 {
        peer.records(contact().syringes(1));
        peer.syncs().await;
    }
    peer
}

both_databases! {
    async fn made_while_phones_push_it_counts_once_it_is_checked(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.peer("brian").await;
        amina.records(contact().syringes(3));
        amina.syncs().await;
        assert!(app.ada.board().await.backup.overdue, "there is none yet");

        let pushing = tokio::spawn(pushes_for_a_while(brian));
        let made = backup(app).await;
        let seq = manifest(&made)["programmes"][0]["seq"].as_i64().unwrap();
        assert_eq!(amina.pushes(Vec::new()).await.backup_watermark, 0, "a backup that nobody checked doesn't count");
        let said = verify_backup(&app.database, &made).await;
        let mut brian = pushing.await.unwrap();
        assert_eq!(said.status, 0, "{said:?}");
        assert!(said.out.contains("as the log says") && said.out.contains(&format!("up to number {seq}")), "{said:?}");

        assert!(seq > 0);
        assert_eq!(brian.pushes(Vec::new()).await.backup_watermark, seq);
        assert_eq!(amina.pulls(0, 0).await.backup_watermark, seq);
        assert!(app.ada.audit().await.iter().any(|entry| entry.action == "backup.check" && entry.subject.contains(&format!("seq {seq} "))));
        assert_eq!(app.verified().await.ops, 41);
        let found = app.ada.board().await.backup;
        assert!(!found.overdue && found.made_at.is_some() && found.checked_at >= found.made_at);
        for (days, overdue) in [(30, false), (31, true)] {
            let made_at = (app.clock.now() - Duration::days(days)).timestamp_millis();
            app.sql(&format!("UPDATE programme SET backup_made_at = {made_at}")).await;
            assert_eq!(app.ada.board().await.backup.overdue, overdue, "{days} days old");
        }
    }

    async fn only_its_owner_can_read_it_and_nothing_is_left_lying_about(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact());
        amina.syncs().await;
        let made = backup(app).await;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&made), mode(&data(&made)), mode(&made.join("manifest.json"))), (0o700, 0o600, 0o600));
        let files = |path: &std::path::Path| std::fs::read_dir(path).unwrap().count();
        assert_eq!((files(&made), files(made.parent().unwrap())), (2, 1));
        assert_eq!(verify_backup(&app.database, &made).await.status, 0);
        assert_eq!((files(&scratch(&app.database)), files(&made)), (0, 2), "the copy that was checked is gone");
    }
}
