//! The catalogue that a new programme starts with. Labels are English; a programme adds its own languages.

use super::{AgeBand, Catalogue, Gender, Item, Kit, KitLine, Labels, Pad, Service, Topic};
use crate::ids::{Code, CodeError};

fn label(text: &str) -> Labels {
    Labels::from([("en".to_owned(), text.to_owned())])
}

/// Builds the default catalogue, version 1, without sites.
///
/// # Errors
/// [`CodeError`] only if a built-in code were malformed; a test holds that none is.
pub fn default_catalogue(name: &str) -> Result<Catalogue, CodeError> {
    Ok(Catalogue {
        version: 1,
        name: name.to_owned(),
        genders: genders()?,
        age_bands: age_bands()?,
        items: items()?,
        kits: vec![
            kit(
                "kit_10",
                "Kit 10",
                &[("ns_1ml", 10), ("cooker", 5), ("filter", 5), ("water", 10), ("swab", 10)],
            )?,
            kit("kit_smoke", "Smoking kit", &[("pipe", 1), ("mouthpiece", 2), ("foil", 5)])?,
        ],
        services: services()?,
        providers: Vec::new(),
        sites: Vec::new(),
        topics: topics()?,
        pad: Pad {
            syringe_item: Code::parse("ns_1ml")?,
            return_item: Code::parse("used_syringe")?,
            naloxone_item: Code::parse("naloxone_nasal")?,
            tiles: codes(&["kit_10", "condom", "foil"])?,
            services: codes(&["hiv_test", "hcv_test", "oat"])?,
            tests: codes(&["hiv_test", "hcv_test"])?,
            assume_injects: true,
            minor_notice: label("Under 18: follow your programme's child-protection steps. Saving works as always."),
        },
    })
}

fn codes(list: &[&str]) -> Result<Vec<Code>, CodeError> {
    list.iter().map(|code| Code::parse(code)).collect()
}

fn genders() -> Result<Vec<Gender>, CodeError> {
    [
        ("man", "Man", None),
        ("woman", "Woman", None),
        ("trans_man", "Trans man", Some("trans")),
        ("trans_woman", "Trans woman", Some("trans")),
        ("other", "Other", None),
        ("unknown", "Not known", None),
    ]
    .into_iter()
    .map(|(code, text, row)| {
        Ok(Gender {
            code: Code::parse(code)?,
            label: label(text),
            standard: Code::parse(code)?,
            row: row.map(Code::parse).transpose()?,
        })
    })
    .collect()
}

fn age_bands() -> Result<Vec<AgeBand>, CodeError> {
    [
        ("<18", "<18", "under_25", true),
        ("18-24", "18–24", "under_25", false),
        ("25-34", "25–34", "25_plus", false),
        ("35-49", "35–49", "25_plus", false),
        ("50+", "50+", "25_plus", false),
        ("unknown", "Not known", "unknown", false),
    ]
    .into_iter()
    .map(|(code, text, standard, minor)| {
        Ok(AgeBand {
            code: Code::parse(code)?,
            label: label(text),
            standard: Code::parse(standard)?,
            minor,
        })
    })
    .collect()
}

fn items() -> Result<Vec<Item>, CodeError> {
    // code, label, icon, syringes, doses, publication base
    [
        ("ns_1ml", "Syringe 1 ml", "syringe", 1, 0, 20),
        ("ns_2ml", "Syringe 2 ml", "syringe", 1, 0, 20),
        ("ns_5ml", "Syringe 5 ml", "syringe", 1, 0, 20),
        ("lds_1ml", "Low dead space 1 ml", "syringe", 1, 0, 20),
        ("needle", "Needle", "needle", 0, 0, 20),
        ("used_syringe", "Used syringe", "return", 1, 0, 20),
        ("cooker", "Cooker", "cooker", 0, 0, 10),
        ("filter", "Filter", "filter", 0, 0, 10),
        ("water", "Water", "water", 0, 0, 10),
        ("acidifier", "Acidifier", "acidifier", 0, 0, 10),
        ("tourniquet", "Tourniquet", "tourniquet", 0, 0, 10),
        ("swab", "Swab", "swab", 0, 0, 10),
        ("foil", "Foil", "foil", 0, 0, 10),
        ("pipe", "Pipe", "pipe", 0, 0, 10),
        ("mouthpiece", "Mouthpiece", "mouthpiece", 0, 0, 10),
        ("condom", "Condoms", "condom", 0, 0, 10),
        ("condom_f", "Female condoms", "condom", 0, 0, 10),
        ("lube", "Lube", "lube", 0, 0, 10),
        ("naloxone_im", "Naloxone injection", "naloxone", 0, 3, 5),
        ("naloxone_nasal", "Naloxone nasal", "naloxone", 0, 2, 5),
        ("sharps_bin", "Sharps bin", "bin", 0, 0, 10),
        ("strip_fentanyl", "Fentanyl strip", "strip", 0, 0, 10),
        ("hiv_self_test", "HIV self-test", "test", 0, 0, 10),
        ("wound_kit", "Wound kit", "wound", 0, 0, 10),
        ("leaflet", "Leaflet", "leaflet", 0, 0, 10),
        ("food_water", "Food or drink", "food", 0, 0, 10),
    ]
    .into_iter()
    .map(|(code, text, icon, syringes, doses, base)| {
        let quick = if syringes > 0 {
            vec![1, 5, 10, 20, 50]
        } else if doses > 0 {
            vec![1, 2]
        } else {
            vec![1, 3, 10]
        };
        Ok(Item {
            code: Code::parse(code)?,
            label: label(text),
            icon: icon.to_owned(),
            syringes_per_unit: syringes,
            doses_per_unit: doses,
            quick,
            base,
            retired: false,
        })
    })
    .collect()
}

fn kit(code: &str, text: &str, lines: &[(&str, i64)]) -> Result<Kit, CodeError> {
    let lines = lines
        .iter()
        .map(|(item, quantity)| {
            Ok(KitLine {
                item: Code::parse(item)?,
                quantity: *quantity,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Kit {
        code: Code::parse(code)?,
        label: label(text),
        lines,
        retired: false,
    })
}

fn services() -> Result<Vec<Service>, CodeError> {
    [
        ("hiv_test", "HIV test", "test"),
        ("hcv_test", "HCV test", "test"),
        ("hbv", "Hepatitis B", "vaccine"),
        ("tb", "TB", "lungs"),
        ("oat", "OAT", "cup"),
        ("art", "ART", "pill"),
        ("srh", "Sexual health", "heart"),
        ("wound_care", "Wound care", "wound"),
        ("overdose_care", "Overdose care", "pulse"),
        ("mental_health", "Mental health", "talk"),
        ("shelter", "Shelter", "home"),
        ("legal", "Legal help", "scales"),
        ("violence_support", "Violence support", "shield"),
        ("treatment", "Treatment", "clinic"),
        ("benefits", "Benefits", "card"),
        ("food", "Food", "food"),
    ]
    .into_iter()
    .map(|(code, text, icon)| {
        Ok(Service {
            code: Code::parse(code)?,
            label: label(text),
            icon: icon.to_owned(),
            retired: false,
        })
    })
    .collect()
}

fn topics() -> Result<Vec<Topic>, CodeError> {
    [
        ("safer_use", "Safer use"),
        ("overdose", "Overdose response"),
        ("hiv", "HIV"),
        ("hepatitis", "Hepatitis"),
        ("sexual_health", "Sexual health"),
        ("rights", "Rights"),
        ("wellbeing", "Wellbeing"),
    ]
    .into_iter()
    .map(|(code, text)| {
        Ok(Topic {
            code: Code::parse(code)?,
            label: label(text),
            retired: false,
        })
    })
    .collect()
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
}
