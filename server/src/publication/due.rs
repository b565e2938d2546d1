//! Which periods are to be published. Pure calendar work, in the programme's dates.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use rounds_shared::time::Period;

/// Days after the end of a month in which phones without network may still report.
pub(super) const DAYS_TO_REPORT: u64 = 14;

/// What is known when the job looks.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    /// Today in the programme's zone.
    pub today: NaiveDate,
    /// Day of the programme's creation.
    pub since: NaiveDate,
    /// Months that have contacts.
    pub with_contacts: BTreeSet<Period>,
    /// Newest release of each published period: when.
    pub released: BTreeMap<Period, i64>,
}

/// Whether a period has ended and phones have had their time.
pub(super) fn is_due(period: Period, today: NaiveDate) -> bool {
    today > period.last_day() + Days::new(DAYS_TO_REPORT)
}

impl Calendar {
    /// Months without a release, oldest first: every one since the programme began, and earlier ones that have contacts.
    pub(super) fn months(&self) -> Vec<Period> {
        let mut months = self.with_contacts.clone();
        let mut day = Period::month_of(self.since).first_day();
        while day <= self.today {
            months.insert(Period::month_of(day));
            day = day + Months::new(1);
        }
        months
            .into_iter()
            .filter(|month| is_due(*month, self.today) && !self.released.contains_key(month))
            .collect()
    }

    /// Quarters and years to publish after some months were: those that hold one of them, have no release or have an older one, once
    /// their own time is over.
    pub(super) fn longer(&self, published: &[Period]) -> Vec<Period> {
        let months: BTreeSet<Period> = self
            .released
            .keys()
            .chain(published)
            .copied()
            .filter(|p| matches!(p, Period::Month(..)))
            .collect();
        let candidates: BTreeSet<Period> = months.iter().flat_map(|month| [month.quarter(), month.year()]).collect();
        candidates
            .into_iter()
            .filter(|period| is_due(*period, self.today))
            .filter(|period| match self.released.get(period) {
                None => true,
                Some(at) => period
                    .months()
                    .iter()
                    .any(|month| published.contains(month) || self.released.get(month).is_some_and(|released| released > at)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    fn texts(periods: &[Period]) -> Vec<String> {
        periods.iter().map(ToString::to_string).collect()
    }

    fn calendar(today: &str) -> Calendar {
        Calendar {
            today: today.parse().unwrap(),
            since: "2026-04-20".parse().unwrap(),
            with_contacts: BTreeSet::new(),
            released: BTreeMap::new(),
        }
    }

    #[test]
    fn a_month_is_due_fifteen_days_after_its_last_day() {
        assert!(!is_due(period("2026-06"), "2026-07-14".parse().unwrap()));
        assert!(is_due(period("2026-06"), "2026-07-15".parse().unwrap()));
    }

    #[test]
    fn months_are_those_since_the_beginning_and_earlier_ones_with_contacts() {
        let mut calendar = calendar("2026-07-15");
        calendar.with_contacts = [period("2025-11"), period("2026-05"), period("2026-07")].into();
        assert_eq!(texts(&calendar.months()), ["2025-11", "2026-04", "2026-05", "2026-06"]);
        calendar.released.insert(period("2026-05"), 1);
        assert_eq!(texts(&calendar.months()), ["2025-11", "2026-04", "2026-06"]);
    }

    #[test]
    fn a_quarter_follows_its_last_month_and_again_when_a_month_is_newer() {
        let mut calendar = calendar("2026-07-14");
        let months = [period("2026-04"), period("2026-05")];
        assert_eq!(texts(&calendar.longer(&months)), Vec::<String>::new());
        calendar.today = "2026-07-15".parse().unwrap();
        assert_eq!(texts(&calendar.longer(&months)), ["2026-Q2"]);
        calendar.released = [(period("2026-04"), 5), (period("2026-Q2"), 7)].into();
        assert_eq!(texts(&calendar.longer(&[])), Vec::<String>::new());
        assert_eq!(texts(&calendar.longer(&[period("2026-06")])), ["2026-Q2"]);
        calendar.released.insert(period("2026-05"), 8);
        assert_eq!(texts(&calendar.longer(&[])), ["2026-Q2"]);
    }

    #[test]
    fn a_year_is_due_with_its_december() {
        let mut calendar = calendar("2027-01-15");
        calendar.released = [(period("2026-12"), 5), (period("2026-Q4"), 5)].into();
        assert_eq!(texts(&calendar.longer(&[])), ["2026"]);
    }
}
