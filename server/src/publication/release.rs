//! From protected figures to the cells that evaluators see: display rule, withheld quantities, and what follows by arithmetic.

use std::collections::BTreeMap;

use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::Code;
use rounds_shared::indicator::CellFlag;

use super::cells::Cut;
use super::draw::{Drawn, Figures};
use super::measure;

pub(super) const CODE_USE: &str = "code_use_rate";
pub(super) const REACH: &str = "reach";
pub(super) const RETURN_RATIO: &str = "return_ratio";
pub(super) const DOSES: &str = "naloxone_doses";
pub(super) const COMPLETION: &str = "referral_completion";
pub(super) const KNOWN_SHARE: &str = "referral_known_outcome";

/// A cell as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub cut: Cut,
    pub id: String,
    /// What is shown, absent when flagged.
    pub value: Option<f64>,
    pub flag: Option<CellFlag>,
    /// The protected figure behind it, from which longer periods are added up.
    pub carry: i64,
}

/// What is shown of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Value(i64),
    Hidden(CellFlag),
}

impl Shown {
    fn value(self) -> Option<i64> {
        match self {
            Self::Value(n) => Some(n),
            Self::Hidden(_) => None,
        }
    }
}

/// Every cell of a period.
pub(super) fn cells(figures: &Figures, catalogue: &Catalogue, threshold: i64) -> Vec<Cell> {
    figures
        .iter()
        .flat_map(|(cut, cell)| cut_cells(cut, cell, catalogue, threshold))
        .collect()
}

fn cut_cells(cut: &Cut, figures: &BTreeMap<String, Drawn>, catalogue: &Catalogue, threshold: i64) -> Vec<Cell> {
    let shown: BTreeMap<&str, Shown> = figures.keys().map(|id| (id.as_str(), show(figures, id, threshold))).collect();
    let drawn = shown.iter().map(|(id, shown)| {
        let carry = figures.get(*id).map_or(0, |drawn| drawn.p);
        ((*id).to_owned(), figure(*shown), carry)
    });
    let derived = derive(&shown, catalogue).into_iter().map(|(id, figure)| (id, figure, 0));
    drawn
        .chain(derived)
        .map(|(id, (value, flag), carry)| Cell {
            cut: cut.clone(),
            id,
            value,
            flag,
            carry,
        })
        .collect()
}

/// The display rule. A true zero is shown; all else acts on the protected figure.
fn show(figures: &BTreeMap<String, Drawn>, id: &str, threshold: i64) -> Shown {
    let drawn = figures.get(id).copied().unwrap_or_default();
    if !drawn.any {
        return Shown::Value(0);
    }
    if measure::is_quantity(id) {
        let recipients = figures.get(&measure::recipients(id)).copied().unwrap_or_default();
        if recipients.is_low(threshold) {
            return Shown::Hidden(CellFlag::Withheld);
        }
    }
    if drawn.is_low(threshold) {
        Shown::Hidden(CellFlag::BelowThreshold)
    } else {
        Shown::Value(drawn.p)
    }
}

type Figure = (Option<f64>, Option<CellFlag>);

fn figure(shown: Shown) -> Figure {
    match shown {
        Shown::Value(n) => (Some(to_float(n)), None),
        Shown::Hidden(flag) => (None, Some(flag)),
    }
}

fn to_float(n: i64) -> f64 {
    // Exact up to 2^53; quantities of a contact are bounded far below.
    n as f64
}

/// What follows from shown figures. Nothing here sees a hidden one.
fn derive(shown: &BTreeMap<&str, Shown>, catalogue: &Catalogue) -> Vec<(String, Figure)> {
    let get = |id: &str| shown.get(id).copied().unwrap_or(Shown::Value(0));
    let mut derived = vec![
        (CODE_USE.to_owned(), share(get(measure::WITH_CODE), get(measure::CONTACTS))),
        (REACH.to_owned(), reach(get(measure::CONTACTS), get(measure::FOR_OTHERS))),
        (
            RETURN_RATIO.to_owned(),
            ratio(get(measure::SYRINGES_IN), get(measure::SYRINGES_OUT)),
        ),
    ];
    let (mut kits, mut doses) = (Shown::Value(0), Shown::Value(0));
    for (id, shown) in shown {
        let (measure::KITS, Some(item)) = measure::split(id) else {
            continue;
        };
        let per_unit = Code::parse(item)
            .ok()
            .and_then(|code| catalogue.item(&code).map(|item| item.doses_per_unit))
            .unwrap_or(0);
        let of_item = match shown {
            Shown::Value(n) => Shown::Value(n * per_unit),
            Shown::Hidden(_) => Shown::Hidden(CellFlag::Withheld),
        };
        derived.push((measure::part(DOSES, item), figure(of_item)));
        kits = plus(kits, *shown);
        doses = plus(doses, of_item);
    }
    derived.push((measure::KITS.to_owned(), figure(kits)));
    derived.push((DOSES.to_owned(), figure(doses)));
    for id in shown.keys() {
        let (measure::ISSUED, service) = measure::split(id) else { continue };
        let of = |name: &str| service.map_or_else(|| name.to_owned(), |service| measure::part(name, service));
        derived.push((of(COMPLETION), share(get(&of(measure::COMPLETED)), get(id))));
        derived.push((of(KNOWN_SHARE), share(get(&of(measure::KNOWN)), get(id))));
    }
    derived
}

/// A sum is withheld when a part that is not zero is.
fn plus(sum: Shown, part: Shown) -> Shown {
    match (sum, part) {
        (Shown::Value(a), Shown::Value(b)) => Shown::Value(a + b),
        _ => Shown::Hidden(CellFlag::Withheld),
    }
}

fn reach(contacts: Shown, for_others: Shown) -> Figure {
    match (contacts.value(), for_others.value()) {
        (Some(a), Some(b)) => (Some(to_float(a + b)), None),
        _ => (None, Some(CellFlag::NotComputable)),
    }
}

fn ratio(numerator: Shown, denominator: Shown) -> Figure {
    match (numerator.value(), denominator.value()) {
        (Some(a), Some(b)) if b > 0 => (Some(to_float(a) / to_float(b)), None),
        _ => (None, Some(CellFlag::NotComputable)),
    }
}

/// A ratio of a part to its whole: two draws may show the part above the whole, a share never is.
fn share(part: Shown, whole: Shown) -> Figure {
    let (value, flag) = ratio(part, whole);
    (value.map(|v| v.min(1.0)), flag)
}
