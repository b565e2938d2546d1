//! The tables behind the default catalogue: codes with what is fixed about them. Their labels stand in the files of the languages.

/// Languages with labels, and the file of each.
pub(super) const LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", include_str!("labels/en.json"), include_str!("cards/en.json")),
    ("sw", include_str!("labels/sw.json"), include_str!("cards/sw.json")),
    ("fr", include_str!("labels/fr.json"), include_str!("cards/fr.json")),
    ("pt", include_str!("labels/pt.json"), include_str!("cards/pt.json")),
    ("ar", include_str!("labels/ar.json"), include_str!("cards/ar.json")),
];

/// Pieces in a kilogram of used syringes: one state's formula is 281 a pound.
pub(super) const SYRINGES_PER_KG: f64 = 619.0;

// code, icon, syringes, doses, publication base
pub(super) const ITEMS: &[(&str, &str, i64, i64, i64)] = &[
    ("ns_1ml", "syringe", 1, 0, 20),
    ("ns_2ml", "syringe", 1, 0, 20),
    ("ns_5ml", "syringe", 1, 0, 20),
    ("lds_1ml", "syringe", 1, 0, 20),
    ("needle", "needle", 0, 0, 20),
    ("used_syringe", "return", 1, 0, 20),
    ("cooker", "cooker", 0, 0, 10),
    ("filter", "filter", 0, 0, 10),
    ("water", "water", 0, 0, 10),
    ("acidifier", "acidifier", 0, 0, 10),
    ("tourniquet", "tourniquet", 0, 0, 10),
    ("swab", "swab", 0, 0, 10),
    ("foil", "foil", 0, 0, 10),
    ("pipe", "pipe", 0, 0, 10),
    ("mouthpiece", "mouthpiece", 0, 0, 10),
    ("condom", "condom", 0, 0, 10),
    ("condom_f", "condom_f", 0, 0, 10),
    ("lube", "lube", 0, 0, 10),
    ("naloxone_im", "vial", 0, 3, 5),
    ("naloxone_nasal", "naloxone", 0, 2, 5),
    ("sharps_bin", "sharps", 0, 0, 10),
    ("strip_fentanyl", "strip", 0, 0, 10),
    ("hiv_self_test", "cassette", 0, 0, 10),
    ("wound_kit", "wound", 0, 0, 10),
    ("leaflet", "leaflet", 0, 0, 10),
    ("food_water", "food", 0, 0, 10),
];

// code, icon
pub(super) const SERVICES: &[(&str, &str)] = &[
    ("hiv_test", "ribbon"),
    ("hcv_test", "test"),
    ("hbv", "liver"),
    ("tb", "lungs"),
    ("oat", "cup"),
    ("art", "pill"),
    ("srh", "heart"),
    ("wound_care", "wound"),
    ("overdose_care", "pulse"),
    ("mental_health", "mind"),
    ("shelter", "home"),
    ("legal", "scales"),
    ("violence_support", "shield"),
    ("treatment", "clinic"),
    ("benefits", "card"),
    ("food", "food"),
];

// code, row of the pad that it shares
pub(super) const GENDERS: &[(&str, Option<&str>)] = &[
    ("man", None),
    ("woman", None),
    ("trans_man", Some("trans")),
    ("trans_woman", Some("trans")),
    ("other", None),
    ("unknown", None),
];

// code, WHO set, of children
pub(super) const AGE_BANDS: &[(&str, &str, bool)] = &[
    ("<18", "under_25", true),
    ("18-24", "under_25", false),
    ("25-34", "25_plus", false),
    ("35-49", "25_plus", false),
    ("50+", "25_plus", false),
    ("unknown", "unknown", false),
];

/// Items of a kit with their quantities.
pub(super) type Lines = &'static [(&'static str, i64)];

// code, icon, lines
pub(super) const KITS: &[(&str, &str, Lines)] = &[
    (
        "kit_10",
        "kit",
        &[("ns_1ml", 10), ("cooker", 5), ("filter", 5), ("water", 10), ("swab", 10)],
    ),
    ("kit_smoke", "pipe", &[("pipe", 1), ("mouthpiece", 2), ("foil", 5)]),
];

pub(super) const TOPICS: &[&str] = &["safer_use", "overdose", "hiv", "hepatitis", "sexual_health", "rights", "wellbeing"];

pub(super) const INCIDENT_KINDS: &[&str] = &[
    "violence",
    "theft",
    "harassment",
    "police",
    "discrimination",
    "threat",
    "accident",
    "other",
];

pub(super) const PERPETRATORS: &[&str] = &[
    "police", "partner", "client", "dealer", "family", "public", "staff", "unknown", "other",
];

pub(super) const SUPPORTS: &[&str] = &[
    "first_aid",
    "medical",
    "legal",
    "shelter",
    "listened",
    "accompanied",
    "none",
    "other",
];

pub(super) const EXPENSE_KINDS: &[&str] = &["transport", "food", "childcare", "airtime", "other"];

pub(super) const MODULES: &[&str] = &[
    "outreach_basics",
    "overdose_response",
    "confidentiality",
    "facilitation",
    "mentoring",
];

// code, icon
pub(super) const CARDS: &[(&str, &str)] = &[
    ("overdose", "pulse"),
    ("safety", "shield"),
    ("rights", "scales"),
    ("conduct", "talk"),
    ("confidentiality", "lock"),
];
