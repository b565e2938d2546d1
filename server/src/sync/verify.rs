//! Recomputes everything that the log implies and names whatever differs.
//!
//! It folds the log, never the heads: every op is opened again, its digest, columns and person are compared, then heads, lines,
//! referrals, tallies, arrived numbers and the audit chain. The short form, for every hour, does so with recent records and tallies alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::ranges;
use super::refold::{PAGE, Refold};
use super::store;
use crate::audit;
use crate::db::{StoreError, Tx};
use crate::programmes::{self, Programme};
use crate::referrals::{self, Furthest};
use crate::state::State;
use crate::tallies::{self, Deltas};

/// Before every service date.
const BEGINNING: NaiveDate = NaiveDate::from_epoch_days(0).expect("1970 is a year");
/// Records that the short form reads at a time: it runs beside requests, so it holds little.
const RECENT_PAGE: usize = 200;

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

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.table, self.key, self.detail)
    }
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
    /// Tallies before this day are not compared.
    since: NaiveDate,
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
    let mut check = Check::begin(state, &tx, &row, BEGINNING).await?;
    let mut after = Uuid::nil();
    loop {
        let (ops, last) = store::op_page(&tx, programme, after, PAGE).await?;
        let stored = store::rows_of(&tx, programme, after, last).await?;
        check.page(&tx, ops, stored).await?;
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

/// Verifies records and tallies from a day on in one snapshot. `None` when there is no such programme.
///
/// A record counts as recent when its head's day is, or when an op of it came since: a head that fell out of the tables is found by its ops.
///
/// # Errors
/// [`StoreError`] when something could not be read at all.
pub async fn verify_since(state: &State, programme: Uuid, since: NaiveDate) -> Result<Option<Verified>, StoreError> {
    let tx = state.db.snapshot().await?;
    let Some(row) = programmes::store::find(&tx, programme).await? else {
        return Ok(None);
    };
    let mut check = Check::begin(state, &tx, &row, since).await?;
    // No date may lie after the day on which its op comes, wherever on earth that day began.
    let came = (since - Days::new(2)).and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    for ids in store::recent_records(&tx, programme, since, came).await?.chunks(RECENT_PAGE) {
        let ops = store::ops_of(&tx, programme, ids).await?;
        let stored = store::heads_of(&tx, programme, ids).await?;
        check.page(&tx, ops, stored).await?;
    }
    check.tallies(&tx).await?;
    tx.commit().await?;
    Ok(Some(check.found))
}

impl Check {
    async fn begin(state: &State, tx: &Tx, row: &Programme, since: NaiveDate) -> Result<Self, StoreError> {
        Ok(Self {
            programme: row.id,
            since,
            refold: Refold::new(state, tx, row).await?,
            furthest: referrals::all_events(tx, row.id).await?.furthest(),
            found: Verified::default(),
            deltas: Deltas::default(),
        })
    }

    fn drift(&mut self, table: &'static str, key: impl Into<String>, detail: impl Into<String>) {
        self.found.drift.push(Drift {
            table,
            key: key.into(),
            detail: detail.into(),
        });
    }

    async fn page(&mut self, tx: &Tx, ops: Vec<store::StoredOp>, mut stored: BTreeMap<Uuid, store::StoredHead>) -> Result<(), StoreError> {
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
                let first = ids.first().copied().unwrap_or_default();
                self.drift(table, format!("from {first}"), "rows");
            }
        }
        Ok(())
    }

    async fn tallies(&mut self, tx: &Tx) -> Result<(), StoreError> {
        let cells = std::mem::take(&mut self.deltas).into_cells();
        let mut want: BTreeMap<_, i64> = cells
            .filter(|cell| cell.day >= self.since)
            .map(|cell| ((cell.grain.as_str().to_owned(), cell.day, cell.scope, cell.measure), cell.n))
            .collect();
        for row in tallies::load_since(tx, self.programme, self.since).await? {
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
