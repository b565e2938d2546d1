//! The programme lock: one row that every writing transaction bumps first.
//!
//! It makes sequence numbers gap-free and visible in order, so that a pull cursor is exact, and writers of one programme queue instead of
//! dead-locking.

use uuid::Uuid;

use super::store;
use crate::audit::{self, Entry, Head};
use crate::db::{StoreError, Tx};

/// A locked programme inside a write transaction.
#[derive(Debug)]
pub struct Lock {
    /// Programme.
    pub programme: Uuid,
    /// Sequence number of this transaction, greater than all before it.
    pub seq: i64,
    /// Epoch of the programme.
    pub epoch: Uuid,
    /// Version of the catalogue.
    pub catalogue_version: i64,
    /// Everything up to this is in a checked backup.
    pub backup_watermark: i64,
    /// Instant of the transaction, UTC milliseconds.
    pub now_ms: i64,
    audit: Vec<Entry>,
    head: Head,
}

impl Lock {
    /// Locks a programme and takes the next sequence number. `None` when there is no such programme.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub async fn take(tx: &Tx, programme: Uuid, now_ms: i64) -> Result<Option<Self>, StoreError> {
        let Some(row) = store::bump(tx, programme).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            programme,
            seq: row.seq,
            epoch: row.epoch,
            catalogue_version: row.catalogue_version,
            backup_watermark: row.backup_watermark,
            now_ms,
            audit: Vec::new(),
            head: Head {
                n: row.audit_n,
                hash: row.audit_hash,
            },
        }))
    }

    /// Starts a new epoch: an older copy of the database was put back. Phones then offer again all that they hold, and keep it until a backup
    /// of the new epoch is checked.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub async fn begin_epoch(&mut self, tx: &Tx, epoch: Uuid) -> Result<(), StoreError> {
        store::new_epoch(tx, self.programme, epoch).await?;
        self.epoch = epoch;
        self.backup_watermark = 0;
        self.audit(Entry::system("epoch.new", epoch.to_string()));
        Ok(())
    }

    /// The newest link of the audit chain before this transaction.
    #[must_use]
    pub fn audit_head(&self) -> &Head {
        &self.head
    }

    /// Adds a link to the audit chain; it is written by [`Lock::finish`].
    pub fn audit(&mut self, entry: Entry) {
        self.audit.push(entry);
    }

    /// Writes the audit links, as the last thing before the commit, and returns the newest.
    ///
    /// # Errors
    /// [`StoreError`] of the database; the transaction must not be committed then.
    pub async fn finish(self, tx: &Tx) -> Result<Head, StoreError> {
        if self.audit.is_empty() {
            return Ok(self.head);
        }
        let head = audit::append(tx, self.programme, self.now_ms, self.head, self.audit).await?;
        store::set_audit_head(tx, self.programme, head.n, head.hash.clone()).await?;
        Ok(head)
    }

    /// Writes the audit links and commits.
    ///
    /// # Errors
    /// [`StoreError`] of the database; then nothing of the transaction is there.
    pub async fn commit(self, tx: Tx) -> Result<(), StoreError> {
        self.finish(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}
