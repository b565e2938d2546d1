//! Checking a backup: it is restored elsewhere, its bytes and its fold are looked at, and only then does the watermark move.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::elsewhere::Copy;
use super::live::{self, Standing};
use super::manifest::{Manifest, Point};
use super::{BackupError, folder};
use crate::db::Db;
use crate::failpoint;
use crate::programmes;
use crate::state::{Places, State};
use crate::sync::{self, Verified};
use crate::wiring::Clock;

/// What the check of a programme in a backup found.
#[derive(Debug)]
pub struct Checked {
    /// Programme.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What folding its log found.
    pub verified: Verified,
    /// How the live database stands to it; only asked when every programme of the backup is as its log says.
    pub standing: Option<Standing>,
}

/// Restores a backup elsewhere and recomputes everything in it. When all of it is as it should be, the live database notes that phones may
/// forget what is in the backup.
///
/// # Errors
/// [`BackupError`] when it can't be used at all. Drift is not an error but in the answer.
pub async fn check(live: &Places, backup: &Path, clock: &Clock) -> Result<(Manifest, Vec<Checked>), BackupError> {
    let (manifest, data) = folder::open(backup)?;
    must_be_ours(live, &manifest)?;
    let copy = Copy::make(&live.database_url, &manifest, &data, &crate::wiring::Random::default()).await?;
    // Whatever was found, the copy is thrown away before anything is said.
    let found = look(live, &manifest, &copy.url, clock).await;
    let removed = copy.remove().await;
    let mut found = found?;
    removed?;
    if found.iter().all(|one| one.verified.drift.is_empty()) {
        for (one, point) in found.iter_mut().zip(&manifest.programmes) {
            one.standing = Some(live::note(&live.database_url, point, manifest.made_at, clock).await);
        }
    }
    Ok((manifest, found))
}

/// Without a programme's keys nothing in it can be opened; and opening the secrets would make new ones where there are none.
pub(super) fn must_be_ours(live: &Places, manifest: &Manifest) -> Result<(), BackupError> {
    for point in &manifest.programmes {
        if !live.secrets.join(point.id.to_string()).is_dir() {
            return Err(BackupError::Refused(format!(
                "This backup is of another installation: {} has no keys of programme {}. \
                 Give with --secrets the directory of the installation that made it, or put its copy back first.",
                live.secrets.display(),
                point.id
            )));
        }
    }
    Ok(())
}

async fn look(live: &Places, manifest: &Manifest, url: &str, clock: &Clock) -> Result<Vec<Checked>, BackupError> {
    failpoint::reach("check.loaded")?;
    must_hold(manifest, url).await?;
    let places = Places {
        database_url: url.to_owned(),
        ..live.clone()
    };
    let state = State::open(&places, clock.clone()).await?;
    let found = verify(&state, manifest).await;
    state.db.clone().close().await?;
    found
}

/// Compares where the programmes of restored data stand with what the manifest says. The data is brought to this version's schema.
pub(super) async fn must_hold(manifest: &Manifest, url: &str) -> Result<(), BackupError> {
    let db = Db::connect(url, 1).await?;
    let held = held(&db).await;
    db.close().await?;
    if held? == manifest.programmes {
        return Ok(());
    }
    let why = "This backup can't be used: its manifest.json does not belong to its data.";
    Err(BackupError::Refused(why.to_owned()))
}

async fn held(db: &Db) -> Result<Vec<Point>, BackupError> {
    db.migrate().await?;
    Ok(programmes::all(db.read()).await?.iter().map(Point::of).collect())
}

async fn verify(state: &Arc<State>, manifest: &Manifest) -> Result<Vec<Checked>, BackupError> {
    let mut found = Vec::new();
    for point in &manifest.programmes {
        let programme = programmes::find(state.db.read(), point.id).await?;
        let verified = sync::verify(state, point.id).await?;
        if let (Some(programme), Some(verified)) = (programme, verified) {
            found.push(Checked {
                id: programme.id,
                name: programme.name,
                verified,
                standing: None,
            });
        }
    }
    Ok(found)
}
