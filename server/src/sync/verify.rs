//! Recomputes everything that the log implies and names whatever differs.
//!
//! It folds the log, never the heads: every op is opened again, its digest, columns and person are compared, then heads, lines,
//! referrals, tallies, arrived numbers and the audit chain.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::ranges;
use super::refold::{PAGE, Refold};
use super::store;
use crate::audit;
use crate::db::{StoreError, Tx};
use crate::programmes;
use crate::referrals::{self, Furthest};
use crate::state::State;
use crate::tallies::{self, Deltas};

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

struct Check {
    programme: Uuid,
    refold: Refold,
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
    let mut check = Check {
        programme,
        refold: Refold::new(state, &tx, &row).await?,
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

impl Check {
    fn drift(&mut self, table: &'static str, key: impl Into<String>, detail: impl Into<String>) {
        self.found.drift.push(Drift {
            table,
            key: key.into(),
            detail: detail.into(),
        });
    }

    async fn page(&mut self, tx: &Tx, after: Uuid, last: Option<Uuid>, ops: Vec<store::StoredOp>) -> Result<(), StoreError> {
        let mut stored = store::rows_of(tx, self.programme, after, last).await?;
        let refolded = self.refold.page(ops);
        self.found.ops += refolded.ops;
        for op in refolded.unreadable {
            self.drift("op", op.to_string(), "content");
        }
        for (op, _) in refolded.persons {
            self.drift("op", op.to_string(), "person");
        }
        let folded = refolded.records;
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
