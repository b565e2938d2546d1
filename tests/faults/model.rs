//! What must come out of a set of statements: the definitions applied to the whole of it, without increments, joins or order.

use std::collections::{BTreeMap, BTreeSet};

use rounds_shared::client_code;
use rounds_shared::record::{ClientCode, Contact, Direction, RecordBody, ReferralStatus};
use uuid::Uuid;

/// One op, as far as it says something.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Op.
    pub op: Uuid,
    /// Record.
    pub record: Uuid,
    /// Revision.
    pub rev: i64,
    /// The whole record; nothing when it is removed.
    pub body: Option<RecordBody>,
}

impl Statement {
    fn contact(&self) -> Option<&Contact> {
        self.body.as_ref().and_then(RecordBody::as_contact)
    }

    /// What it says of the code: nothing, that there is none, or which.
    fn code(&self) -> Option<Option<String>> {
        match &self.contact()?.code {
            ClientCode::Keep => None,
            ClientCode::None => Some(None),
            ClientCode::Set(code) => Some(client_code::normalise(code)),
        }
    }
}

/// State of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The op that is the head.
    pub op: Uuid,
    /// Whether it counts.
    pub live: bool,
    /// Code of the person behind it.
    pub person: Option<String>,
    /// Whether two ops claim a revision.
    pub conflict: bool,
}

/// Everything that the tables must say.
#[derive(Debug, Default)]
pub struct Outcome {
    /// By record.
    pub heads: BTreeMap<Uuid, Head>,
    /// Codes of live records.
    pub people: BTreeSet<String>,
    /// Tallies by grain, day, scope and measure, none of them zero.
    pub cells: BTreeMap<String, i64>,
}

/// How far slips came, by slip and service.
type Furthest = BTreeMap<(String, String), ReferralStatus>;

impl Outcome {
    /// Of statements in any order, each once.
    pub fn of<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> Self {
        let mut records: BTreeMap<Uuid, Vec<&Statement>> = BTreeMap::new();
        for statement in statements {
            records.entry(statement.record).or_default().push(statement);
        }
        let mut outcome = Self::default();
        let mut live: Vec<(&RecordBody, bool)> = Vec::new();
        for (record, of) in &records {
            let head = of.iter().max_by_key(|s| (s.rev, s.body.is_none(), s.op)).unwrap();
            let put = of.iter().filter(|s| s.body.is_some()).max_by_key(|s| (s.rev, s.op));
            let named = of.iter().filter(|s| s.code().is_some()).max_by_key(|s| (s.rev, s.op));
            let person = named.and_then(|s| s.code().flatten());
            let revisions: BTreeSet<i64> = of.iter().map(|s| s.rev).collect();
            let counts = put.filter(|_| head.body.is_some()).and_then(|s| s.body.as_ref());
            if let Some(body) = counts {
                live.push((body, person.is_some()));
                outcome.people.extend(person.clone());
            }
            let state = Head {
                op: head.op,
                live: counts.is_some(),
                person,
                conflict: revisions.len() < of.len(),
            };
            outcome.heads.insert(*record, state);
        }
        let furthest = furthest(&live);
        for (body, coded) in live {
            outcome.counts(body, coded, &furthest);
        }
        outcome.cells.retain(|_, n| *n != 0);
        outcome
    }

    fn counts(&mut self, body: &RecordBody, coded: bool, furthest: &Furthest) {
        let common = body.common();
        let day = common.service_date;
        let mut add = |measure: String, n: i64| {
            for scope in [format!("site {day} {}", common.site), format!("worker {day} {}", common.worker)] {
                *self.cells.entry(format!("{scope} {measure}")).or_insert(0) += n;
            }
        };
        let Some(contact) = body.as_contact() else { return };
        add("contacts".to_owned(), 1);
        add("contacts.coded".to_owned(), i64::from(coded));
        add("contacts.for_others".to_owned(), contact.for_others);
        for line in &contact.lines {
            let (item, way) = match line.direction {
                Direction::Out => ("item.out", "syringes.out"),
                Direction::In => ("item.in", "syringes.in"),
            };
            add(format!("{item}.{}", line.item), line.quantity);
            if matches!(line.item.as_str(), "ns_1ml" | "used_syringe") {
                add(way.to_owned(), line.quantity);
            }
        }
        for referral in &contact.referrals {
            let told = referral
                .slip
                .clone()
                .and_then(|slip| furthest.get(&(slip, referral.service.to_string())));
            let state = told.filter(|told| told.rank() > referral.status.rank()).unwrap_or(&referral.status);
            add(
                format!("referral.issued.{}", referral.service),
                i64::from(state.rank() >= ReferralStatus::Issued.rank()),
            );
            add(
                format!("referral.attended.{}", referral.service),
                i64::from(state.rank() >= ReferralStatus::Attended.rank()),
            );
            add(
                format!("referral.completed.{}", referral.service),
                i64::from(*state == ReferralStatus::Completed),
            );
        }
    }

    /// Whether the model has an opinion on a measure.
    pub fn knows(measure: &str) -> bool {
        let stage = ["referral.issued.", "referral.attended.", "referral.completed.", "item."];
        matches!(
            measure,
            "contacts" | "contacts.coded" | "contacts.for_others" | "syringes.out" | "syringes.in"
        ) || stage.iter().any(|begin| measure.starts_with(begin))
    }
}

fn furthest(live: &[(&RecordBody, bool)]) -> Furthest {
    let mut furthest = Furthest::new();
    for (body, _) in live {
        let RecordBody::ReferralEvent(event) = body else { continue };
        let state = furthest
            .entry((event.slip.clone(), event.service.to_string()))
            .or_insert(event.status);
        if event.status.rank() > state.rank() {
            *state = event.status;
        }
    }
    furthest
}
