//! Contributions of a live record. A change here means a rebuild of the tallies at upgrade.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rounds_shared::record::{Direction, RecordBody, ReferralStatus, Returning};
use rounds_shared::sync::DaySums;

use super::kinds;
use crate::records::{Facts, Spot};
use crate::referrals::Furthest;

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
    /// Begins the measures of how workers are doing: only their own supervisor sees them by worker, and nobody by place.
    pub const WELLBEING: &str = "debrief.";
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
    /// Adds `sign` times what a live record contributes. `coded` says whether a person stands behind it, `furthest` how far its
    /// referrals came by the events.
    pub fn add(&mut self, facts: &Facts, coded: bool, furthest: &Furthest, sign: i64) {
        self.add_all(&facts.spot(), &contributions(facts, coded, furthest), sign);
    }

    /// Adds what it changes that a referral stands elsewhere than before.
    pub(crate) fn move_referral(&mut self, spot: &Spot, service: &str, before: ReferralStatus, after: ReferralStatus) {
        for (status, sign) in [(before, -1), (after, 1)] {
            let mut found = Contributions::default();
            referral(&mut found, service, status);
            self.add_all(spot, &found.0, sign);
        }
    }

    fn add_all(&mut self, spot: &Spot, contributions: &[(Cow<'static, str>, i64)], sign: i64) {
        if contributions.is_empty() {
            return;
        }
        let scopes = [
            (Grain::Site, spot.day, spot.site.clone()),
            (Grain::Worker, spot.day, spot.worker.to_string()),
        ];
        for scope in scopes {
            let cells = self.0.entry(scope).or_default();
            for (measure, n) in contributions {
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

/// Measures with what a record adds to each; a measure may come more than once.
#[derive(Debug, Default)]
pub(super) struct Contributions(Vec<(Cow<'static, str>, i64)>);

impl Contributions {
    /// Adds to a measure; a zero leaves no trace.
    pub(super) fn add(&mut self, measure: impl Into<Cow<'static, str>>, n: i64) {
        if n != 0 {
            self.0.push((measure.into(), n));
        }
    }
}

fn contributions(facts: &Facts, coded: bool, furthest: &Furthest) -> Vec<(Cow<'static, str>, i64)> {
    let mut found = Contributions(Vec::with_capacity(16));
    found.add(measure::CONTACTS, facts.contacts);
    found.add(measure::SYRINGES_OUT, facts.syringes_out);
    found.add(measure::SYRINGES_IN, facts.syringes_in);
    found.add(measure::NALOXONE_KITS, facts.naloxone_kits);
    found.add(measure::NALOXONE_DOSES, facts.naloxone_doses);
    lines(&mut found, facts);
    for one in facts.body.referrals() {
        referral(&mut found, one.service.as_str(), furthest.of(one));
    }
    if let RecordBody::Contact(contact) = &facts.body {
        found.add(measure::NEW, i64::from(contact.returning == Returning::New));
        found.add(measure::CODED, i64::from(coded));
        found.add(measure::FOR_OTHERS, contact.for_others);
        for item in &contact.unmet {
            found.add(format!("unmet.{item}"), 1);
        }
        for topic in &contact.topics {
            found.add(format!("topic.{topic}"), 1);
        }
        for test in &contact.tests {
            found.add(format!("test.{}.{}", test.kind, test.result.as_str()), 1);
        }
    }
    kinds::add(&mut found, &facts.body);
    found.0
}

fn lines(found: &mut Contributions, facts: &Facts) {
    let mut recipients: Vec<&str> = Vec::new();
    // Whom a sheet or a group gave something is not known one by one, so that they have no recipients.
    let counts_recipients = facts.contact().is_some();
    for line in &facts.lines {
        match line.direction {
            Direction::Out => {
                found.add(format!("{}{}", measure::ITEM_OUT, line.item), line.quantity);
                if counts_recipients && !recipients.contains(&line.item.as_str()) {
                    recipients.push(&line.item);
                    found.add(format!("recipients.{}", line.item), 1);
                }
                if let Some(reason) = line.reason.filter(|_| line.doses > 0) {
                    found.add(format!("naloxone.reason.{reason}"), line.quantity);
                }
            }
            Direction::In => {
                found.add(format!("{}{}", measure::ITEM_IN, line.item), line.quantity);
                if let Some(method) = line.method {
                    found.add(format!("in.method.{method}"), line.syringes);
                }
            }
        }
    }
}

/// A referral's stages are cumulative: a completed one was also attended, issued and offered (I15).
fn referral(found: &mut Contributions, service: &str, status: ReferralStatus) {
    found.add(format!("referral.offered.{service}"), 1);
    if status.counts_as_issued() {
        found.add(measure::REFERRALS, 1);
        found.add(format!("{}{service}", measure::REFERRAL_ISSUED), 1);
    }
    found.add(format!("referral.attended.{service}"), i64::from(status.counts_as_attended()));
    found.add(
        format!("referral.completed.{service}"),
        i64::from(status == ReferralStatus::Completed),
    );
    found.add(format!("referral.known.{service}"), i64::from(status.has_known_outcome()));
}
