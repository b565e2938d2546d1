//! Making a backup while the server runs.

use std::path::{Path, PathBuf};

use super::folder::Unfinished;
use super::manifest::{Engine, Manifest, hex};
use super::{BackupError, elsewhere};
use crate::db::postgres::{self, Address};
use crate::db::{Db, StoreError, export_snapshot, newest_schema};
use crate::programmes::{self, Programme};
use crate::wiring::{Clock, Random};

/// Makes a backup of a database in a directory and returns where it is. The server may run and write meanwhile; the backup is of one
/// instant. Needs no secrets, and takes none.
///
/// # Errors
/// [`BackupError`]; then nothing is left in the directory.
pub async fn take(url: &str, to: &Path, clock: &Clock, random: &Random) -> Result<(PathBuf, Manifest), BackupError> {
    elsewhere::must_exist(url)?;
    let made_at = clock.now();
    let db = Db::connect(url, 1).await?;
    let schema = db.schema().await?;
    if schema.as_deref() != Some(newest_schema().as_str()) {
        let why = "This database is of another version of Rounds, or not of Rounds at all: \
                   make the backup with the program that served it last, or run rounds migrate first.";
        return Err(BackupError::Refused(why.to_owned()));
    }
    let mark = hex(&random.bytes::<3>().map_err(StoreError::from)?);
    let unfinished = Unfinished::begin(to, made_at, &mark)?;
    let engine = Engine::of(db.backend());
    let data = unfinished.data(engine)?;
    let programmes = match engine {
        Engine::Sqlite => copy_sqlite(&db, &data).await?,
        Engine::Postgres => dump_postgres(&db, url, &data).await?,
    };
    db.close().await?;
    let manifest = Manifest::new(engine, newest_schema(), made_at, unfinished.weigh(engine)?, &programmes);
    Ok((unfinished.finish(&manifest)?, manifest))
}

/// The copy itself says where its programmes stand.
async fn copy_sqlite(db: &Db, data: &Path) -> Result<Vec<Programme>, BackupError> {
    db.copy_to(data).await?;
    let copy = Db::connect(&elsewhere::sqlite_url(data), 1).await?;
    let programmes = programmes::all(copy.read()).await?;
    copy.close().await?;
    Ok(programmes)
}

/// The dump and the places of its programmes are read from one snapshot.
async fn dump_postgres(db: &Db, url: &str, data: &Path) -> Result<Vec<Programme>, BackupError> {
    let tx = db.snapshot().await?;
    let programmes = programmes::all(&tx).await?;
    let snapshot = export_snapshot(&tx).await?;
    postgres::dump(&Address::of(url), &snapshot, data)?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(programmes)
}
