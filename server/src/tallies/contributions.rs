//! Contributions of a live contact. A change here means a rebuild of the tallies at upgrade.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rounds_shared::record::{Direction, Returning};
use rounds_shared::sync::DaySums;

use crate::records::Facts;

/// Names of measures that other features ask for.
pub mod measure {
    /// Contacts (I1).
    pub const CONTACTS: &str = "contacts";
    /// New contacts (I2).
    pub const NEW: &str = "contacts.new";
    /// Contacts with a code (I4).
    pub const CODED: &str = "contacts.coded";
    /// People served through contacts (I5).
    pub const FOR_OTHERS: &str = "contacts.for_others";
    /// Syringes out (I6).
    pub const SYRINGES_OUT: &str = "syringes.out";
    /// Syringes in (I6).
    pub const SYRINGES_IN: &str = "syringes.in";
    /// Naloxone kits (I11).
    pub const NALOXONE_KITS: &str = "naloxone.kits";
    /// Naloxone doses (I11).
    pub const NALOXONE_DOSES: &str = "naloxone.doses";
    /// Referrals issued or further (I15).
    pub const REFERRALS: &str = "referrals";
    /// Begins a measure of units handed out; the item follows.
    pub const ITEM_OUT: &str = "item.out.";
    /// Begins a measure of units taken back; the item follows.
    pub const ITEM_IN: &str = "item.in.";
    /// Begins a measure of referrals issued or further; the service follows.
    pub const REFERRAL_ISSUED: &str = "referral.issued.";
}

/// Adds a measure to the five sums that phones and the board show; any other measure is passed over.
pub fn add_to_sums(sums: &mut DaySums, name: &str, n: i64) {
    match name {
        measure::CONTACTS => sums.contacts += n,
        measure::NEW => sums.new_contacts += n,
        measure::SYRINGES_OUT => sums.syringes_out += n,
        measure::SYRINGES_IN => sums.syringes_in += n,
        measure::NALOXONE_KITS => sums.naloxone_kits += n,
        _ => {}
    }
}

/// What a scope of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// Site × day; the scope is the site's code.
    Site,
    /// Worker × day; the scope is the worker's id.
    Worker,
}

impl Grain {
    /// The word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Worker => "worker",
        }
    }
}

/// Changes by grain, day, scope and measure.
#[derive(Debug, Default)]
pub struct Deltas(BTreeMap<Scope, BTreeMap<String, i64>>);

/// Whose or which place's day.
type Scope = (Grain, NaiveDate, String);

/// A change of a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delta {
    /// What the scope is.
    pub grain: Grain,
    /// Service date.
    pub day: NaiveDate,
    /// Code of a site or id of a worker.
    pub scope: String,
    /// Name of the measure.
    pub measure: String,
    /// The change.
    pub n: i64,
}

impl Deltas {
    /// Adds `sign` times what a live contact contributes. `coded` says whether a person stands behind it.
    pub fn add(&mut self, facts: &Facts, coded: bool, sign: i64) {
        let contributions = contributions(facts, coded);
        let scopes = [
            (Grain::Site, facts.day, facts.body.site.as_str().to_owned()),
            (Grain::Worker, facts.day, facts.worker.to_string()),
        ];
        for scope in scopes {
            let cells = self.0.entry(scope).or_default();
            for (measure, n) in &contributions {
                match cells.get_mut(measure.as_ref()) {
                    Some(cell) => *cell += sign * n,
                    None => {
                        cells.insert(measure.clone().into_owned(), sign * n);
                    }
                }
            }
        }
    }

    /// The changes that are some, in the order in which they are written.
    pub fn into_cells(self) -> impl Iterator<Item = Delta> {
        self.0.into_iter().flat_map(|((grain, day, scope), cells)| {
            cells.into_iter().filter(|(_, n)| *n != 0).map(move |(measure, n)| Delta {
                grain,
                day,
                scope: scope.clone(),
                measure,
                n,
            })
        })
    }
}

/// What a live contact contributes, by measure; a measure may come more than once.
fn contributions(facts: &Facts, coded: bool) -> Vec<(Cow<'static, str>, i64)> {
    let mut found: Vec<(Cow<'static, str>, i64)> = Vec::with_capacity(16);
    let mut add = |measure: Cow<'static, str>, n: i64| {
        if n != 0 {
            found.push((measure, n));
        }
    };
    add(measure::CONTACTS.into(), 1);
    add(measure::NEW.into(), i64::from(facts.body.returning == Returning::New));
    add(measure::CODED.into(), i64::from(coded));
    add(measure::FOR_OTHERS.into(), facts.body.for_others);
    add(measure::SYRINGES_OUT.into(), facts.syringes_out);
    add(measure::SYRINGES_IN.into(), facts.syringes_in);
    add(measure::NALOXONE_KITS.into(), facts.naloxone_kits);
    add(measure::NALOXONE_DOSES.into(), facts.naloxone_doses);
    let mut recipients: Vec<&str> = Vec::new();
    for line in &facts.lines {
        match line.direction {
            Direction::Out => {
                add(format!("{}{}", measure::ITEM_OUT, line.item).into(), line.quantity);
                if !recipients.contains(&line.item.as_str()) {
                    recipients.push(&line.item);
                    add(format!("recipients.{}", line.item).into(), 1);
                }
                if let Some(reason) = line.reason.filter(|_| line.doses > 0) {
                    add(format!("naloxone.reason.{reason}").into(), line.quantity);
                }
            }
            Direction::In => {
                add(format!("{}{}", measure::ITEM_IN, line.item).into(), line.quantity);
                if let Some(method) = line.method {
                    add(format!("in.method.{method}").into(), line.syringes);
                }
            }
        }
    }
    for referral in &facts.body.referrals {
        let service = &referral.service;
        let status = referral.status;
        add(format!("referral.offered.{service}").into(), 1);
        if status.counts_as_issued() {
            add(measure::REFERRALS.into(), 1);
            add(format!("{}{service}", measure::REFERRAL_ISSUED).into(), 1);
        }
        add(
            format!("referral.attended.{service}").into(),
            i64::from(status.counts_as_attended()),
        );
        add(
            format!("referral.completed.{service}").into(),
            i64::from(status == rounds_shared::record::ReferralStatus::Completed),
        );
        add(format!("referral.known.{service}").into(), i64::from(status.has_known_outcome()));
    }
    for item in &facts.body.unmet {
        add(format!("unmet.{item}").into(), 1);
    }
    found
}
