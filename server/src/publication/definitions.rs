//! What each published indicator is: number, formula, denominator, standard and protection, in the words that readers get.

use rounds_shared::catalogue::{Catalogue, Labels};
use rounds_shared::indicator::{IndicatorDefinition, Unit};

use super::{measure, release};

const COUNT: &str = "Rounded to base 5 by random rounding with cell keys; hidden below the threshold.";
const CODES: &str = "Rounded to base 10 by random rounding with cell keys. Codes are not people: never add months, sites or groups up.";
const SERVED: &str = "Rounded to base 10 by random rounding with cell keys; hidden below the threshold.";
const QUANTITY: &str = "Exact for the whole programme, rounded to base 20 by site or group; withheld where its contacts are hidden.";
const METHOD: &str = "Rounded to base 20; withheld where its contacts are hidden.";
const PRODUCT: &str =
    "Exact for the whole programme, rounded to the product's base by site or group; withheld where its contacts are hidden.";
const PRODUCTS: &str = "Sum of the published products; withheld when one of them is.";
const REASON: &str = "Rounded to base 5; withheld where its contacts are hidden.";
const FOLLOWS: &str = "Computed from published figures; empty when one of them is hidden.";

const STATE: &str = "State reports";
const GAM: &str = "UNAIDS GAM, WHO PRV.10, EUDA";
const NALOXONE: &str = "Take-home naloxone";
const FUNDERS: &str = "Funders' referral tables";
const LOCAL: &str = "Local";
const QUALITY: &str = "Quality";

struct Entry {
    id: &'static str,
    number: &'static str,
    name: &'static str,
    formula: &'static str,
    denominator: Option<&'static str>,
    standard: &'static str,
    protection: &'static str,
    part_protection: &'static str,
    unit: Unit,
}

impl Entry {
    const fn new(id: &'static str, number: &'static str, name: &'static str, formula: &'static str, unit: Unit) -> Self {
        Self {
            id,
            number,
            name,
            formula,
            denominator: None,
            standard: LOCAL,
            protection: COUNT,
            part_protection: COUNT,
            unit,
        }
    }

    const fn standard(self, standard: &'static str) -> Self {
        Self { standard, ..self }
    }

    const fn protected(self, whole: &'static str, part: &'static str) -> Self {
        Self {
            protection: whole,
            part_protection: part,
            ..self
        }
    }

    const fn over(self, denominator: &'static str) -> Self {
        Self {
            denominator: Some(denominator),
            ..self.protected(FOLLOWS, FOLLOWS)
        }
    }
}

/// In the order of tables; the parts of an indicator stand right behind it.
static ENTRIES: [Entry; 24] = [
    Entry::new(measure::CONTACTS, "I1", "Contacts", "Contacts, not voided", Unit::Count).standard("EUDA, state reports, SHaRP 06"),
    Entry::new(
        measure::NEW,
        "I2",
        "New contacts",
        "Contacts with somebody new to the programme",
        Unit::Count,
    )
    .standard(STATE),
    Entry::new(
        measure::PEOPLE,
        "I3",
        "Unique codes",
        "Distinct client codes of the period and place",
        Unit::Count,
    )
    .standard("KP_PREV, WHO PRV.8, EUDA")
    .protected(CODES, CODES),
    Entry::new(
        measure::WITH_CODE,
        "I4",
        "Contacts with a code",
        "Contacts in which a client code was given",
        Unit::Count,
    )
    .standard(QUALITY),
    Entry::new(
        release::CODE_USE,
        "I4",
        "Code-use rate",
        "Contacts with a code / contacts",
        Unit::Share,
    )
    .standard(QUALITY)
    .over("Contacts"),
    Entry::new(
        measure::FOR_OTHERS,
        "I5",
        "Served through others",
        "Sum of the people that contacts carried for",
        Unit::Count,
    )
    .protected(SERVED, SERVED),
    Entry::new(
        release::REACH,
        "I5",
        "Reach including secondary",
        "Contacts + served through others; never people",
        Unit::Count,
    )
    .protected(FOLLOWS, FOLLOWS),
    Entry::new(
        measure::SYRINGES_OUT,
        "I6",
        "Syringes handed out",
        "Σ quantity × syringes per unit, handed out",
        Unit::Quantity,
    )
    .standard(GAM)
    .protected(QUANTITY, METHOD),
    Entry::new(
        "recipients.syringes_out",
        "I6",
        "Contacts with syringes out",
        "Contacts with a syringe or more handed out",
        Unit::Count,
    ),
    Entry::new(
        measure::SYRINGES_IN,
        "I6",
        "Syringes taken back",
        "Σ quantity × syringes per unit, taken back; all but counted ones are estimates",
        Unit::Quantity,
    )
    .standard(GAM)
    .protected(QUANTITY, METHOD),
    Entry::new(
        "recipients.syringes_in",
        "I6",
        "Contacts with syringes back",
        "Contacts with a syringe or more taken back",
        Unit::Count,
    ),
    Entry::new(
        release::RETURN_RATIO,
        "I7",
        "Return ratio",
        "Syringes taken back / handed out; may exceed 1",
        Unit::Ratio,
    )
    .standard("Waste")
    .over("Syringes handed out"),
    Entry::new(measure::KITS, "I11", "Naloxone kits", "Σ kits handed out", Unit::Quantity)
        .standard(NALOXONE)
        .protected(PRODUCTS, PRODUCT),
    Entry::new(
        "recipients.naloxone_kits",
        "I11",
        "Contacts with naloxone",
        "Contacts given the product",
        Unit::Count,
    )
    .standard(NALOXONE),
    Entry::new(release::DOSES, "I11", "Naloxone doses", "Σ kits × doses per kit", Unit::Quantity)
        .standard(NALOXONE)
        .protected(PRODUCTS, PRODUCTS),
    Entry::new(
        measure::KITS_BY_REASON,
        "I11",
        "Naloxone kits by reason",
        "Σ kits handed out for the reason",
        Unit::Quantity,
    )
    .standard(NALOXONE)
    .protected(REASON, REASON),
    Entry::new(
        "recipients.naloxone_by_reason",
        "I11",
        "Contacts with naloxone by reason",
        "Contacts given kits for the reason",
        Unit::Count,
    )
    .standard(NALOXONE),
    Entry::new(
        measure::OFFERED,
        "I15",
        "Referrals offered",
        "Referrals offered or further",
        Unit::Count,
    )
    .standard(FUNDERS),
    Entry::new(
        measure::ISSUED,
        "I15",
        "Referrals issued",
        "Referrals issued or further",
        Unit::Count,
    )
    .standard(FUNDERS),
    Entry::new(
        measure::ATTENDED,
        "I15",
        "Referrals attended",
        "Referrals attended or further",
        Unit::Count,
    )
    .standard(FUNDERS),
    Entry::new(measure::COMPLETED, "I15", "Referrals completed", "Referrals completed", Unit::Count).standard(FUNDERS),
    Entry::new(
        release::COMPLETION,
        "I15",
        "Referral completion",
        "Referrals completed / issued",
        Unit::Share,
    )
    .standard(FUNDERS)
    .over("Referrals issued"),
    Entry::new(
        measure::KNOWN,
        "I15",
        "Referrals with known outcome",
        "Issued referrals whose outcome is known",
        Unit::Count,
    )
    .standard(FUNDERS),
    Entry::new(
        release::KNOWN_SHARE,
        "I15",
        "Known outcome",
        "Referrals with known outcome / issued",
        Unit::Share,
    )
    .standard(FUNDERS)
    .over("Referrals issued"),
];

fn find(id: &str) -> Option<(usize, &'static Entry, Option<&str>)> {
    ENTRIES.iter().enumerate().find_map(|(n, entry)| {
        let rest = id.strip_prefix(entry.id)?;
        let part = if rest.is_empty() { None } else { Some(rest.strip_prefix('.')?) };
        Some((n, entry, part))
    })
}

/// Place of an indicator in tables; `None` for an id that this version does not publish.
#[must_use]
pub fn position(id: &str) -> Option<(usize, &str)> {
    find(id).map(|(n, _, part)| (n, part.unwrap_or_default()))
}

/// Definition of an indicator; parts carry the labels of the catalogue.
#[must_use]
pub fn definition(id: &str, catalogue: &Catalogue) -> Option<IndicatorDefinition> {
    let (_, entry, part) = find(id)?;
    Some(IndicatorDefinition {
        id: id.to_owned(),
        number: entry.number.to_owned(),
        name: part.map_or_else(
            || entry.name.to_owned(),
            |part| format!("{}: {}", entry.name, part_label(part, catalogue)),
        ),
        formula: entry.formula.to_owned(),
        denominator: entry.denominator.map(str::to_owned),
        standard: entry.standard.to_owned(),
        protection: if part.is_some() { entry.part_protection } else { entry.protection }.to_owned(),
        unit: entry.unit,
    })
}

/// Every definition that the catalogue gives rise to, in the order of tables.
#[must_use]
pub fn definitions(catalogue: &Catalogue) -> Vec<IndicatorDefinition> {
    ENTRIES
        .iter()
        .flat_map(|entry| {
            let whole = (!measure::is_only_parts(entry.id)).then(|| entry.id.to_owned());
            let parts = measure::parts(entry.id, catalogue);
            whole.into_iter().chain(parts.into_iter().map(|part| measure::part(entry.id, part)))
        })
        .filter_map(|id| definition(&id, catalogue))
        .collect()
}

fn part_label(part: &str, catalogue: &Catalogue) -> String {
    let items = catalogue.items.iter().map(|item| (&item.code, &item.label));
    let services = catalogue.services.iter().map(|service| (&service.code, &service.label));
    let found = items.chain(services).find(|(code, _)| code.as_str() == part);
    // Methods and reasons are words of the wire.
    found.map_or_else(|| part.replace('_', " "), |(code, label)| text(label, code.as_str()))
}

/// A label in English, else in the first language there is, else the code.
#[must_use]
pub fn text(label: &Labels, code: &str) -> String {
    label
        .get("en")
        .or_else(|| label.values().next())
        .map_or_else(|| code.to_owned(), Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rounds_shared::catalogue::default_catalogue;

    #[test]
    fn every_id_that_is_published_has_a_definition_and_parts_their_labels() {
        let catalogue = default_catalogue("Harbour").unwrap();
        for id in measure::ALWAYS {
            assert!(definition(id, &catalogue).is_some(), "{id}");
        }
        let name = |id| definition(id, &catalogue).unwrap().name;
        assert_eq!(name("naloxone_doses.naloxone_im"), "Naloxone doses: Naloxone injection");
        assert_eq!(name("referrals_issued.hiv_test"), "Referrals issued: HIV test");
        assert_eq!(name("syringes_in.weighed"), "Syringes taken back: weighed");
        assert_eq!(
            name("recipients.naloxone_by_reason.used_for_overdose"),
            "Contacts with naloxone by reason: used for overdose"
        );
        assert!(definition("syringes_inside", &catalogue).is_none());
        let ids: Vec<String> = definitions(&catalogue).into_iter().map(|d| d.id).collect();
        assert!(ids.contains(&"recipients.naloxone_kits.naloxone_im".to_owned()) && ids.contains(&"referral_completion.oat".to_owned()));
        assert!(!ids.contains(&"naloxone_by_reason".to_owned()));
    }

    #[test]
    fn parts_stand_behind_their_whole() {
        assert!(position("naloxone_kits") < position("naloxone_kits.naloxone_im"));
        assert!(position("naloxone_kits.naloxone_im") < position("naloxone_doses"));
        assert_eq!(position("nonsense"), None);
    }
}
