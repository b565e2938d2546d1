//! The furthest state of referrals by slip and service.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rounds_shared::record::{RecordBody, Referral, ReferralStatus};
use uuid::Uuid;

/// What one live record says became of a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub slip: String,
    pub service: String,
    pub status: ReferralStatus,
}

impl Event {
    /// The event that a record is, if it is one.
    pub(crate) fn of(body: &RecordBody) -> Option<Self> {
        match body {
            RecordBody::ReferralEvent(event) => Some(Self {
                slip: event.slip.clone(),
                service: event.service.to_string(),
                status: event.status,
            }),
            _ => None,
        }
    }
}

/// Slips that a record names, in referrals or as an event.
pub(crate) fn slips_of(body: &RecordBody) -> impl Iterator<Item = String> + '_ {
    let event = match body {
        RecordBody::ReferralEvent(event) => Some(event.slip.clone()),
        _ => None,
    };
    body.referrals().iter().filter_map(|referral| referral.slip.clone()).chain(event)
}

/// Live events by record. A map and not a sum, so that a record's event can be taken out and put in again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reached(BTreeMap<Uuid, Event>);

impl Reached {
    /// Of events by record.
    pub(crate) fn of(events: impl IntoIterator<Item = (Uuid, Event)>) -> Self {
        Self(events.into_iter().collect())
    }

    /// Sets or removes what a record says.
    pub(crate) fn set(&mut self, record: Uuid, event: Option<Event>) {
        match event {
            Some(event) => self.0.insert(record, event),
            None => self.0.remove(&record),
        };
    }

    /// The furthest state by slip and service.
    pub(crate) fn furthest(&self) -> Furthest {
        let mut furthest = HashMap::new();
        for event in self.0.values() {
            let state = furthest.entry((event.slip.clone(), event.service.clone())).or_insert(event.status);
            if event.status.rank() > state.rank() {
                *state = event.status;
            }
        }
        Furthest(furthest)
    }
}

/// The furthest state that events tell, by slip and service.
#[derive(Debug, Clone, Default)]
pub struct Furthest(HashMap<(String, String), ReferralStatus>);

impl Furthest {
    /// Where a slip of a service stands, by its record's own word and that of the events.
    pub(crate) fn state(&self, slip: Option<&str>, service: &str, own: ReferralStatus) -> ReferralStatus {
        if self.0.is_empty() {
            return own;
        }
        let told = slip.and_then(|slip| self.0.get(&(slip.to_owned(), service.to_owned())));
        told.copied().filter(|told| told.rank() > own.rank()).unwrap_or(own)
    }

    /// Where a referral stands.
    pub(crate) fn of(&self, referral: &Referral) -> ReferralStatus {
        self.state(referral.slip.as_deref(), referral.service.as_str(), referral.status)
    }

    /// Slips about which two states of knowledge differ.
    pub(crate) fn changed_slips(&self, after: &Self) -> BTreeSet<String> {
        let differs = |(key, state): (&(String, String), &ReferralStatus), other: &Self| other.0.get(key) != Some(state);
        let gone = self.0.iter().filter(|one| differs(*one, after)).map(|(key, _)| key.0.clone());
        let come = after.0.iter().filter(|one| differs(*one, self)).map(|(key, _)| key.0.clone());
        gone.chain(come).collect()
    }
}
