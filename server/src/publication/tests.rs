//! The way from contacts to published cells, without a database.

use rounds_shared::catalogue::{Catalogue, Site, default_catalogue};
use rounds_shared::ids::Code;
use rounds_shared::indicator::CellFlag;
use rounds_shared::record::{Direction, ReferralStatus};
use uuid::Uuid;

use super::cells::{ContactFacts, Cut, ExactCells, LineFacts};
use super::draw::{Drawn, Figures, add_month, draw, with_people};
use super::release::{Cell, cells};

const THRESHOLD: i64 = 10;

fn catalogue() -> Catalogue {
    let mut catalogue = default_catalogue("Harbour").unwrap();
    for code in ["market", "port"] {
        catalogue.sites.push(Site {
            code: Code::parse(code).unwrap(),
            label: [("en".to_owned(), code.to_owned())].into(),
            area: None,
            retired: false,
        });
    }
    catalogue
}

/// A contact with a man at the market and some syringes.
fn contact(n: u128, syringes: i64) -> ContactFacts {
    ContactFacts {
        id: Uuid::from_u128(n),
        site: "market".to_owned(),
        gender: "man".to_owned(),
        age_band: "25-34".to_owned(),
        setting: "street".to_owned(),
        contacts: 1,
        groups: Vec::new(),
        new: false,
        coded: false,
        for_others: 0,
        lines: if syringes > 0 {
            vec![line("ns_1ml", syringes, syringes, 0)]
        } else {
            Vec::new()
        },
        referrals: Vec::new(),
    }
}

fn line(item: &str, quantity: i64, syringes: i64, doses: i64) -> LineFacts {
    LineFacts {
        item: item.to_owned(),
        direction: Direction::Out,
        quantity,
        syringes,
        doses,
        method: None,
        reason: (doses > 0).then(|| "first".to_owned()),
    }
}

/// A key that differs from record to record and is the same on every run.
fn key(id: Uuid) -> u64 {
    u64::try_from(id.as_u128() * 0x9E37_79B9_7F4A_7C15 % (1 << 61)).unwrap()
}

fn exact(contacts: &[ContactFacts]) -> ExactCells {
    let catalogue = catalogue();
    let mut cells = ExactCells::of(&catalogue);
    for contact in contacts {
        cells.add(contact, key(contact.id), &catalogue);
    }
    cells
}

fn drawn(contacts: &[ContactFacts]) -> Figures {
    draw(&exact(contacts), &catalogue(), THRESHOLD)
}

fn find(cells: &[Cell], cut: &Cut, id: &str) -> (Option<f64>, Option<CellFlag>, i64) {
    let cell = cells.iter().find(|cell| &cell.cut == cut && cell.id == id).unwrap();
    (cell.value, cell.flag, cell.carry)
}

fn published(figures: &Figures) -> Vec<Cell> {
    cells(figures, &catalogue(), THRESHOLD)
}

fn total() -> Cut {
    Cut::new("", "", "")
}

#[test]
fn the_same_set_has_the_same_figure_under_whatever_name() {
    for n in [1, 7, 12, 63, 200] {
        let figures = drawn(&(1..=n).map(|n| contact(n, 0)).collect::<Vec<_>>());
        let of = |cut: &Cut| figures[cut]["contacts"];
        let names = [
            total(),
            Cut::new("market", "", ""),
            Cut::new("", "gender", "man"),
            Cut::new("market", "setting", "street"),
        ];
        assert!(names.iter().all(|cut| of(cut) == of(&total())), "{n} contacts");
        assert_eq!(of(&Cut::new("port", "", "")), Drawn { p: 0, any: false });
    }
}

#[test]
fn counts_are_rounded_everywhere_and_quantities_everywhere_but_in_the_programmes_total() {
    let cells = published(&drawn(&(1..=43).map(|n| contact(n, 7)).collect::<Vec<_>>()));
    for cell in cells.iter().filter(|cell| cell.value.is_some()) {
        let base = match cell.id.as_str() {
            "syringes_out" if cell.cut == total() => continue,
            "syringes_out" => 20.0,
            id if id.ends_with("_rate") || id.ends_with("ratio") || id.starts_with("referral_") => continue,
            _ => 5.0,
        };
        let rest = cell.value.unwrap() % base;
        assert!(rest.abs() < f64::EPSILON, "{cell:?}");
    }
    assert_eq!(find(&cells, &total(), "syringes_out"), (Some(301.0), None, 301));
    let (value, flag, _) = find(&cells, &Cut::new("market", "", ""), "syringes_out");
    assert!(flag.is_none() && [300.0, 320.0].contains(&value.unwrap()));
}

#[test]
fn few_contacts_are_hidden_and_their_quantity_is_withheld_and_never_carried_exactly() {
    let cells = published(&drawn(&[contact(1, 23), contact(2, 24)]));
    let (value, flag, carry) = find(&cells, &total(), "contacts");
    assert_eq!((value, flag), (None, Some(CellFlag::BelowThreshold)));
    assert!([0, 5].contains(&carry));
    let (value, flag, carry) = find(&cells, &total(), "syringes_out");
    assert_eq!((value, flag), (None, Some(CellFlag::Withheld)));
    assert_eq!(carry % 20, 0, "the exact 47 would come out of a quarter by subtraction");
    // A ratio of a hidden figure is hidden; a true zero is not.
    assert_eq!(find(&cells, &total(), "return_ratio").1, Some(CellFlag::NotComputable));
    assert_eq!(find(&cells, &total(), "syringes_in"), (Some(0.0), None, 0));
    assert_eq!(find(&cells, &Cut::new("", "gender", "woman"), "contacts"), (Some(0.0), None, 0));
}

#[test]
fn kits_and_doses_follow_from_one_draw_per_product() {
    let with_kits = |n: u128| {
        let mut contact = contact(n, 0);
        contact.lines = vec![line("naloxone_nasal", 2, 0, 4), line("naloxone_im", 1, 0, 3)];
        contact
    };
    let cells = published(&drawn(&(1..=31).map(with_kits).collect::<Vec<_>>()));
    for cut in [total(), Cut::new("market", "", "")] {
        let value = |id: &str| find(&cells, &cut, id).0.unwrap();
        let near = |a: f64, b: f64| (a - b).abs() < f64::EPSILON;
        assert!(near(
            value("naloxone_doses.naloxone_nasal"),
            2.0 * value("naloxone_kits.naloxone_nasal")
        ));
        assert!(near(value("naloxone_doses.naloxone_im"), 3.0 * value("naloxone_kits.naloxone_im")));
        assert!(near(
            value("naloxone_kits"),
            value("naloxone_kits.naloxone_nasal") + value("naloxone_kits.naloxone_im")
        ));
        assert!(near(
            value("naloxone_doses"),
            value("naloxone_doses.naloxone_nasal") + value("naloxone_doses.naloxone_im")
        ));
    }
    assert_eq!(find(&cells, &total(), "naloxone_kits").0, Some(93.0));
    // Two people with a second product hide it, and the sum with it.
    let mut few: Vec<ContactFacts> = (1..=31).map(|n| contact(n, 0)).collect();
    few.iter_mut().for_each(|c| c.lines = vec![line("naloxone_nasal", 1, 0, 2)]);
    few[0].lines.push(line("naloxone_im", 1, 0, 3));
    let cells = published(&drawn(&few));
    assert_eq!(find(&cells, &total(), "naloxone_kits").1, Some(CellFlag::Withheld));
    assert_eq!(find(&cells, &total(), "naloxone_doses").1, Some(CellFlag::Withheld));
    assert_eq!(find(&cells, &total(), "naloxone_kits.naloxone_nasal").0, Some(31.0));
}

#[test]
fn reach_and_shares_come_from_what_is_shown() {
    let mut contacts: Vec<ContactFacts> = (1..=50).map(|n| contact(n, 0)).collect();
    for contact in &mut contacts {
        contact.coded = true;
        contact.for_others = 1;
        contact.referrals = vec![("hiv_test".to_owned(), ReferralStatus::Completed)];
    }
    let cells = published(&drawn(&contacts));
    let value = |id: &str| find(&cells, &total(), id).0.unwrap();
    assert_eq!(value("reach").to_string(), (value("contacts") + value("for_others")).to_string());
    assert_eq!(value("code_use_rate").to_string(), "1");
    assert_eq!(value("referral_completion.hiv_test").to_string(), "1");
    assert_eq!(
        find(&cells, &Cut::new("port", "", ""), "code_use_rate").1,
        Some(CellFlag::NotComputable)
    );
}

#[test]
fn referrals_count_in_every_stage_that_they_passed() {
    let status = |n: u128| match n % 4 {
        0 => ReferralStatus::Declined,
        1 => ReferralStatus::Issued,
        2 => ReferralStatus::Attended,
        _ => ReferralStatus::Completed,
    };
    let contacts: Vec<ContactFacts> = (1..=200)
        .map(|n| {
            let mut contact = contact(n, 0);
            contact.referrals = vec![("oat".to_owned(), status(n))];
            contact
        })
        .collect();
    let figures = drawn(&contacts);
    let p = |id: &str| figures[&total()][id].p;
    assert_eq!(p("referrals_offered.oat"), 200);
    assert!([150].contains(&p("referrals_issued.oat")) && [100].contains(&p("referrals_attended.oat")));
    assert_eq!((p("referrals_completed.oat"), p("referrals_known_outcome.oat")), (50, 100));
    assert_eq!(p("referrals_issued"), p("referrals_issued.oat"), "the same set of contacts");
}

#[test]
fn a_quarter_adds_protected_months_and_has_people_of_its_own() {
    let months = [
        drawn(&(1..=43).map(|n| contact(n, 7)).collect::<Vec<_>>()),
        drawn(&(50..=52).map(|n| contact(n, 0)).collect::<Vec<_>>()),
    ];
    let mut people = ExactCells::of(&catalogue());
    for n in 1..=26 {
        people.add_person(total(), key(Uuid::from_u128(n)), &catalogue());
    }
    let mut sums = Figures::new();
    months.iter().for_each(|month| add_month(&mut sums, month.clone()));
    let quarter = with_people(sums, &people, &catalogue());
    let p = |figures: &Figures, id: &str| figures[&total()].get(id).map_or(0, |drawn| drawn.p);
    assert_eq!(p(&quarter, "contacts"), p(&months[0], "contacts") + p(&months[1], "contacts"));
    assert!([20, 30].contains(&p(&quarter, "people")));
    assert_eq!(p(&quarter, "syringes_out"), 301);
    assert!(quarter[&total()]["contacts"].any);
}
