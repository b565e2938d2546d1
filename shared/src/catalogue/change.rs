//! What an edit of a catalogue may not do: forget a code, change what a code counts, or point at something that is not there.

use std::collections::HashSet;

use super::{Catalogue, Choice, Labels};
use crate::ids::Code;
use crate::record::ReturnMethod;
use crate::sync::FieldError;

/// Longest label and longest other text, in characters.
const LABEL: usize = 60;
const TEXT: usize = 400;
/// Longest text of a page of the guide.
const PAGE: usize = 6_000;
/// Most entries of a list.
const ENTRIES: usize = 200;

struct Check<'a> {
    errors: Vec<FieldError>,
    after: &'a Catalogue,
}

/// Errors of a catalogue that is to follow another; empty when it may. Versions are the caller's business.
#[must_use]
pub fn check_change(before: &Catalogue, after: &Catalogue) -> Vec<FieldError> {
    let mut check = Check { errors: Vec::new(), after };
    if before.genders != after.genders {
        check.error("genders", "fixed");
    }
    if before.age_bands != after.age_bands {
        check.error("age_bands", "fixed");
    }
    check.items(before);
    check.lists(before);
    check.services_and_providers(before);
    check.places_and_pages(before);
    check.pad();
    if !(1..=LABEL).contains(&after.name.chars().count()) {
        check.error("name", "length");
    }
    if after.currency.len() != 3 || !after.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        check.error("currency", "currency");
    }
    if !(0..=23).contains(&after.shift_close_hour) {
        check.error("shift_close_hour", "range");
    }
    let languages: HashSet<&String> = after.languages.iter().collect();
    if languages.len() < after.languages.len() || after.languages.len() > 20 || after.languages.iter().any(|tag| !is_tag(tag)) {
        check.error("languages", "language");
    }
    check.errors.sort();
    check.errors
}

/// Two or three letters, perhaps a region.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()));
    first && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

impl Check<'_> {
    fn error(&mut self, path: impl Into<String>, code: &str) {
        self.errors.push(FieldError::new(path, code));
    }

    /// Every label is there in at least one language, and none is too long.
    fn label(&mut self, path: &str, labels: &Labels) {
        if labels.values().all(|text| text.trim().is_empty()) {
            self.error(path, "required");
        }
        self.text(path, labels, LABEL);
    }

    fn text(&mut self, path: &str, labels: &Labels, most: usize) {
        if labels.keys().any(|tag| !is_tag(tag)) {
            self.error(path, "language");
        }
        if labels.values().any(|text| text.chars().count() > most || text.contains('\0')) {
            self.error(path, "length");
        }
    }

    /// Codes stand once each, and none of before is gone.
    fn codes<'c>(&mut self, path: &str, before: impl Iterator<Item = &'c Code>, after: impl Iterator<Item = &'c Code>) {
        let mut seen = HashSet::new();
        for (n, code) in after.enumerate() {
            if !seen.insert(code) {
                self.error(format!("{path}[{n}].code"), "repeated");
            }
        }
        if seen.len() > ENTRIES {
            self.error(path, "length");
        }
        for code in before {
            if !seen.contains(code) {
                // The code is the programme's own, never a value of a person's.
                self.error(format!("{path}.{code}"), "missing");
            }
        }
    }

    fn items(&mut self, before: &Catalogue) {
        let after = self.after;
        self.codes("items", before.items.iter().map(|i| &i.code), after.items.iter().map(|i| &i.code));
        for (n, item) in after.items.iter().enumerate() {
            let path = format!("items[{n}]");
            self.label(&format!("{path}.label"), &item.label);
            let fixed = before.item(&item.code);
            if fixed.is_some_and(|old| (old.syringes_per_unit, old.doses_per_unit) != (item.syringes_per_unit, item.doses_per_unit)) {
                self.error(path.clone(), "fixed");
            }
            if !(0..=1000).contains(&item.syringes_per_unit) {
                self.error(format!("{path}.syringes_per_unit"), "range");
            }
            if !(0..=100).contains(&item.doses_per_unit) {
                self.error(format!("{path}.doses_per_unit"), "range");
            }
            if !(1..=1000).contains(&item.base) {
                self.error(format!("{path}.base"), "range");
            }
            if item.quick.len() > 5 || item.quick.iter().any(|n| !(1..=100_000).contains(n)) {
                self.error(format!("{path}.quick"), "range");
            }
        }
        self.codes("kits", before.kits.iter().map(|k| &k.code), after.kits.iter().map(|k| &k.code));
        for (n, kit) in after.kits.iter().enumerate() {
            self.label(&format!("kits[{n}].label"), &kit.label);
            if kit.lines.is_empty() || kit.lines.len() > 40 {
                self.error(format!("kits[{n}].lines"), "length");
            }
            for (m, line) in kit.lines.iter().enumerate() {
                if after.item(&line.item).is_none() {
                    self.error(format!("kits[{n}].lines[{m}].item"), "unknown_code");
                }
                if !(1..=1000).contains(&line.quantity) {
                    self.error(format!("kits[{n}].lines[{m}].quantity"), "range");
                }
            }
            if after.item(&kit.code).is_some() {
                self.error(format!("kits[{n}].code"), "repeated");
            }
        }
    }

    fn choices(&mut self, path: &str, before: &[Choice], after: &[Choice]) {
        self.codes(path, before.iter().map(|c| &c.code), after.iter().map(|c| &c.code));
        for (n, choice) in after.iter().enumerate() {
            self.label(&format!("{path}[{n}].label"), &choice.label);
        }
    }

    fn lists(&mut self, before: &Catalogue) {
        let after = self.after;
        self.choices("topics", &before.topics, &after.topics);
        self.choices("areas", &before.areas, &after.areas);
        self.choices("incident_kinds", &before.incident_kinds, &after.incident_kinds);
        self.choices("perpetrators", &before.perpetrators, &after.perpetrators);
        self.choices("supports", &before.supports, &after.supports);
        self.choices("expense_kinds", &before.expense_kinds, &after.expense_kinds);
        self.choices("modules", &before.modules, &after.modules);
    }

    fn services_and_providers(&mut self, before: &Catalogue) {
        let after = self.after;
        self.codes(
            "services",
            before.services.iter().map(|s| &s.code),
            after.services.iter().map(|s| &s.code),
        );
        for (n, service) in after.services.iter().enumerate() {
            self.label(&format!("services[{n}].label"), &service.label);
        }
        self.codes(
            "providers",
            before.providers.iter().map(|p| &p.code),
            after.providers.iter().map(|p| &p.code),
        );
        for (n, provider) in after.providers.iter().enumerate() {
            let path = format!("providers[{n}]");
            self.label(&format!("{path}.label"), &provider.label);
            self.text(&format!("{path}.hours"), &provider.hours, TEXT);
            self.text(&format!("{path}.address"), &provider.address, TEXT);
            self.text(&format!("{path}.notes"), &provider.notes, TEXT);
            let number = provider.phone.as_deref().unwrap_or_default();
            if number.len() > 32 || !number.chars().all(|c| c.is_ascii_digit() || " +-()/".contains(c)) {
                self.error(format!("{path}.phone"), "phone");
            }
            for (m, service) in provider.services.iter().enumerate() {
                if !after.services.iter().any(|s| &s.code == service) {
                    self.error(format!("{path}.services[{m}]"), "unknown_code");
                }
            }
        }
    }

    fn places_and_pages(&mut self, before: &Catalogue) {
        let after = self.after;
        self.codes("sites", before.sites.iter().map(|s| &s.code), after.sites.iter().map(|s| &s.code));
        for (n, site) in after.sites.iter().enumerate() {
            self.label(&format!("sites[{n}].label"), &site.label);
            if site.area.as_ref().is_some_and(|area| !super::has_choice(&after.areas, area)) {
                self.error(format!("sites[{n}].area"), "unknown_code");
            }
        }
        self.codes("cards", before.cards.iter().map(|c| &c.code), after.cards.iter().map(|c| &c.code));
        for (n, card) in after.cards.iter().enumerate() {
            self.label(&format!("cards[{n}].title"), &card.title);
            self.text(&format!("cards[{n}].body"), &card.body, PAGE);
        }
    }

    fn pad(&mut self) {
        let after = self.after;
        let live = |code: &Code| after.item(code).is_some_and(|item| !item.retired);
        for (name, code) in [
            ("syringe_item", &after.pad.syringe_item),
            ("return_item", &after.pad.return_item),
            ("naloxone_item", &after.pad.naloxone_item),
        ] {
            if !live(code) {
                self.error(format!("pad.{name}"), "unknown_code");
            }
        }
        if after.pad.tiles.len() > 12 {
            self.error("pad.tiles", "length");
        }
        for (n, code) in after.pad.tiles.iter().enumerate() {
            if !live(code) && !after.kits.iter().any(|kit| &kit.code == code && !kit.retired) {
                self.error(format!("pad.tiles[{n}]"), "unknown_code");
            }
        }
        for (name, list) in [("services", &after.pad.services), ("tests", &after.pad.tests)] {
            for (n, code) in list.iter().enumerate() {
                if !after.services.iter().any(|service| &service.code == code && !service.retired) {
                    self.error(format!("pad.{name}[{n}]"), "unknown_code");
                }
            }
        }
        self.text("pad.minor_notice", &after.pad.minor_notice, TEXT);
        for (n, measure) in after.pad.measures.iter().enumerate() {
            let fits = matches!(measure.method, ReturnMethod::Container | ReturnMethod::Weighed)
                && (0.01..=100_000.0).contains(&measure.factor)
                && (1..=16).contains(&measure.unit.chars().count());
            if !fits {
                self.error(format!("pad.measures[{n}]"), "range");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::default_catalogue;

    #[test]
    fn the_default_catalogue_may_follow_itself() {
        let catalogue = default_catalogue("Harbour").unwrap();
        assert_eq!(check_change(&catalogue, &catalogue), Vec::new());
    }

    #[test]
    fn codes_stay_and_keep_what_they_count() {
        let before = default_catalogue("Harbour").unwrap();
        let mut after = before.clone();
        after.items.retain(|item| item.code.as_str() != "foil");
        after.items[0].syringes_per_unit = 20;
        after.genders.pop();
        after.services[0].label.clear();
        let found: Vec<(String, String)> = check_change(&before, &after).into_iter().map(|e| (e.path, e.code)).collect();
        let expected = [
            ("genders", "fixed"),
            ("items.foil", "missing"),
            ("items[0]", "fixed"),
            ("kits[1].lines[2].item", "unknown_code"),
            ("pad.tiles[2]", "unknown_code"),
            ("services[0].label", "required"),
        ];
        assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
    }

    #[test]
    fn what_the_pad_shows_is_not_retired() {
        let before = default_catalogue("Harbour").unwrap();
        let mut after = before.clone();
        after.items[0].retired = true;
        let found = check_change(&before, &after);
        assert_eq!(found, vec![FieldError::new("pad.syringe_item", "unknown_code")]);
    }
}
