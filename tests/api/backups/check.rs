//! What is not whole, not what was written, or not of this installation is refused with words, and never counts.

use std::fs;
use std::path::Path;

use rounds_tests::{Engine, TestApp, both_databases, contact};

use super::{Said, backup, data, ends, manifest, run, text, verify_backup};

/// A server with something in it, and a backup of that.
async fn backed_up(app: &TestApp) -> std::path::PathBuf {
    let mut amina = app.peer("amina").await;
    for _ in 0..3 {
        amina.records(contact().syringes(2).coded("MOM0865"));
    }
    amina.syncs().await;
    backup(app).await
}

async fn refused(app: &TestApp, backup: &Path, words: &str) {
    let said = verify_backup(&app.database, backup).await;
    assert_eq!(said.status, 1, "{said:?}");
    assert!((said.err.clone() + &said.out).contains(words), "{words}: {said:?}");
    assert!(app.ada.board().await.backup.overdue, "it must not count");
}

async fn phone_keeps_everything(app: &TestApp) {
    let mut brian = app.peer("brian").await;
    assert_eq!(brian.pushes(Vec::new()).await.backup_watermark, 0);
}

/// Changes a file's bytes.
fn changes(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

both_databases! {
    async fn damaged_data_is_refused(app: &TestApp) {
        let made = backed_up(app).await;
        let whole = fs::read(data(&made)).unwrap();
        changes(&data(&made), |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        });
        refused(app, &made, "SHA-256 differs").await;
        fs::write(data(&made), &whole[..whole.len() - 1]).unwrap();
        refused(app, &made, "it is not whole").await;
        fs::remove_file(data(&made)).unwrap();
        refused(app, &made, "its data is missing").await;
        fs::write(data(&made), whole).unwrap();
        changes(&made.join("manifest.json"), |bytes| {
            let seq = manifest(&made)["programmes"][0]["seq"].as_i64().unwrap();
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = text.replace(&format!("\"seq\": {seq}"), &format!("\"seq\": {}", seq + 1)).into_bytes();
        });
        refused(app, &made, "does not belong to its data").await;
        phone_keeps_everything(app).await;
    }

    async fn half_a_backup_is_none(app: &TestApp) {
        let made = backed_up(app).await;
        let unfinished = made.with_extension("unfinished");
        fs::rename(&made, &unfinished).unwrap();
        refused(app, &unfinished, "never finished").await;
        fs::rename(&unfinished, &made).unwrap();
        refused(app, &made.join("nowhere"), "there is no backup").await;
        fs::remove_file(made.join("manifest.json")).unwrap();
        refused(app, &made, "no whole backup").await;
        let said: Said = run(&app.database, &["backup", "--to", text(&data_in_the_way(app))]).await;
        assert_eq!(said.status, 1, "{said:?}");
    }

    async fn one_of_another_installation_is_refused(app: &TestApp) {
        let other = TestApp::start(app.database.engine).await;
        let made = backed_up(&other).await;
        refused(app, &made, "of another installation").await;
        // With the keys of both in one place it is readable, and still not of this database.
        let id = other.id.to_string();
        let copied = std::process::Command::new("cp").arg("-a").arg(other.database.secrets().join(&id)).arg(app.database.secrets()).status();
        assert!(copied.unwrap().success());
        refused(app, &made, "knows no such programme").await;
        other.stop().await;
    }

    async fn one_that_differs_from_its_log_does_not_count(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(2));
        amina.syncs().await;
        app.sql("UPDATE tally SET n = n + 1 WHERE measure = 'contacts' AND grain = 'site'").await;
        let made = backup(app).await;
        refused(app, &made, "1 differences").await;
        assert_eq!(amina.pushes(Vec::new()).await.backup_watermark, 0);
    }

    async fn one_of_another_history_does_not_count(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let old = app.copy().await;
        amina.records(contact());
        amina.syncs().await;
        let made = backup(app).await;
        // An older copy put back by hand is behind the backup; once others have worked with it, it has another history.
        let put_back = app.on(old).await;
        let said = verify_backup(&put_back.database, &made).await;
        assert!(said.status == 1 && said.out.contains("has not come as far"), "{said:?}");
        let mut brian = put_back.peer("brian").await;
        for _ in 0..4 {
            brian.records(contact());
            brian.syncs().await;
        }
        let said = verify_backup(&put_back.database, &made).await;
        assert!(said.status == 1 && said.out.contains("another history"), "{said:?}");
        // Once the phone that had seen more has told, the backup is of an earlier epoch.
        amina.moves_to(&put_back.client);
        amina.pushes(Vec::new()).await;
        let said = verify_backup(&put_back.database, &made).await;
        assert!(said.status == 0 && said.out.contains("earlier epoch"), "{said:?}");
        assert_eq!(brian.pushes(Vec::new()).await.backup_watermark, 0);
        put_back.stop().await;
    }

    async fn checking_an_old_backup_again_takes_nothing_back(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact());
        amina.syncs().await;
        let first = backup(app).await;
        amina.records(contact());
        amina.syncs().await;
        let second = backup(app).await;
        assert_eq!(verify_backup(&app.database, &second).await.status, 0);
        let (watermark, age) = (amina.pushes(Vec::new()).await.backup_watermark, app.ada.board().await.backup.made_at);
        assert_eq!(verify_backup(&app.database, &first).await.status, 0);
        assert_eq!((amina.pushes(Vec::new()).await.backup_watermark, app.ada.board().await.backup.made_at), (watermark, age));
        assert_eq!(watermark, manifest(&second)["programmes"][0]["seq"].as_i64().unwrap());
    }

    /// The backup is as good where the live database is gone; it counts when it is checked again.
    async fn a_backup_is_checked_without_its_server(app: &TestApp) {
        let made = backed_up(app).await;
        let mut gone = rounds_tests::Rounds::command(&app.database);
        if app.database.engine == Engine::Sqlite {
            gone.env("ROUNDS_DATABASE_URL", "sqlite:/nowhere/rounds.db");
        } else {
            // Its cluster is needed to restore it in, but not this database.
            let (server, _) = app.database.url.rsplit_once('/').unwrap();
            gone.env("ROUNDS_DATABASE_URL", format!("{server}/postgres"));
        }
        gone.args(["verify-backup", text(&made)]);
        let said = ends(&app.database, gone).await;
        assert!(said.status == 0 && said.out.contains("the backup is good, but"), "{said:?}");
        phone_keeps_everything(app).await;
    }
}

/// A file where a directory should be.
fn data_in_the_way(app: &TestApp) -> std::path::PathBuf {
    let file = app.database.dir().join("in-the-way");
    fs::write(&file, "").unwrap();
    file
}
