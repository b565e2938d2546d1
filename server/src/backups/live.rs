//! How the live database stands to a checked backup, and the watermark.

use chrono::{DateTime, Utc};

use super::BackupError;
use super::elsewhere;
use super::manifest::{Point, hex};
use crate::audit::{self, Entry};
use crate::db::{Db, newest_schema};
use crate::programmes::{self, CheckedBackup, Lock};
use crate::wiring::Clock;

/// How the live database stands to a programme of a checked backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It has the same history and has gone on from there; the watermark is now this.
    Noted(i64),
    /// It can't be reached, or is of another version; why.
    Unreachable(String),
    /// It knows no such programme.
    Unknown,
    /// It is in another epoch: it was restored since, or the backup is older than an earlier restore.
    OtherEpoch,
    /// It has not come as far as the backup: an older copy was put back by hand.
    Behind,
    /// It has the same epoch but another history.
    OtherHistory,
}

impl Standing {
    /// Whether something is wrong that the operator must look into.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Unknown | Self::Behind | Self::OtherHistory)
    }
}

/// Compares a programme of a checked backup with the live database, and moves the watermark if the backup is of its own history.
pub(super) async fn note(url: &str, point: &Point, made_at: DateTime<Utc>, clock: &Clock) -> Standing {
    match try_note(url, point, made_at, clock).await {
        Ok(standing) => standing,
        Err(error) => Standing::Unreachable(error.to_string()),
    }
}

async fn try_note(url: &str, point: &Point, made_at: DateTime<Utc>, clock: &Clock) -> Result<Standing, BackupError> {
    elsewhere::must_exist(url)?;
    let db = Db::connect(url, 1).await?;
    let standing = compare(&db, point, made_at, clock).await;
    db.close().await?;
    standing
}

async fn compare(db: &Db, point: &Point, made_at: DateTime<Utc>, clock: &Clock) -> Result<Standing, BackupError> {
    if db.schema().await? != Some(newest_schema()) {
        return Ok(Standing::Unreachable("it is of another version of Rounds".to_owned()));
    }
    let tx = db.begin().await?;
    // Dropped without a commit, the transaction leaves nothing behind.
    let Some(mut lock) = Lock::take(&tx, point.id, clock.now_ms()).await? else {
        return Ok(Standing::Unknown);
    };
    let Some(before) = programmes::find(&tx, point.id).await? else {
        return Ok(Standing::Unknown);
    };
    if lock.epoch != point.epoch {
        return Ok(Standing::OtherEpoch);
    }
    // The lock has taken the next number already.
    if lock.seq <= point.seq || before.audit_n < point.audit_n {
        return Ok(Standing::Behind);
    }
    let link = audit::hash_of(&tx, point.id, point.audit_n).await?;
    if link.is_none_or(|hash| hex(&hash) != point.audit_hash) {
        return Ok(Standing::OtherHistory);
    }
    let checked = CheckedBackup {
        seq: point.seq,
        made_at: made_at.timestamp_millis(),
        checked_at: lock.now_ms,
    };
    programmes::note_backup(&tx, &before, checked).await?;
    let watermark = lock.backup_watermark.max(point.seq);
    lock.audit(Entry::system(
        "backup.check",
        format!("seq {} made {}", point.seq, made_at.format("%Y-%m-%dT%H:%M:%SZ")),
    ));
    lock.commit(tx).await?;
    Ok(Standing::Noted(watermark))
}
