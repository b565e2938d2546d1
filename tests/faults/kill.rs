//! kill −9 at random moments under load. Whatever had a receipt is there once, whatever had none can be sent again.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use rounds::demo;
use rounds::state::{Places, State};
use rounds::sync::verify;
use rounds::wiring::{Clock, Random};
use rounds_shared::auth::Role;
use rounds_tests::{Client, Engine, Fresh, Rounds, free_port};
use sea_orm::{ConnectionTrait, Statement};
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::carrier::{Carrier, Street};

const PHONES: u64 = 5;

async fn open(database: &Fresh) -> Arc<State> {
    let places = Places {
        database_url: database.url.clone(),
        secrets: database.secrets(),
        pool: 4,
    };
    State::open(&places, Clock::system()).await.unwrap()
}

/// A programme with its phones, made before any server runs.
async fn staged(database: &Fresh, client: &Client) -> (Uuid, Vec<Carrier>) {
    let state = open(database).await;
    let catalogue = demo::catalogue("Harbour", &[("market", "Market")]).unwrap();
    let programme = demo::stage_programme(&state, "Harbour", chrono_tz::Africa::Nairobi, catalogue)
        .await
        .unwrap();
    let mut carriers = Vec::new();
    for n in 0..PHONES {
        let worker = demo::person(&state, programme, &format!("peer-{n}"), Role::Peer, None)
            .await
            .unwrap();
        let phone = demo::stage_phone(&state, programme, worker).await.unwrap();
        carriers.push(Carrier::new(client.clone(), phone, n + 1));
    }
    state.db.clone().close().await.unwrap();
    (programme, carriers)
}

/// Kills servers under load until `kills` are dead, then lets the last one finish the work.
async fn kills_under_load(database: &Fresh, port: u16, carriers: Vec<Carrier>, kills: u64) -> Vec<Carrier> {
    let (server, watched) = watch::channel(1);
    let (told, mut counted) = watch::channel(0);
    let street = Street {
        received: Arc::new(AtomicU64::new(0)),
        told,
        server: watched,
    };
    let mut running = Rounds::serve(database, port, None).await;
    let mut working = JoinSet::new();
    for carrier in carriers {
        working.spawn(carrier.works(street.clone()));
    }
    for n in 0..kills {
        let [batches, wait] = Random::default().bytes::<2>().unwrap();
        let goal = *counted.borrow_and_update() + u64::from(batches % 6);
        counted.wait_for(|count| *count >= goal).await.unwrap();
        // A moment that depends on nothing that the server does: up to 12 ms, about what a batch takes.
        tokio::time::sleep(Duration::from_micros(u64::from(wait) * 48)).await;
        running.kill();
        running = Rounds::serve(database, port, None).await;
        server.send_replace(n + 2);
    }
    server.send_replace(0);
    let done = working.join_all().await;
    for carrier in &done {
        carrier.offers_everything_again().await;
    }
    running.kill();
    done
}

/// What is stored is what the phones were told, no less and no more.
async fn compares(database: &Fresh, programme: Uuid, carriers: &[Carrier]) {
    let checked = Rounds::run(database, &["verify"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    let state = open(database).await;
    let verified = verify(&state, programme).await.unwrap().unwrap();
    assert_eq!(verified.drift, []);
    let ops: usize = carriers.iter().map(|carrier| carrier.received.len()).sum();
    assert_eq!(verified.ops, u64::try_from(ops).unwrap());
    let db = state.db.read();
    let sums = "SELECT COUNT(*) AS contacts, CAST(SUM(syringes_out) AS BIGINT) AS syringes FROM record WHERE live";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sums))
        .await
        .unwrap()
        .unwrap();
    let (contacts, syringes): (i64, i64) = (row.try_get("", "contacts").unwrap(), row.try_get("", "syringes").unwrap());
    assert_eq!(
        u64::try_from(contacts).unwrap(),
        carriers.iter().map(|carrier| carrier.contacts).sum::<u64>()
    );
    assert_eq!(syringes, carriers.iter().map(|carrier| carrier.syringes).sum::<i64>());
    assert!(ops > 100, "the phones were idle: {ops} ops");
    state.db.clone().close().await.unwrap();
}

async fn nothing_received_is_lost(engine: Engine, kills: u64) {
    let database = Fresh::make(engine).await;
    let port = free_port();
    let client = Client::new(format!("http://127.0.0.1:{port}"));
    let (programme, carriers) = staged(&database, &client).await;
    let carriers = kills_under_load(&database, port, carriers, kills).await;
    compares(&database, programme, &carriers).await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_fifty_kills() {
    nothing_received_is_lost(Engine::Sqlite, 50).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_fifteen_kills() {
    nothing_received_is_lost(Engine::Postgres, 15).await;
}
