//! Ops of the log opened and folded again, for whoever compares or rewrites what the log implies.

use std::collections::{BTreeMap, HashSet};

use chrono_tz::Tz;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::sync::{OpHeader, OpType, digest_input};
use rounds_shared::validation::record_warnings;
use uuid::Uuid;

use super::fold::{Folded, Step};
use super::read::{self, CodeState, Statement};
use super::store::StoredOp;
use crate::db::{StoreError, Tx};
use crate::programmes::{self, Programme};
use crate::secrets::{ProgrammeSecrets, sha256};
use crate::state::State;
use crate::wiring::instant;

/// Records that are folded at a time.
pub(super) const PAGE: u64 = 1000;

/// Everything that opening a programme's ops again depends on.
pub(super) struct Refold {
    pub programme: Uuid,
    tz: Tz,
    secrets: std::sync::Arc<ProgrammeSecrets>,
    catalogue: Catalogue,
}

/// Some records as their ops say.
#[derive(Default)]
pub(super) struct Refolded {
    pub ops: u64,
    pub records: BTreeMap<Uuid, Folded>,
    /// Ops whose bytes or columns are not what they were; they are in no record.
    pub unreadable: Vec<Uuid>,
    /// Ops whose stored word on the person is not what they say, with what they say.
    pub persons: Vec<(Uuid, CodeState)>,
}

impl Refold {
    /// Of a programme, by its current catalogue.
    pub(super) async fn new(state: &State, tx: &Tx, programme: &Programme) -> Result<Self, StoreError> {
        let catalogue = programmes::store::catalogue(tx, programme.id, programme.catalogue_version).await?;
        let secrets = state.secrets.programme(programme.id);
        Ok(Self {
            programme: programme.id,
            tz: programme.tz,
            secrets: secrets.map_err(|e| StoreError::Secret(e.to_string()))?,
            catalogue: catalogue.ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))?,
        })
    }

    /// Folds all ops of some records.
    pub(super) fn page(&self, ops: Vec<StoredOp>) -> Refolded {
        let mut found = Refolded::default();
        let mut revisions: HashSet<(Uuid, i64)> = HashSet::new();
        for row in ops {
            found.ops += 1;
            let Some(step) = self.read(&row) else {
                found.unreadable.push(row.id);
                continue;
            };
            if step.code.number() != row.code_state || step.code.person() != row.person {
                found.persons.push((row.id, step.code));
            }
            let record = row.record_id;
            let before = found.records.remove(&record);
            // A pull after any of a record's ops must see it.
            let seq = before.as_ref().map_or(row.seq, |before| before.head.seq.max(row.seq));
            let mut joined = Folded::join(before, record, step);
            joined.head.seq = seq;
            joined.conflict |= !revisions.insert((record, row.rev));
            found.records.insert(record, joined);
        }
        found
    }

    /// Opens an op; `None` when its bytes or columns are not what they were. Warnings are those of the day on which it came, as far as the
    /// op tells: whether the phone's clock was off, it does not.
    fn read(&self, row: &StoredOp) -> Option<Step> {
        let header: OpHeader = serde_json::from_slice(&row.hdr).ok()?;
        let same = header.op.0 == row.id
            && header.record.0 == row.record_id
            && header.rev == row.rev
            && header.device.0 == row.device_id
            && header.dseq == row.dseq
            && header.author.0 == row.author_id
            && header.programme.0 == self.programme
            && (header.kind == OpType::Void) == row.void
            && header.kid == row.kid
            && sha256(&digest_input(&row.hdr, &row.ek, &row.ct)).as_slice() == row.digest;
        if !same {
            return None;
        }
        let plaintext = self.secrets.open(&row.kid, &row.hdr, row.ek.clone(), &row.ct)?;
        let statement = if row.void {
            Statement {
                code: CodeState::Keep,
                put: None,
            }
        } else {
            let record = read::decode_put(&plaintext).ok()?;
            let came = instant(row.received_at).with_timezone(&self.tz).date_naive();
            let warnings = record_warnings(&record, &self.catalogue, came);
            read::recall_record(&record, &self.secrets, &self.catalogue, warnings).ok()?
        };
        Some(Step {
            op: row.id,
            rev: row.rev,
            author: row.author_id,
            device: row.device_id,
            by_supervisor: row.by_supervisor,
            code: statement.code,
            put: statement.put,
            seq: row.seq,
            received_at: row.received_at,
        })
    }
}
