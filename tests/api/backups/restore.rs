//! An older backup put back, by command or by hand: phones offer again what they hold, and nothing is lost or there twice.

use std::path::{Path, PathBuf};

use rounds_shared::sync::{OpCode, SealedOp};
use rounds_tests::{Engine, Figures, Fresh, Peer, TestApp, both_databases, contact};
use sea_orm::{ConnectionTrait, Database, Statement};
use uuid::Uuid;

use super::{Said, backup, data, manifest, run, text, verify_backup};

/// A phone that keeps what it sent, as phones do until a checked backup has it.
struct Keeper {
    peer: Peer,
    kept: Vec<SealedOp>,
    epoch: Uuid,
}

impl Keeper {
    fn new(peer: Peer) -> Self {
        let (kept, epoch) = (Vec::new(), Uuid::nil());
        Self { peer, kept, epoch }
    }

    /// Records contacts with as many syringes each, and sends them.
    async fn works(&mut self, contacts: usize, syringes: i64) {
        for n in 0..contacts {
            let recorded = self.peer.records(contact().syringes(syringes).coded(&format!("CODE{n}")));
            self.kept.push(recorded.sealed);
        }
        self.epoch = self.peer.syncs().await.epoch;
    }

    /// Says hello to a server; under a new epoch it offers everything again. Says how much of it was not there.
    async fn meets(&mut self, app: &TestApp) -> usize {
        self.peer.moves_to(&app.client);
        let answer = self.peer.pushes(Vec::new()).await;
        if answer.epoch == self.epoch {
            return 0;
        }
        assert_eq!(answer.backup_watermark, 0, "nothing of the new epoch is in a checked backup");
        self.epoch = answer.epoch;
        let results = self.peer.pushes(self.kept.clone()).await.results;
        let durable = |code| matches!(code, OpCode::Accepted | OpCode::Duplicate);
        assert!(results.iter().all(|result| durable(result.code)), "{results:?}");
        results.iter().filter(|result| result.code == OpCode::Accepted).count()
    }
}

/// Two phones and an older backup, of which less is known than the server has.
struct Story {
    amina: Keeper,
    brian: Keeper,
    old: PathBuf,
}

impl Story {
    async fn tell(app: &TestApp) -> Self {
        let mut amina = Keeper::new(app.peer("amina").await);
        let mut brian = Keeper::new(app.peer("brian").await);
        amina.works(3, 1).await;
        brian.works(2, 10).await;
        let old = backup(app).await;
        assert_eq!(verify_backup(&app.database, &old).await.status, 0);
        amina.works(4, 100).await;
        brian.works(1, 1000).await;
        app.ada.sees(Self::ALL).await;
        Self { amina, brian, old }
    }

    /// Codes run from 0 for each phone and time.
    const ALL: Figures = Figures {
        contacts: 10,
        people: 4,
        syringes_out: 3 + 20 + 400 + 1000,
        syringes_in: 0,
    };

    /// Everything comes back to a server that has what the backup had.
    async fn ends_well_on(&mut self, restored: &TestApp) {
        let epoch = self.amina.epoch;
        assert_eq!((self.amina.meets(restored).await, self.brian.meets(restored).await), (4, 1));
        assert_eq!(self.amina.epoch, self.brian.epoch, "one restore, one epoch");
        assert_ne!(self.amina.epoch, epoch);
        assert_eq!((self.amina.meets(restored).await, self.brian.meets(restored).await), (0, 0));
        restored.ada.anew().await.sees(Self::ALL).await;
        assert_eq!(restored.verified().await.ops, 10);
    }
}

pub async fn restore(database: &Fresh, backup: &Path, more: &[&str]) -> Said {
    run(database, &[&["restore", text(backup)], more].concat()).await
}

/// An empty database with the secrets of a server.
pub async fn elsewhere(app: &TestApp) -> Fresh {
    let empty = Fresh::unmigrated(app.database.engine).await;
    empty.takes_secrets(&app.database);
    empty
}

/// Runs a statement on a database that no server has.
async fn sql(url: &str, statement: &str) {
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

async fn number(url: &str, asked: &str) -> i64 {
    let db = Database::connect(url).await.unwrap();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), asked))
        .await
        .unwrap()
        .unwrap();
    db.close().await.unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The address of a database that may not be there yet.
fn made_by_us(place: &Fresh) -> String {
    let mode = if place.engine == Engine::Sqlite { "?mode=rwc" } else { "" };
    format!("{}{mode}", place.url)
}

/// What a restore says that it kept.
fn kept(said: &Said) -> &str {
    let line = said.out.lines().find(|line| line.contains("is kept as")).unwrap();
    line.split("kept as ").nth(1).unwrap().split(';').next().unwrap()
}

/// A table of somebody else's. Its name is one of ours as well.
const FOREIGN: &str = "CREATE TABLE worker (name TEXT); INSERT INTO worker VALUES ('theirs'); CREATE TABLE orders (n INTEGER)";
const THEIRS: &str = "SELECT COUNT(*) FROM worker WHERE name = 'theirs'";

/// Damages the data of a backup so that its manifest does not show it.
fn spoils(backup: &Path) {
    let mut bytes = std::fs::read(data(backup)).unwrap();
    bytes.truncate(bytes.len() * 2 / 3);
    std::fs::write(data(backup), &bytes).unwrap();
    let sum = std::process::Command::new("sha256sum").arg(data(backup)).output().unwrap();
    let sum = String::from_utf8(sum.stdout).unwrap();
    let mut manifest = manifest(backup);
    manifest["data"]["bytes"] = bytes.len().into();
    manifest["data"]["sha256"] = sum.split(' ').next().unwrap().into();
    std::fs::write(backup.join("manifest.json"), manifest.to_string()).unwrap();
}

both_databases! {
    /// The address may be mistyped: what is there is somebody's, whoever's it is.
    async fn what_is_somebody_elses_is_never_dropped(app: &TestApp) {
        let mut story = Story::tell(app).await;
        let place = elsewhere(app).await;
        sql(&made_by_us(&place), FOREIGN).await;
        let before = (app.database.engine == Engine::Sqlite).then(|| place.bytes());
        let said = restore(&place, &story.old, &[]).await;
        assert!(said.status == 1 && said.err.contains("is not empty") && said.err.contains("orders"), "{said:?}");
        assert!(before.is_none_or(|before| before == place.bytes()), "only looked at");

        let spoilt = place.dir().join("spoilt");
        assert!(std::process::Command::new("cp").arg("-a").arg(&story.old).arg(&spoilt).status().unwrap().success());
        spoils(&spoilt);
        let said = restore(&place, &spoilt, &["--replace"]).await;
        assert_eq!(said.status, 1, "{said:?}");
        assert_eq!(number(&place.url, THEIRS).await, 1, "what fails changes nothing");

        let said = restore(&place, &story.old, &["--replace"]).await;
        assert_eq!(said.status, 0, "{said:?}");
        let theirs = match kept(&said).strip_prefix("schema ") {
            Some(schema) => number(&place.url, &THEIRS.replace("worker", &format!("{schema}.worker"))).await,
            None => number(&format!("sqlite:{}", kept(&said)), THEIRS).await,
        };
        assert_eq!(theirs, 1, "it is kept");
        let restored = app.on(place).await;
        story.ends_well_on(&restored).await;
        restored.stop().await;
    }

    /// Tables of ours in which there is no programme yet don't make a place empty.
    async fn what_is_somebody_elses_beside_tables_of_ours_is_kept(app: &TestApp) {
        let story = Story::tell(app).await;
        let place = Fresh::make(app.database.engine).await;
        place.takes_secrets(&app.database);
        sql(&place.url, "CREATE TABLE orders (n INTEGER); INSERT INTO orders VALUES (7)").await;
        let said = restore(&place, &story.old, &[]).await;
        assert!(said.status == 1 && said.err.contains("is not empty"), "{said:?}");
        let said = restore(&place, &story.old, &["--replace"]).await;
        assert_eq!(said.status, 0, "{said:?}");
        let n = match kept(&said).strip_prefix("schema ") {
            Some(schema) => number(&place.url, &format!("SELECT COUNT(*) FROM {schema}.orders")).await,
            None => number(&format!("sqlite:{}", kept(&said)), "SELECT COUNT(*) FROM orders").await,
        };
        assert_eq!(n, 1);
        place.remove().await;
    }

    async fn by_command_nothing_is_lost_or_there_twice(app: &TestApp) {
        let mut story = Story::tell(app).await;
        let place = elsewhere(app).await;
        let said = restore(&place, &story.old, &[]).await;
        assert_eq!(said.status, 0, "{said:?}");
        assert!(said.out.contains("2 phones") && said.out.contains("of amina"), "{said:?}");
        let restored = app.on(place).await;
        assert_eq!(restored.ada.get("/api/v1/auth/session").await.status, 401, "nobody is logged in");
        let ada = restored.ada.anew().await;
        assert!(ada.board().await.backup.overdue, "backups of the epoch before don't count");
        let actions: Vec<String> = ada.audit().await.into_iter().map(|entry| entry.action).collect();
        assert!(actions.contains(&"backup.restore".to_owned()) && actions.contains(&"epoch.new".to_owned()), "{actions:?}");
        story.ends_well_on(&restored).await;
        restored.stop().await;
    }

    async fn what_is_there_is_replaced_only_when_told_and_kept(app: &TestApp) {
        let mut story = Story::tell(app).await;
        let place = app.copy().await;
        let said = restore(&place, &story.old, &[]).await;
        assert!(said.status == 1 && said.err.contains("is not empty") && said.err.contains("--replace"), "{said:?}");
        let said = restore(&place, &story.old, &["--replace"]).await;
        assert_eq!(said.status, 0, "{said:?}");
        let kept = kept(&said);
        let restored = app.on(place).await;
        story.ends_well_on(&restored).await;
        // The one before has what came after the backup.
        if restored.database.engine == Engine::Sqlite {
            restored.sql(&format!("ATTACH '{kept}' AS before; CREATE TEMP TABLE same AS SELECT 1 / (COUNT(*) = 10) FROM before.op")).await;
        } else {
            let schema = kept.strip_prefix("schema ").unwrap();
            restored.sql(&format!("SELECT 1 / (COUNT(*) = 10)::int FROM {schema}.op")).await;
            let again = backup(&restored).await;
            assert_eq!(verify_backup(&restored.database, &again).await.status, 0, "what is kept does not disturb later backups");
        }
        restored.stop().await;
    }

    async fn not_under_a_running_server(app: &TestApp) {
        let story = Story::tell(app).await;
        let said = restore(&app.database, &story.old, &["--replace"]).await;
        assert!(said.status == 1 && said.err.contains("stop the server"), "{said:?}");
        app.ada.sees(Story::ALL).await;
        app.verified().await;
    }

    async fn a_damaged_backup_leaves_everything_as_it_was(app: &TestApp) {
        let story = Story::tell(app).await;
        let place = app.copy().await;
        let mut bytes = std::fs::read(data(&story.old)).unwrap();
        bytes.truncate(bytes.len() / 2);
        std::fs::write(data(&story.old), bytes).unwrap();
        let said = restore(&place, &story.old, &["--replace"]).await;
        assert!(said.status == 1 && said.err.contains("not whole"), "{said:?}");
        let other = app.on(place).await;
        other.ada.sees(Story::ALL).await;
        other.stop().await;
    }

    /// Invites and sessions of the backup's time could have been used or ended since.
    async fn what_could_have_been_used_since_has_ended(app: &TestApp) {
        let worker = app.adds("amina", rounds_shared::auth::Role::Peer, None).await;
        let invite = app.invites(worker.id.0).await;
        let old = backup(app).await;
        let place = elsewhere(app).await;
        assert_eq!(restore(&place, &old, &[]).await.status, 0);
        let restored = app.on(place).await;
        let key = rounds::demo::DeviceKey::generate().unwrap();
        let body = serde_json::json!({ "code": invite.code, "digits": invite.digits, "device_key": key.public_base64url(), "app": "test" });
        let answer = rounds_tests::Answer::of(restored.client.post("/api/v1/auth/enrol").json(&body)).await;
        assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text());
        restored.stop().await;
    }
}

/// Phones tell from what they have seen, without the command.
#[tokio::test]
async fn a_file_copied_back_by_hand_is_noticed() {
    let app = TestApp::start(Engine::Sqlite).await;
    let mut story = Story::tell(&app).await;
    let place = elsewhere(&app).await;
    std::fs::copy(data(&story.old), place.dir().join("rounds.db")).unwrap();
    let restored = app.on(place).await;
    story.ends_well_on(&restored).await;
    assert!(restored.ada.board().await.backup.overdue);
    restored.stop().await;
    app.stop().await;
}

/// A server's own file is damaged: the backup takes its place, and the wreck is kept to be looked at.
#[tokio::test]
async fn a_wreck_is_replaced() {
    let app = TestApp::start(Engine::Sqlite).await;
    let mut story = Story::tell(&app).await;
    let place = elsewhere(&app).await;
    let file = place.dir().join("rounds.db");
    std::fs::write(&file, vec![7; 100_000]).unwrap();
    std::fs::write(place.dir().join("rounds.db-wal"), vec![7; 1000]).unwrap();
    let said = restore(&place, &story.old, &[]).await;
    assert!(said.status == 1 && said.err.contains("is not empty"), "{said:?}");
    let said = restore(&place, &story.old, &["--replace"]).await;
    assert_eq!(said.status, 0, "{said:?}");
    let restored = app.on(place).await;
    story.ends_well_on(&restored).await;
    restored.stop().await;
    app.stop().await;
}
