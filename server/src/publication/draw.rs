//! Draws: from exact cells to protected figures, once; and the sums of protected months.

use std::collections::BTreeMap;

use rounds_shared::catalogue::Catalogue;

use super::cells::{Cut, ExactCells};
use super::measure::{self, Rule};
use super::round::Exact;

/// A protected figure, and whether there was anything at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The figure that all thresholds act on.
    pub p: i64,
    /// The exact figure was above zero.
    pub any: bool,
}

impl Drawn {
    /// Whether the display rule hides it.
    pub(super) fn is_low(self, threshold: i64) -> bool {
        self.any && self.p < threshold
    }
}

/// Protected figures of a period by cell and id.
pub(super) type Figures = BTreeMap<Cut, BTreeMap<String, Drawn>>;

/// Draws every figure of a period.
///
/// A total that is published exactly but has too few recipients is drawn like its parts, so that no sum of periods can carry it.
pub(super) fn draw(exact: &ExactCells, catalogue: &Catalogue, threshold: i64) -> Figures {
    let ids = exact.ids();
    exact
        .iter()
        .map(|(cut, cell)| {
            let figures = ids
                .iter()
                .map(|id| (id.clone(), figure(cut, cell, id, measure::rule(id, catalogue), threshold)))
                .collect();
            (cut.clone(), figures)
        })
        .collect()
}

fn figure(cut: &Cut, cell: &BTreeMap<String, Exact>, id: &str, rule: Rule, threshold: i64) -> Drawn {
    let exact = cell.get(id).copied().unwrap_or_default();
    let rounded = exact.rounded(rule.base);
    let recipients = cell.get(&measure::recipients(id)).copied().unwrap_or_default();
    let few = Drawn {
        p: recipients.rounded(super::round::COUNT_BASE),
        any: recipients.n > 0,
    }
    .is_low(threshold);
    let p = if rule.exact_total && cut.is_total() && !few {
        exact.n
    } else {
        rounded
    };
    Drawn { p, any: exact.n > 0 }
}

/// Adds a protected month to the figures of its quarter or year. People are left out, because they never add up.
pub(super) fn add_month(sums: &mut Figures, month: Figures) {
    for (cut, cell) in month {
        let to = sums.entry(cut).or_default();
        for (id, drawn) in cell.into_iter().filter(|(id, _)| measure::is_drawn(id) && id != measure::PEOPLE) {
            let sum = to.entry(id).or_default();
            sum.p += drawn.p;
            sum.any |= drawn.any;
        }
    }
}

/// Puts the people of a period, cells of their own, beside its sums.
pub(super) fn with_people(mut sums: Figures, people: &ExactCells, catalogue: &Catalogue) -> Figures {
    let rule = measure::rule(measure::PEOPLE, catalogue);
    for (cut, cell) in people.iter() {
        let exact = cell.get(measure::PEOPLE).copied().unwrap_or_default();
        let drawn = Drawn {
            p: exact.rounded(rule.base),
            any: exact.n > 0,
        };
        sums.entry(cut.clone()).or_default().insert(measure::PEOPLE.to_owned(), drawn);
    }
    sums
}
