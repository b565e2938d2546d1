//! Exact cells of a period with their phases, added up record by record.

use std::collections::{BTreeMap, BTreeSet};

use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{Direction, ReferralStatus};
use uuid::Uuid;

use super::measure::{self, CONTACTS, part, recipients};
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

/// Contacts of a tally sheet that are of one gender and age band.
#[derive(Debug, Clone)]
pub(super) struct GroupFacts {
    pub gender: String,
    pub age_band: String,
    pub contacts: i64,
}

/// A live contact, or a sheet or group of them, as the job reads it.
#[derive(Debug, Clone)]
pub(super) struct ContactFacts {
    pub id: Uuid,
    pub site: String,
    pub gender: String,
    pub age_band: String,
    pub setting: String,
    /// Contacts that it stands for.
    pub contacts: i64,
    /// Those of a sheet by gender and age band; together all of them.
    pub groups: Vec<GroupFacts>,
    pub new: bool,
    pub coded: bool,
    pub for_others: i64,
    pub lines: Vec<LineFacts>,
    pub referrals: Vec<(String, ReferralStatus)>,
}

impl ContactFacts {
    /// The cells that it belongs to: eight, and those of the groups that a sheet tells apart.
    fn cuts(&self) -> impl Iterator<Item = Cut> + '_ {
        let own = [
            (NONE, ""),
            ("gender", self.gender.as_str()),
            ("age_band", self.age_band.as_str()),
            ("setting", self.setting.as_str()),
        ];
        let told = self
            .groups
            .iter()
            .flat_map(|group| [("gender", group.gender.as_str()), ("age_band", group.age_band.as_str())]);
        let dimensions: BTreeSet<(&str, &str)> = own.into_iter().chain(told).collect();
        [PROGRAMME, self.site.as_str()]
            .into_iter()
            .flat_map(move |scope| dimensions.clone().into_iter().map(move |(d, m)| Cut::new(scope, d, m)))
    }

    /// Whether its lines and referrals count in a cell: only its groups make it belong to others.
    fn is_of(&self, cut: &Cut) -> bool {
        match cut.dimension.as_str() {
            "gender" => cut.member == self.gender,
            "age_band" => cut.member == self.age_band,
            _ => true,
        }
    }

    /// Contacts that it adds to a cell: those of a sheet only where the cell is their group's.
    fn contacts_in(&self, cut: &Cut) -> i64 {
        let member = |group: &GroupFacts| match cut.dimension.as_str() {
            "gender" => group.gender == cut.member,
            "age_band" => group.age_band == cut.member,
            _ => true,
        };
        if self.groups.is_empty() {
            return self.contacts;
        }
        self.groups.iter().filter(|group| member(group)).map(|group| group.contacts).sum()
    }

    /// What it contributes beside contacts, each figure once. Nothing that is zero is in it, so that it moves no phase.
    fn contributions(&self) -> BTreeMap<String, i64> {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        let mut add = |id: String, n: i64| {
            if n > 0 {
                *sums.entry(id).or_default() += n;
            }
        };
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
            let contacts = contact.contacts_in(&cut);
            let own = contact.is_of(&cut);
            let cell = self.0.entry(cut).or_default();
            let counted = (contacts > 0).then_some((CONTACTS, contacts));
            let others = contributions.iter().filter(|_| own).map(|(id, n)| (id.as_str(), *n));
            for (id, n) in counted.into_iter().chain(others) {
                let base = measure::rule(id, catalogue).base;
                match cell.get_mut(id) {
                    Some(exact) => exact.add(n, key, base),
                    None => cell.entry(id.to_owned()).or_default().add(n, key, base),
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
