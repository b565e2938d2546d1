//! The catalogue that a new programme starts with. Its labels stand in one file per language beside this one; a language that has no
//! file falls back to English on the phone.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::tables::{
    AGE_BANDS, CARDS, EXPENSE_KINDS, GENDERS, INCIDENT_KINDS, ITEMS, KITS, LANGUAGES, Lines, MODULES, PERPETRATORS, SERVICES, SUPPORTS,
    SYRINGES_PER_KG, TOPICS,
};
use super::{AgeBand, Card, Catalogue, Choice, Gender, Item, Kit, KitLine, Labels, Pad, ReturnMeasure, Service};
use crate::ids::{Code, CodeError};
use crate::record::ReturnMethod;

/// Labels of a language: list → code → label.
type Lists = BTreeMap<String, BTreeMap<String, String>>;

/// A page of the guide in one language.
#[derive(Deserialize)]
struct CardText {
    title: String,
    body: String,
}

/// Why the built-in files could not be read; a test holds that they can.
#[derive(Debug, thiserror::Error)]
pub enum DefaultsError {
    /// A code is malformed.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// A file of labels is malformed.
    #[error(transparent)]
    Labels(#[from] serde_json::Error),
}

struct Texts {
    lists: Vec<(&'static str, Lists)>,
    cards: Vec<(&'static str, BTreeMap<String, CardText>)>,
}

impl Texts {
    fn read() -> Result<Self, serde_json::Error> {
        let mut texts = Self {
            lists: Vec::new(),
            cards: Vec::new(),
        };
        for (tag, labels, cards) in LANGUAGES {
            texts.lists.push((tag, serde_json::from_str(labels)?));
            texts.cards.push((tag, serde_json::from_str(cards)?));
        }
        Ok(texts)
    }

    fn label(&self, list: &str, code: &str) -> Labels {
        let of = |(tag, lists): &(&str, Lists)| Some(((*tag).to_owned(), lists.get(list)?.get(code)?.clone()));
        self.lists.iter().filter_map(of).collect()
    }

    fn card(&self, code: &str, part: fn(&CardText) -> &String) -> Labels {
        let of = |(tag, cards): &(&str, BTreeMap<String, CardText>)| Some(((*tag).to_owned(), part(cards.get(code)?).clone()));
        self.cards.iter().filter_map(of).collect()
    }

    fn choices(&self, list: &str, codes: &[&str]) -> Result<Vec<Choice>, CodeError> {
        let choice = |code: &&str| {
            Ok(Choice {
                code: Code::parse(code)?,
                label: self.label(list, code),
                icon: None,
                retired: false,
            })
        };
        codes.iter().map(choice).collect()
    }
}

/// Builds the default catalogue, version 1, without sites.
///
/// # Errors
/// [`DefaultsError`] only if a built-in code or file were malformed; a test holds that none is.
pub fn default_catalogue(name: &str) -> Result<Catalogue, DefaultsError> {
    let texts = Texts::read()?;
    Ok(Catalogue {
        version: 1,
        name: name.to_owned(),
        genders: genders(&texts)?,
        age_bands: age_bands(&texts)?,
        items: items(&texts)?,
        kits: kits(&texts)?,
        services: services(&texts)?,
        providers: Vec::new(),
        sites: Vec::new(),
        topics: texts.choices("topics", TOPICS)?,
        areas: Vec::new(),
        incident_kinds: texts.choices("incident_kinds", INCIDENT_KINDS)?,
        perpetrators: texts.choices("perpetrators", PERPETRATORS)?,
        supports: texts.choices("supports", SUPPORTS)?,
        expense_kinds: texts.choices("expense_kinds", EXPENSE_KINDS)?,
        modules: texts.choices("modules", MODULES)?,
        cards: cards(&texts)?,
        languages: vec!["en".to_owned()],
        currency: super::euro(),
        shift_close_hour: super::six(),
        pad: Pad {
            syringe_item: Code::parse("ns_1ml")?,
            return_item: Code::parse("used_syringe")?,
            naloxone_item: Code::parse("naloxone_nasal")?,
            tiles: codes(&["kit_10", "condom", "foil"])?,
            services: codes(&["hiv_test", "hcv_test", "oat"])?,
            tests: codes(&["hiv_test", "hcv_test"])?,
            assume_injects: true,
            minor_notice: texts.label("notices", "minor"),
            measures: vec![ReturnMeasure {
                method: ReturnMethod::Weighed,
                unit: "kg".to_owned(),
                factor: SYRINGES_PER_KG,
            }],
        },
    })
}

fn codes(list: &[&str]) -> Result<Vec<Code>, CodeError> {
    list.iter().map(|code| Code::parse(code)).collect()
}

fn genders(texts: &Texts) -> Result<Vec<Gender>, CodeError> {
    let gender = |(code, row): &(&str, Option<&str>)| {
        Ok(Gender {
            code: Code::parse(code)?,
            label: texts.label("genders", code),
            standard: Code::parse(code)?,
            row: row.map(Code::parse).transpose()?,
        })
    };
    GENDERS.iter().map(gender).collect()
}

fn age_bands(texts: &Texts) -> Result<Vec<AgeBand>, CodeError> {
    let band = |(code, standard, minor): &(&str, &str, bool)| {
        Ok(AgeBand {
            code: Code::parse(code)?,
            label: texts.label("age_bands", code),
            standard: Code::parse(standard)?,
            minor: *minor,
        })
    };
    AGE_BANDS.iter().map(band).collect()
}

fn items(texts: &Texts) -> Result<Vec<Item>, CodeError> {
    let item = |(code, icon, syringes, doses, base): &(&str, &str, i64, i64, i64)| {
        let quick = if *syringes > 0 {
            vec![1, 5, 10, 20, 50]
        } else if *doses > 0 {
            vec![1, 2]
        } else {
            vec![1, 3, 10]
        };
        Ok(Item {
            code: Code::parse(code)?,
            label: texts.label("items", code),
            icon: (*icon).to_owned(),
            syringes_per_unit: *syringes,
            doses_per_unit: *doses,
            quick,
            base: *base,
            stock: !matches!(*code, "used_syringe" | "leaflet" | "food_water"),
            retired: false,
        })
    };
    ITEMS.iter().map(item).collect()
}

fn kits(texts: &Texts) -> Result<Vec<Kit>, CodeError> {
    let line = |(item, quantity): &(&str, i64)| {
        Ok(KitLine {
            item: Code::parse(item)?,
            quantity: *quantity,
        })
    };
    let kit = |(code, icon, lines): &(&str, &str, Lines)| {
        Ok(Kit {
            code: Code::parse(code)?,
            label: texts.label("kits", code),
            icon: Some((*icon).to_owned()),
            lines: lines.iter().map(line).collect::<Result<_, CodeError>>()?,
            retired: false,
        })
    };
    KITS.iter().map(kit).collect()
}

fn services(texts: &Texts) -> Result<Vec<Service>, CodeError> {
    let service = |(code, icon): &(&str, &str)| {
        Ok(Service {
            code: Code::parse(code)?,
            label: texts.label("services", code),
            icon: (*icon).to_owned(),
            retired: false,
        })
    };
    SERVICES.iter().map(service).collect()
}

fn cards(texts: &Texts) -> Result<Vec<Card>, CodeError> {
    let card = |(code, icon): &(&str, &str)| {
        Ok(Card {
            code: Code::parse(code)?,
            title: texts.card(code, |card| &card.title),
            body: texts.card(code, |card| &card.body),
            icon: (*icon).to_owned(),
            retired: false,
        })
    };
    CARDS.iter().map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_catalogue_names_only_codes_that_it_has() {
        let catalogue = default_catalogue("Harbour").unwrap();
        let item = |code: &Code| catalogue.item(code).is_some();
        assert!(item(&catalogue.pad.syringe_item) && item(&catalogue.pad.return_item) && item(&catalogue.pad.naloxone_item));
        for tile in &catalogue.pad.tiles {
            assert!(item(tile) || catalogue.kits.iter().any(|kit| &kit.code == tile), "{tile}");
        }
        for kit in &catalogue.kits {
            assert!(kit.lines.iter().all(|line| item(&line.item)));
        }
        for service in catalogue.pad.services.iter().chain(&catalogue.pad.tests) {
            assert!(catalogue.services.iter().any(|s| &s.code == service));
        }
    }

    #[test]
    fn every_entry_has_a_label_in_every_language() {
        let catalogue = default_catalogue("Harbour").unwrap();
        let n = LANGUAGES.len();
        let choices = [
            &catalogue.topics,
            &catalogue.incident_kinds,
            &catalogue.perpetrators,
            &catalogue.supports,
            &catalogue.expense_kinds,
            &catalogue.modules,
        ];
        let labels = (catalogue.genders.iter().map(|one| &one.label))
            .chain(catalogue.age_bands.iter().map(|one| &one.label))
            .chain(catalogue.items.iter().map(|one| &one.label))
            .chain(catalogue.kits.iter().map(|one| &one.label))
            .chain(catalogue.services.iter().map(|one| &one.label))
            .chain(choices.into_iter().flatten().map(|one| &one.label))
            .chain(catalogue.cards.iter().flat_map(|one| [&one.title, &one.body]))
            .chain([&catalogue.pad.minor_notice]);
        for label in labels {
            assert_eq!(label.len(), n, "{label:?}");
        }
    }
}
