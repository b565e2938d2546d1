//! Exact cells of a period with their phases, added up record by record.

use std::collections::{BTreeMap, BTreeSet};

use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{Direction, ReferralStatus};
use uuid::Uuid;

use super::measure::{self, part, recipients};
use super::round::Exact;

/// Dimension of a cell without one.
pub(super) const NONE: &str = "";
/// Scope of the whole programme.
pub(super) const PROGRAMME: &str = "";

/// Where a cell stands: programme or site, and at most one demographic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Cut {
    /// Site code, or [`PROGRAMME`].
    pub scope: String,
    /// `gender`, `age_band`, `setting` or [`NONE`].
    pub dimension: String,
    /// Code within the dimension; empty without one.
    pub member: String,
}

impl Cut {
    pub(super) fn new(scope: &str, dimension: &str, member: &str) -> Self {
        Self {
            scope: scope.to_owned(),
            dimension: dimension.to_owned(),
            member: member.to_owned(),
        }
    }

    /// Whether it is the programme's total.
    pub(super) fn is_total(&self) -> bool {
        self.scope == PROGRAMME && self.dimension == NONE
    }
}

/// A line of a contact.
#[derive(Debug, Clone)]
pub(super) struct LineFacts {
    pub item: String,
    pub direction: Direction,
    pub quantity: i64,
    pub syringes: i64,
    pub doses: i64,
    pub method: Option<String>,
    pub reason: Option<String>,
}

/// A live contact as the job reads it.
#[derive(Debug, Clone)]
pub(super) struct ContactFacts {
    pub id: Uuid,
    pub site: String,
    pub gender: String,
    pub age_band: String,
    pub setting: String,
    pub new: bool,
    pub coded: bool,
    pub for_others: i64,
    pub lines: Vec<LineFacts>,
    pub referrals: Vec<(String, ReferralStatus)>,
}

impl ContactFacts {
    /// The eight cells that it belongs to.
    fn cuts(&self) -> impl Iterator<Item = Cut> + '_ {
        let dimensions = [
            (NONE, ""),
            ("gender", self.gender.as_str()),
            ("age_band", self.age_band.as_str()),
            ("setting", self.setting.as_str()),
        ];
        [PROGRAMME, self.site.as_str()]
            .into_iter()
            .flat_map(move |scope| dimensions.into_iter().map(move |(d, m)| Cut::new(scope, d, m)))
    }

    /// What it contributes, each figure once. Nothing that is zero is in it, so that it moves no phase.
    fn contributions(&self) -> BTreeMap<String, i64> {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        let mut add = |id: String, n: i64| {
            if n > 0 {
                *sums.entry(id).or_default() += n;
            }
        };
        add(measure::CONTACTS.to_owned(), 1);
        add(measure::NEW.to_owned(), i64::from(self.new));
        add(measure::WITH_CODE.to_owned(), i64::from(self.coded));
        add(measure::FOR_OTHERS.to_owned(), self.for_others);
        for line in &self.lines {
            match line.direction {
                Direction::Out => {
                    add(measure::SYRINGES_OUT.to_owned(), line.syringes);
                    if line.doses > 0 {
                        add(part(measure::KITS, &line.item), line.quantity);
                        if let Some(reason) = &line.reason {
                            add(part(measure::KITS_BY_REASON, reason), line.quantity);
                        }
                    }
                }
                Direction::In => {
                    add(measure::SYRINGES_IN.to_owned(), line.syringes);
                    if let Some(method) = &line.method {
                        add(part(measure::SYRINGES_IN, method), line.syringes);
                    }
                }
            }
        }
        for (service, status) in &self.referrals {
            let stages = [
                (measure::OFFERED, true),
                (measure::ISSUED, status.counts_as_issued()),
                (measure::ATTENDED, status.counts_as_attended()),
                (measure::COMPLETED, *status == ReferralStatus::Completed),
                (measure::KNOWN, status.has_known_outcome()),
            ];
            for (stage, _) in stages.into_iter().filter(|(_, reached)| *reached) {
                add(stage.to_owned(), 1);
                add(part(stage, service), 1);
            }
        }
        let quantities: Vec<String> = sums.keys().filter(|id| measure::is_quantity(id)).cloned().collect();
        sums.extend(quantities.iter().map(|id| (recipients(id), 1)));
        sums
    }
}

/// Exact cells of a period. Never stored, never shown.
#[derive(Debug, Default)]
pub(super) struct ExactCells(BTreeMap<Cut, BTreeMap<String, Exact>>);

impl ExactCells {
    /// Every cell that the catalogue knows, at zero, so that a true zero is published as such.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut cells = Self::default();
        let sites = catalogue.sites.iter().map(|site| site.code.as_str());
        for scope in std::iter::once(PROGRAMME).chain(sites) {
            cells.0.entry(Cut::new(scope, NONE, "")).or_default();
            for member in members(catalogue) {
                cells.0.entry(Cut::new(scope, member.0, member.1)).or_default();
            }
        }
        cells
    }

    /// Adds a contact under its record key.
    pub(super) fn add(&mut self, contact: &ContactFacts, key: u64, catalogue: &Catalogue) {
        let contributions = contact.contributions();
        for cut in contact.cuts() {
            let cell = self.0.entry(cut).or_default();
            for (id, n) in &contributions {
                let base = measure::rule(id, catalogue).base;
                match cell.get_mut(id) {
                    Some(exact) => exact.add(*n, key, base),
                    None => cell.entry(id.clone()).or_default().add(*n, key, base),
                }
            }
        }
    }

    /// Adds a distinct person to a cell under their key.
    pub(super) fn add_person(&mut self, cut: Cut, key: u64, catalogue: &Catalogue) {
        let base = measure::rule(measure::PEOPLE, catalogue).base;
        let cell = self.0.entry(cut).or_default();
        cell.entry(measure::PEOPLE.to_owned()).or_default().add(1, key, base);
    }

    /// Every cell.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Cut, &BTreeMap<String, Exact>)> {
        self.0.iter()
    }

    /// Ids that are published: what every period has, and the parts that the programme has any of.
    pub(super) fn ids(&self) -> BTreeSet<String> {
        let parts = self.0.get(&Cut::new(PROGRAMME, NONE, ""));
        let always = measure::ALWAYS.iter().map(|id| (*id).to_owned());
        always.chain(parts.into_iter().flat_map(|cell| cell.keys().cloned())).collect()
    }
}

fn members(catalogue: &Catalogue) -> impl Iterator<Item = (&'static str, &str)> {
    let genders = catalogue.genders.iter().map(|g| ("gender", g.code.as_str()));
    let bands = catalogue.age_bands.iter().map(|b| ("age_band", b.code.as_str()));
    let settings = rounds_shared::record::Setting::ALL.iter().map(|s| ("setting", s.as_str()));
    genders.chain(bands).chain(settings)
}
