//! A fresh state on SQLite and on PostgreSQL for tests inside the crate.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database};

use crate::programmes::{self, NewProgramme};
use crate::state::{Places, State};
use crate::wiring::{Clock, Random};
use uuid::Uuid;

/// A state with everything that it keeps on disk.
pub(crate) struct Fresh {
    pub state: Arc<State>,
    pub name: &'static str,
    _dir: tempfile::TempDir,
}

/// One state per database. PostgreSQL is where `ROUNDS_TEST_POSTGRES` says; without it the test fails, because half a test is none.
pub(crate) async fn both() -> Vec<Fresh> {
    vec![sqlite().await, postgres().await]
}

fn clock() -> Clock {
    let now: DateTime<Utc> = "2026-06-30T18:00:00Z".parse().unwrap();
    Clock::from_fn(move || now)
}

async fn open(name: &'static str, url: impl FnOnce(&std::path::Path) -> String) -> Fresh {
    let dir = tempfile::tempdir().unwrap();
    let places = Places {
        database_url: url(dir.path()),
        secrets: dir.path().join("secrets"),
        pool: 4,
    };
    Fresh {
        state: State::open(&places, clock()).await.unwrap(),
        name,
        _dir: dir,
    }
}

/// A fresh SQLite file.
pub(crate) async fn sqlite() -> Fresh {
    open("sqlite", |dir| format!("sqlite:{}", dir.join("rounds.db").display())).await
}

/// A fresh database of the test cluster.
pub(crate) async fn postgres() -> Fresh {
    let base =
        std::env::var("ROUNDS_TEST_POSTGRES").expect("ROUNDS_TEST_POSTGRES names a PostgreSQL cluster; `cargo xtask test` starts one");
    let name = format!("rounds_unit_{}", Random::default().uuid().unwrap().simple());
    let admin = Database::connect(&base).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let server = base.rsplit_once('/').map_or(base.as_str(), |(server, _)| server).to_owned();
    open("postgres", |_| format!("{server}/{name}")).await
}

/// A programme with sites `market` and `old-port`.
pub(crate) async fn programme(state: &State) -> Uuid {
    let mut catalogue = rounds_shared::catalogue::default_catalogue("Harbour").unwrap();
    catalogue.sites = ["market", "old-port"]
        .into_iter()
        .map(|code| rounds_shared::catalogue::Site {
            code: rounds_shared::ids::Code::parse(code).unwrap(),
            label: std::collections::BTreeMap::from([("en".to_owned(), code.to_owned())]),
            area: None,
            retired: false,
        })
        .collect();
    let new = NewProgramme {
        name: "Harbour".into(),
        tz: chrono_tz::Africa::Nairobi,
        catalogue: Some(catalogue),
    };
    programmes::create(&state.db, &state.secrets, &state.random, state.clock.now_ms(), new)
        .await
        .unwrap()
}
