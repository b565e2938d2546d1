//! Putting a backup back: under a new epoch, so that phones offer again what they hold, and never over what is there.

use std::path::Path;
use std::sync::Arc;

use rounds_shared::console::DeviceView;

use super::check::{must_be_ours, must_hold};
use super::manifest::{Engine, Manifest, hex};
use super::schema::Schema;
use super::{BackupError, folder, place};
use crate::audit::Entry;
use crate::auth::{self, LoginView, ScriptView};
use crate::db::StoreError;
use crate::people::{self, Person};
use crate::pins;
use crate::programmes::{self, Lock, Programme};
use crate::state::{Places, State};
use crate::wiring::{Clock, Random};
use crate::{devices, failpoint};

/// A restored programme, with what may have been taken back after the backup and is in force again.
#[derive(Debug)]
pub struct Returned {
    /// Its name.
    pub name: String,
    /// People who have not left.
    pub people: Vec<Person>,
    /// How they log in.
    pub logins: Vec<LoginView>,
    /// Phones that may send.
    pub phones: Vec<DeviceView>,
    /// PINs of phones that have ended.
    pub pins: u64,
    /// Tokens of scripts that are good.
    pub tokens: Vec<ScriptView>,
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// Of the backup.
    pub manifest: Manifest,
    /// Where what was there before is now.
    pub kept: Option<String>,
    /// The programmes.
    pub programmes: Vec<Returned>,
}

/// Puts a backup in the place of the database of the settings. One that is not empty is only replaced if `replace` says so, and is kept
/// beside it then.
///
/// # Errors
/// [`BackupError`]; then the database is as it was.
pub async fn restore(places: &Places, backup: &Path, replace: bool, clock: &Clock) -> Result<Restored, BackupError> {
    let (manifest, data) = folder::open(backup)?;
    must_be_ours(places, &manifest)?;
    if manifest.engine != Engine::of_url(&places.database_url) {
        let why = "This backup is of the other kind of database: give with --database-url an address of the kind that it was made of.";
        return Err(BackupError::Refused(why.to_owned()));
    }
    let random = Random::default();
    let mark = format!(
        "{}_{}",
        clock.now().format("%Y%m%dt%H%M%S"),
        hex(&random.bytes::<3>().map_err(StoreError::from)?)
    );
    let (kept, programmes) = match manifest.engine {
        Engine::Sqlite => {
            let new = place::File::prepare(&places.database_url, &data, &mark, replace).await?;
            let programmes = begin(places, new.url(), &manifest, clock).await?;
            (new.take_place().await?, programmes)
        }
        Engine::Postgres => {
            let new = Schema::prepare(&places.database_url, &data, &mark, replace).await?;
            let done = match begin(places, new.url(), &manifest, clock).await {
                Ok(programmes) => new.take_place().await.map(|kept| (kept, programmes)),
                Err(error) => Err(error),
            };
            if done.is_err() {
                new.remove().await;
            }
            done?
        }
    };
    Ok(Restored {
        manifest,
        kept,
        programmes,
    })
}

/// Makes restored data ready to be served: a new epoch for every programme, and nobody logged in.
async fn begin(places: &Places, url: String, manifest: &Manifest, clock: &Clock) -> Result<Vec<Returned>, BackupError> {
    failpoint::reach("restore.loaded")?;
    must_hold(manifest, &url).await?;
    let places = Places {
        database_url: url,
        ..places.clone()
    };
    let state = State::open(&places, clock.clone()).await?;
    let begun = begin_all(&state, manifest).await;
    state.db.clone().close().await?;
    failpoint::reach("restore.begun")?;
    begun
}

async fn begin_all(state: &Arc<State>, manifest: &Manifest) -> Result<Vec<Returned>, BackupError> {
    let tx = state.db.begin().await?;
    auth::end_all(&tx).await?;
    tx.commit().await.map_err(StoreError::from)?;
    let mut returned = Vec::new();
    for programme in programmes::all(state.db.read()).await? {
        let pins = begin_epoch(state, manifest, &programme).await?;
        let db = state.db.read();
        let handles = people::handles(db, programme.id).await?;
        let phones = devices::list(db, programme.id, &handles).await?;
        let tokens = auth::list_scripts(state, programme.id).await?;
        let people = people::all(db, programme.id).await?;
        returned.push(Returned {
            name: programme.name,
            people: people.into_iter().filter(|person| !person.has_left()).collect(),
            logins: auth::list_logins(db, programme.id).await?,
            pins,
            phones: phones.into_iter().map(|phone| phone.view).filter(|phone| !phone.revoked).collect(),
            tokens: tokens
                .into_iter()
                .filter(|token| !token.revoked && token.expires_at > state.clock.now())
                .collect(),
        });
    }
    Ok(returned)
}

/// Begins a programme's new epoch. Shares of PINs end, because one that was destroyed since would be whole again; says how many there were.
async fn begin_epoch(state: &State, manifest: &Manifest, programme: &Programme) -> Result<u64, BackupError> {
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme.id, state.clock.now_ms()).await?;
    let mut lock = lock.ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    let made_at = manifest.made_at.format("%Y-%m-%dT%H:%M:%SZ");
    lock.audit(Entry::system("backup.restore", format!("seq {} made {made_at}", programme.seq)));
    lock.begin_epoch(&tx, state.random.uuid().map_err(StoreError::from)?).await?;
    let pins = pins::destroy_all(&tx, programme.id).await?;
    lock.commit(tx).await?;
    Ok(pins)
}
