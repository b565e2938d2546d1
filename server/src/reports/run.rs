//! Puts the figures of a report together.

use std::collections::{BTreeMap, HashMap};

use rounds_shared::record::Direction;
use rounds_shared::report::{Report, ReportRow, ReportValues};
use uuid::Uuid;

use super::cut::Dimension;
use super::store::{self, Counts, Filter, Key};
use crate::db::{ConnectionTrait, Db, StoreError, Tx};
use crate::people;

/// An exact report: groups and the total of the same contacts.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn report(db: &Db, filter: &Filter, by: &[Dimension]) -> Result<Report, StoreError> {
    let tx = db.snapshot().await?;
    let mut groups = if by.contains(&Dimension::Service) {
        by_service(&tx, filter, by).await?
    } else if by.contains(&Dimension::Item) {
        by_item(&tx, filter, by).await?
    } else if by.is_empty() {
        HashMap::new()
    } else {
        by_contact(&tx, filter, by).await?
    };
    let total = by_contact(&tx, filter, &[]).await?.remove(&Key::new()).unwrap_or_default();
    let handles = people::handles(&tx, filter.programme).await?;
    tx.commit().await?;
    let mut rows: Vec<ReportRow> = groups
        .drain()
        .map(|(key, values)| ReportRow {
            key: named(by, key, &handles),
            values,
        })
        .collect();
    rows.sort_by_cached_key(|row| by.iter().map(|d| row.key.get(d.as_str()).cloned()).collect::<Vec<_>>());
    Ok(Report { rows, total })
}

fn named(by: &[Dimension], key: Key, handles: &HashMap<Uuid, String>) -> BTreeMap<String, String> {
    by.iter()
        .zip(key)
        .map(|(dimension, text)| {
            let text = match dimension {
                Dimension::Worker => text.parse().ok().and_then(|id: Uuid| handles.get(&id).cloned()).unwrap_or(text),
                _ => text,
            };
            (dimension.as_str().to_owned(), text)
        })
        .collect()
}

async fn by_contact(tx: &Tx, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, ReportValues>, StoreError> {
    let counts = store::contacts(tx, filter, by).await?;
    let mut referrals = store::referrals(tx, filter, by).await?;
    let with_item = [by, &[Dimension::Item]].concat();
    let mut items: HashMap<Key, BTreeMap<String, i64>> = HashMap::new();
    for (mut key, n) in store::items(tx, filter, &with_item, Direction::Out).await? {
        let item = key.pop().unwrap_or_default();
        items.entry(key).or_default().insert(item, n);
    }
    Ok(counts
        .into_iter()
        .map(|(key, counts)| {
            let values = values(counts, items.remove(&key).unwrap_or_default(), referrals.remove(&key).unwrap_or(0));
            (key, values)
        })
        .collect())
}

fn values(counts: Counts, items_out: BTreeMap<String, i64>, referrals: i64) -> ReportValues {
    ReportValues {
        contacts: Some(counts.contacts),
        new_contacts: Some(counts.new),
        unique_codes: Some(counts.people),
        contacts_with_code: Some(counts.coded),
        reach: Some(counts.contacts + counts.for_others),
        syringes_out: Some(counts.syringes_out),
        syringes_in: Some(counts.syringes_in),
        naloxone_kits: Some(counts.naloxone_kits),
        naloxone_doses: Some(counts.naloxone_doses),
        items_out: Some(items_out),
        quantity_out: None,
        quantity_in: None,
        referrals: Some(referrals),
        prv8_codes: Some(counts.prv8),
    }
}

async fn by_service(db: &impl ConnectionTrait, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, ReportValues>, StoreError> {
    let groups = store::referrals(db, filter, by).await?;
    Ok(groups
        .into_iter()
        .map(|(key, n)| {
            let values = ReportValues {
                referrals: Some(n),
                ..ReportValues::default()
            };
            (key, values)
        })
        .collect())
}

async fn by_item(db: &impl ConnectionTrait, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, ReportValues>, StoreError> {
    let mut groups: HashMap<Key, ReportValues> = HashMap::new();
    for direction in [Direction::Out, Direction::In] {
        for (key, n) in store::items(db, filter, by, direction).await? {
            let values = groups.entry(key).or_insert_with(|| ReportValues {
                quantity_out: Some(0),
                quantity_in: Some(0),
                ..ReportValues::default()
            });
            match direction {
                Direction::Out => values.quantity_out = Some(n),
                Direction::In => values.quantity_in = Some(n),
            }
        }
    }
    Ok(groups)
}
