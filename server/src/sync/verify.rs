//! Recomputes everything that the log implies and names whatever differs.
//!
//! It folds the log, never the heads: every op is opened again, its digest, columns and person are compared, then heads, lines,
//! referrals, tallies, arrived numbers and the audit chain.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rounds_shared::catalogue::Catalogue;
use rounds_shared::sync::{OpHeader, OpType, digest_input};
use uuid::Uuid;

use super::fold::{Folded, Step};
use super::ranges;
use super::read::{self, CodeState, Statement};
use super::store;
use crate::audit;
use crate::db::{StoreError, Tx};
use crate::programmes;
use crate::referrals::{self, Furthest};
use crate::secrets::{ProgrammeSecrets, sha256};
use crate::state::State;
use crate::tallies::{self, Deltas};

/// Records that are compared at a time.
const PAGE: u64 = 1000;

/// Something that is not as the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Table.
    pub table: &'static str,
    /// Key of the row.
    pub key: String,
    /// What differs; numbers of tallies, otherwise the name of a column.
    pub detail: String,
}

/// What a verification saw.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// Ops opened.
    pub ops: u64,
    /// Records folded.
    pub records: u64,
    /// Cells of the tally table compared.
    pub cells: u64,
    /// What differs, in order of discovery.
    pub drift: Vec<Drift>,
}

struct Check<'a> {
    programme: Uuid,
    secrets: &'a ProgrammeSecrets,
    catalogue: &'a Catalogue,
    /// By the stored events, each of which is itself held against the log.
    furthest: Furthest,
    found: Verified,
    deltas: Deltas,
}

/// Verifies a programme in one snapshot. `None` when there is no such programme.
///
/// # Errors
/// [`StoreError`] when something could not be read at all.
pub async fn verify(state: &State, programme: Uuid) -> Result<Option<Verified>, StoreError> {
    let tx = state.db.snapshot().await?;
    let Some(row) = programmes::store::find(&tx, programme).await? else {
        return Ok(None);
    };
    let catalogue = programmes::store::catalogue(&tx, programme, row.catalogue_version)
        .await?
        .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))?;
    let secrets = state.secrets.programme(programme).map_err(|e| StoreError::Secret(e.to_string()))?;
    let mut check = Check {
        programme,
        secrets: &secrets,
        catalogue: &catalogue,
        furthest: referrals::all_events(&tx, programme).await?.furthest(),
        found: Verified::default(),
        deltas: Deltas::default(),
    };
    let mut after = Uuid::nil();
    loop {
        let (ops, last) = store::op_page(&tx, programme, after, PAGE).await?;
        check.page(&tx, after, last, ops).await?;
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    check.tallies(&tx).await?;
    check.arrivals(&tx).await?;
    let (broken, head) = audit::store::check(&tx, programme).await?;
    if let Some(n) = broken {
        check.drift("audit", n.to_string(), "hash");
    } else if head.n != row.audit_n || head.hash != row.audit_hash {
        check.drift("audit", head.n.to_string(), "head");
    }
    tx.commit().await?;
    Ok(Some(check.found))
}

impl Check<'_> {
    fn drift(&mut self, table: &'static str, key: impl Into<String>, detail: impl Into<String>) {
        self.found.drift.push(Drift {
            table,
            key: key.into(),
            detail: detail.into(),
        });
    }

    async fn page(&mut self, tx: &Tx, after: Uuid, last: Option<Uuid>, ops: Vec<store::StoredOp>) -> Result<(), StoreError> {
        let mut stored = store::rows_of(tx, self.programme, after, last).await?;
        let mut folded: BTreeMap<Uuid, Folded> = BTreeMap::new();
        let mut revisions: HashSet<(Uuid, i64)> = HashSet::new();
        for row in ops {
            self.found.ops += 1;
            let (id, record, rev) = (row.id, row.record_id, row.rev);
            match self.reread(row) {
                None => self.drift("op", id.to_string(), "content"),
                Some(step) => {
                    let mut joined = Folded::join(folded.remove(&record), record, step);
                    joined.conflict |= !revisions.insert((record, rev));
                    folded.insert(record, joined);
                }
            }
        }
        let ids: Vec<Uuid> = folded
            .keys()
            .chain(stored.keys())
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let have = store::parts_of(tx, self.programme, &ids).await?;
        let mut parts = store::Parts::default();
        for (id, want) in &folded {
            self.found.records += 1;
            match stored.remove(id) {
                None => self.drift("record", id.to_string(), "missing"),
                Some(have) => {
                    if let Some(column) = have.first_difference(self.programme, want)? {
                        self.drift("record", id.to_string(), column);
                    }
                }
            }
            parts.lines.extend(store::line_rows(self.programme, want));
            parts.referrals.extend(store::referral_rows(self.programme, want, &self.furthest));
            parts.events.extend(store::event_row(self.programme, want));
            parts.groups.extend(store::group_rows(self.programme, want));
            if let Some((facts, coded)) = want.live() {
                self.deltas.add(facts, coded, &self.furthest, 1);
            }
        }
        for id in stored.keys() {
            self.drift("record", id.to_string(), "without ops");
        }
        for (table, same) in [
            ("record_line", parts.lines == have.lines),
            ("record_referral", parts.referrals == have.referrals),
            ("referral_event", parts.events == have.events),
            ("record_group", parts.groups == have.groups),
        ] {
            if !same {
                self.drift(table, format!("after {after}"), "rows");
            }
        }
        Ok(())
    }

    /// Opens an op again; `None` when its bytes, columns or person are not what they were.
    fn reread(&self, row: store::StoredOp) -> Option<Step> {
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
        let plaintext = self.secrets.open(&row.kid, &row.hdr, row.ek, &row.ct).filter(|_| same)?;
        let statement = if row.void {
            Statement {
                code: CodeState::Keep,
                put: None,
            }
        } else {
            let record = read::decode_put(&plaintext).ok()?;
            read::recall_record(&record, self.secrets, self.catalogue, Vec::new()).ok()?
        };
        if statement.code.number() != row.code_state || statement.code.person() != row.person {
            return None;
        }
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

    async fn tallies(&mut self, tx: &Tx) -> Result<(), StoreError> {
        let cells = std::mem::take(&mut self.deltas).into_cells();
        let mut want: BTreeMap<_, i64> = cells
            .map(|cell| ((cell.grain.as_str().to_owned(), cell.day, cell.scope, cell.measure), cell.n))
            .collect();
        for row in tallies::load_all(tx, self.programme).await? {
            self.found.cells += 1;
            let name = format!("{} {} {} {}", row.grain, row.day, row.scope, row.measure);
            let expected = want.remove(&(row.grain, row.day, row.scope, row.measure)).unwrap_or(0);
            if expected != row.n {
                self.drift("tally", name, format!("{} instead of {expected}", row.n));
            }
        }
        for ((grain, day, scope, measure), n) in want {
            self.drift("tally", format!("{grain} {day} {scope} {measure}"), format!("0 instead of {n}"));
        }
        Ok(())
    }

    async fn arrivals(&mut self, tx: &Tx) -> Result<(), StoreError> {
        let mut numbers = store::arrivals(tx, self.programme).await?;
        for (device, received) in store::device_progress(tx, self.programme).await? {
            let want = ranges::insert(&Vec::new(), numbers.remove(&device).unwrap_or_default());
            if ranges::parse(&received) != want {
                self.drift("device", device.to_string(), "received");
            }
        }
        Ok(())
    }
}
