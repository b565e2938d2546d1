//! Compares what phones made and were told with what the database holds, once everything is quiet.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use rounds::state::State;
use rounds::sync::verify;
use rounds_shared::sync::SealedOp;
use sea_orm::{ConnectionTrait, QueryResult, Statement as Sql};
use uuid::Uuid;

use crate::history::{History, Made};
use crate::model::{Head, Outcome, Statement};

/// What was compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Checked {
    /// Ops of the log.
    pub ops: u64,
    /// Ops in quarantine.
    pub quarantined: u64,
}

/// Ops by id, as they were sent.
type Stored = BTreeMap<Uuid, SealedOp>;

/// Fails unless the database holds what the phones were told, no less and no more, and its figures are those of the model. Every op must
/// have a receipt by now.
pub async fn check(state: &State, programme: Uuid, histories: &[&History]) -> Checked {
    let made: BTreeMap<&Uuid, &Made> = histories.iter().flat_map(|history| &history.made).collect();
    for (op, one) in &made {
        assert!(one.is_received(), "still without a receipt: {op} {:?}", one.told);
    }
    let logged = stored(state, programme, "SELECT id, hdr, ek, ct FROM op WHERE programme_id = $1").await;
    let held = stored(
        state,
        programme,
        "SELECT op_id, hdr, ek, ct FROM quarantine WHERE programme_id = $1 AND status = 'waiting'",
    )
    .await;
    for (op, one) in &made {
        let (there, elsewhere) = if one.is_quarantined() { (&held, &logged) } else { (&logged, &held) };
        assert_eq!(
            there.get(*op),
            Some(&one.sealed),
            "acknowledged but not stored, or not as sent: {op} {:?}",
            one.told
        );
        assert!(!elsewhere.contains_key(*op), "both counted and quarantined: {op} {:?}", one.told);
    }
    for op in logged.keys().chain(held.keys()) {
        assert!(made.contains_key(op), "stored, but nobody made it: {op}");
    }
    let counted = made
        .values()
        .map(|one| &one.statement)
        .filter(|statement| logged.contains_key(&statement.op));
    figures(state, programme, counted).await;
    let verified = verify(state, programme).await.unwrap().unwrap();
    assert_eq!(verified.drift, [], "the tables are not the fold of the log");
    assert_eq!(verified.ops, as_u64(logged.len()));
    Checked {
        ops: as_u64(logged.len()),
        quarantined: as_u64(held.len()),
    }
}

/// Compares heads, people and tallies with the model.
pub async fn figures<'a>(state: &State, programme: Uuid, counted: impl Iterator<Item = &'a Statement>) {
    let want = Outcome::of(counted);
    let secrets = state.secrets.programme(programme).unwrap();
    let names: BTreeMap<Uuid, String> = want
        .heads
        .values()
        .filter_map(|head| head.person.clone())
        .map(|code| (secrets.person(&code), code))
        .collect();
    let mut have = BTreeMap::new();
    let mut people = BTreeSet::new();
    for row in rows(
        state,
        programme,
        "SELECT id, head_op, live, person, conflict FROM record WHERE programme_id = $1",
    )
    .await
    {
        let person: Option<Uuid> = row.try_get_by_index(3).unwrap();
        let head = Head {
            op: row.try_get_by_index(1).unwrap(),
            live: row.try_get_by_index(2).unwrap(),
            person: person.map(|id| names.get(&id).cloned().unwrap_or_else(|| format!("nobody's person {id}"))),
            conflict: row.try_get_by_index(4).unwrap(),
        };
        people.extend(head.person.clone().filter(|_| head.live));
        have.insert(row.try_get_by_index::<Uuid>(0).unwrap(), head);
    }
    differs("record", &have, &want.heads);
    assert_eq!(people, want.people, "people are not the codes of live heads");
    let mut cells = BTreeMap::new();
    for row in rows(
        state,
        programme,
        "SELECT grain, day, scope, measure, n FROM tally WHERE programme_id = $1 AND n <> 0",
    )
    .await
    {
        let text = |at: usize| row.try_get_by_index::<String>(at).unwrap();
        let day: NaiveDate = row.try_get_by_index(1).unwrap();
        if Outcome::knows(&text(3)) {
            cells.insert(
                format!("{} {day} {} {}", text(0), text(2), text(3)),
                row.try_get_by_index(4).unwrap(),
            );
        }
    }
    differs("tally", &cells, &want.cells);
}

/// Fails with the first entries that differ, rather than with two long tables.
fn differs<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(table: &str, have: &BTreeMap<K, V>, want: &BTreeMap<K, V>) {
    let keys: BTreeSet<&K> = have.keys().chain(want.keys()).collect();
    let wrong: Vec<_> = keys.into_iter().filter(|key| have.get(key) != want.get(key)).take(5).collect();
    let shown: Vec<_> = wrong.iter().map(|key| (key, have.get(key), want.get(key))).collect();
    assert!(wrong.is_empty(), "{table} (key, stored, by the model): {shown:#?}");
}

async fn stored(state: &State, programme: Uuid, sql: &str) -> Stored {
    let mut found = Stored::new();
    for row in rows(state, programme, sql).await {
        let text = |at: usize| BASE64_URL_SAFE_NO_PAD.encode(row.try_get_by_index::<Vec<u8>>(at).unwrap());
        let op: Uuid = row.try_get_by_index(0).unwrap();
        let sealed = SealedOp {
            hdr: text(1),
            ek: text(2),
            ct: text(3),
        };
        assert!(found.insert(op, sealed).is_none(), "stored twice: {op}");
    }
    found
}

/// Rows of a query about a programme, which is its `$1`.
pub async fn rows(state: &State, programme: Uuid, sql: &str) -> Vec<QueryResult> {
    let db = state.db.read();
    let query = Sql::from_sql_and_values(db.get_database_backend(), sql, [programme.into()]);
    db.query_all_raw(query).await.unwrap()
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap()
}
