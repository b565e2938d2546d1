//! Puts the figures of a report together.

use std::collections::{BTreeMap, HashMap};

use rounds_shared::record::Direction;
use rounds_shared::report::{Report, ReportRow, ReportValues};
use uuid::Uuid;

use super::cut::Dimension;
use super::store::{self, Filter, Key, People, Sums};
use crate::db::{Db, StoreError, Tx};
use crate::people;
use crate::tallies::measure;

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
    let mut parts = match store::grain(filter, by) {
        Some(grain) => parts_of_tallies(store::tallies(tx, filter, by, grain).await?),
        None => parts_of_heads(tx, filter, by).await?,
    };
    let mut groups = store::people(tx, filter, by).await?;
    // A group session hands things out where perhaps nobody was met one by one.
    for (key, parts) in &parts {
        if parts.counts() {
            groups.entry(key.clone()).or_default();
        }
    }
    Ok(groups
        .into_iter()
        .map(|(key, people)| {
            let parts = parts.remove(&key).unwrap_or_default();
            (key, values(people, parts))
        })
        .collect())
}

/// What adds up, of a group.
#[derive(Default)]
struct Parts {
    sums: Sums,
    items_out: BTreeMap<String, i64>,
    referrals: i64,
}

impl Parts {
    /// Whether there is anything to tell.
    fn counts(&self) -> bool {
        let Sums {
            syringes_out,
            syringes_in,
            naloxone_kits,
            ..
        } = self.sums;
        !self.items_out.is_empty() || self.referrals > 0 || [syringes_out, syringes_in, naloxone_kits].into_iter().any(|n| n > 0)
    }
}

fn parts_of_tallies(groups: HashMap<Key, BTreeMap<String, i64>>) -> HashMap<Key, Parts> {
    groups
        .into_iter()
        .map(|(key, measures)| {
            let get = |measure: &str| measures.get(measure).copied().unwrap_or(0);
            let sums = Sums {
                new: get(measure::NEW),
                for_others: get(measure::FOR_OTHERS),
                syringes_out: get(measure::SYRINGES_OUT),
                syringes_in: get(measure::SYRINGES_IN),
                naloxone_kits: get(measure::NALOXONE_KITS),
                naloxone_doses: get(measure::NALOXONE_DOSES),
            };
            let parts = Parts {
                sums,
                items_out: with_prefix(&measures, measure::ITEM_OUT).collect(),
                referrals: get(measure::REFERRALS),
            };
            (key, parts)
        })
        .collect()
}

fn with_prefix<'a>(measures: &'a BTreeMap<String, i64>, prefix: &'a str) -> impl Iterator<Item = (String, i64)> + 'a {
    measures
        .iter()
        .filter_map(move |(measure, n)| Some((measure.strip_prefix(prefix)?.to_owned(), *n)))
}

async fn parts_of_heads(tx: &Tx, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, Parts>, StoreError> {
    let mut groups: HashMap<Key, Parts> = HashMap::new();
    for (key, sums) in store::sums(tx, filter, by).await? {
        groups.entry(key).or_default().sums = sums;
    }
    for (key, n) in store::referrals(tx, filter, by).await? {
        groups.entry(key).or_default().referrals = n;
    }
    let with_item = [by, &[Dimension::Item]].concat();
    for (mut key, n) in store::items(tx, filter, &with_item, Direction::Out).await? {
        let item = key.pop().unwrap_or_default();
        groups.entry(key).or_default().items_out.insert(item, n);
    }
    Ok(groups)
}

fn values(people: People, parts: Parts) -> ReportValues {
    let Parts {
        sums,
        items_out,
        referrals,
    } = parts;
    ReportValues {
        contacts: Some(people.contacts),
        new_contacts: Some(sums.new),
        unique_codes: Some(people.people),
        contacts_with_code: Some(people.coded),
        reach: Some(people.contacts + sums.for_others),
        syringes_out: Some(sums.syringes_out),
        syringes_in: Some(sums.syringes_in),
        naloxone_kits: Some(sums.naloxone_kits),
        naloxone_doses: Some(sums.naloxone_doses),
        items_out: Some(items_out),
        quantity_out: None,
        quantity_in: None,
        referrals: Some(referrals),
        prv8_codes: Some(people.prv8),
    }
}

/// Figures of parts of contacts by group, the part being one of the dimensions: from the tallies where they know the others.
async fn part_figures(
    tx: &Tx,
    filter: &Filter,
    by: &[Dimension],
    part: Dimension,
    prefix: &str,
) -> Result<Option<HashMap<Key, i64>>, StoreError> {
    let others: Vec<Dimension> = by.iter().copied().filter(|dimension| *dimension != part).collect();
    let Some(grain) = store::grain(filter, &others) else {
        return Ok(None);
    };
    let at = by.iter().position(|dimension| *dimension == part).unwrap_or(0);
    let mut figures = HashMap::new();
    for (key, measures) in store::tallies(tx, filter, &others, grain).await? {
        for (code, n) in with_prefix(&measures, prefix) {
            let mut key = key.clone();
            key.insert(at.min(key.len()), code);
            figures.insert(key, n);
        }
    }
    Ok(Some(figures))
}

async fn by_service(tx: &Tx, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, ReportValues>, StoreError> {
    let groups = match part_figures(tx, filter, by, Dimension::Service, measure::REFERRAL_ISSUED).await? {
        Some(figures) => figures,
        None => store::referrals(tx, filter, by).await?,
    };
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

async fn by_item(tx: &Tx, filter: &Filter, by: &[Dimension]) -> Result<HashMap<Key, ReportValues>, StoreError> {
    let mut groups: HashMap<Key, ReportValues> = HashMap::new();
    for (direction, prefix) in [(Direction::Out, measure::ITEM_OUT), (Direction::In, measure::ITEM_IN)] {
        let figures = match part_figures(tx, filter, by, Dimension::Item, prefix).await? {
            Some(figures) => figures,
            None => store::items(tx, filter, by, direction).await?,
        };
        for (key, n) in figures {
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
