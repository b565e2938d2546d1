//! Names of the figures that are drawn, that is rounded from exact ones, and the rule of each.
//!
//! An id is `name` or `name.part`; parts are items, methods, reasons and services. Every quantity has its recipients under
//! `recipients.` and its own id.

use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::Code;
use rounds_shared::record::{NaloxoneReason, ReturnMethod};

use super::round::{COUNT_BASE, NALOXONE_BASE, PEOPLE_BASE, SYRINGE_BASE};

pub(super) const CONTACTS: &str = "contacts";
pub(super) const NEW: &str = "new_contacts";
pub(super) const PEOPLE: &str = "people";
pub(super) const WITH_CODE: &str = "contacts_with_code";
pub(super) const FOR_OTHERS: &str = "for_others";
pub(super) const SYRINGES_OUT: &str = "syringes_out";
pub(super) const SYRINGES_IN: &str = "syringes_in";
pub(super) const KITS: &str = "naloxone_kits";
pub(super) const KITS_BY_REASON: &str = "naloxone_by_reason";
pub(super) const OFFERED: &str = "referrals_offered";
pub(super) const ISSUED: &str = "referrals_issued";
pub(super) const ATTENDED: &str = "referrals_attended";
pub(super) const COMPLETED: &str = "referrals_completed";
pub(super) const KNOWN: &str = "referrals_known_outcome";
const RECIPIENTS: &str = "recipients";

/// Figures that every period has, zero or not. Parts are there when the programme has any of them in the period.
pub(super) const ALWAYS: [&str; 14] = [
    CONTACTS,
    NEW,
    PEOPLE,
    WITH_CODE,
    FOR_OTHERS,
    SYRINGES_OUT,
    SYRINGES_IN,
    "recipients.syringes_out",
    "recipients.syringes_in",
    OFFERED,
    ISSUED,
    ATTENDED,
    COMPLETED,
    KNOWN,
];

/// How a figure is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    /// Rounding base.
    pub base: i64,
    /// A quantity: withheld with its recipients.
    pub quantity: bool,
    /// The programme's total is published exactly, because programmes must account for it.
    pub exact_total: bool,
}

/// Name and part of an id.
pub(super) fn split(id: &str) -> (&str, Option<&str>) {
    match id.split_once('.') {
        Some((name, part)) => (name, Some(part)),
        None => (id, None),
    }
}

/// Id of a part.
pub(super) fn part(name: &str, part: &str) -> String {
    format!("{name}.{part}")
}

/// Id of the recipients of a quantity.
pub(super) fn recipients(id: &str) -> String {
    format!("{RECIPIENTS}.{id}")
}

/// Whether a figure is a quantity with recipients of its own.
pub(super) fn is_quantity(id: &str) -> bool {
    matches!(
        split(id),
        (SYRINGES_OUT, None) | (SYRINGES_IN, _) | (KITS, Some(_)) | (KITS_BY_REASON, Some(_))
    )
}

/// Whether a figure is drawn; all others follow from drawn ones.
pub(super) fn is_drawn(id: &str) -> bool {
    let name = split(id).0;
    is_quantity(id)
        || name == RECIPIENTS
        || [
            CONTACTS, NEW, PEOPLE, WITH_CODE, FOR_OTHERS, OFFERED, ISSUED, ATTENDED, COMPLETED, KNOWN,
        ]
        .contains(&name)
}

/// The rule of a drawn figure.
pub(super) fn rule(id: &str, catalogue: &Catalogue) -> Rule {
    let (name, part) = split(id);
    let base = match (name, part) {
        (PEOPLE | FOR_OTHERS, _) => PEOPLE_BASE,
        (SYRINGES_OUT | SYRINGES_IN, _) => SYRINGE_BASE,
        (KITS, Some(item)) => Code::parse(item)
            .ok()
            .and_then(|code| catalogue.item(&code).map(|item| item.base))
            .unwrap_or(NALOXONE_BASE),
        (KITS_BY_REASON, _) => NALOXONE_BASE,
        _ => COUNT_BASE,
    };
    Rule {
        base,
        quantity: is_quantity(id),
        exact_total: matches!((name, part), (SYRINGES_OUT | SYRINGES_IN, None) | (KITS, Some(_))),
    }
}

/// Whether an indicator has parts and no whole.
pub(super) fn is_only_parts(id: &str) -> bool {
    [KITS_BY_REASON, "recipients.naloxone_kits", "recipients.naloxone_by_reason"].contains(&id)
}

/// Parts that an indicator can have.
pub(super) fn parts<'a>(id: &str, catalogue: &'a Catalogue) -> Vec<&'a str> {
    let name = id.strip_prefix(RECIPIENTS).and_then(|rest| rest.strip_prefix('.')).unwrap_or(id);
    match name {
        SYRINGES_IN => ReturnMethod::ALL.iter().map(|method| method.as_str()).collect(),
        KITS_BY_REASON => NaloxoneReason::ALL.iter().map(|reason| reason.as_str()).collect(),
        _ if name.starts_with("naloxone_") => {
            let products = catalogue.items.iter().filter(|item| item.doses_per_unit > 0);
            products.map(|item| item.code.as_str()).collect()
        }
        _ if name.starts_with("referral") => catalogue.services.iter().map(|service| service.code.as_str()).collect(),
        _ => Vec::new(),
    }
}
