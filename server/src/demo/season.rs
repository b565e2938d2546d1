//! A made-up season of contacts. Numbers come from a seed, so that two demonstrations tell the same story.

use chrono::{Datelike, NaiveDate};
use rounds_shared::ids::{Code, CodeError, WorkerId};
use rounds_shared::record::{
    Captured, ClientCode, Contact, Direction, Injects, Line, Mode, NaloxoneReason, Referral, ReferralStatus, ReferralWay, ReturnMethod,
    Returning, Setting,
};
use rounds_shared::slip;
use uuid::Uuid;

/// A small generator of numbers (splitmix64): the same seed gives the same season everywhere.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below a bound above 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of a list by weight; the weights need not sum to anything.
    pub fn pick<'a, T>(&mut self, list: &'a [(T, u64)]) -> Option<&'a T> {
        let mut at = self.below(list.iter().map(|(_, weight)| weight).sum());
        list.iter()
            .find(|(_, weight)| {
                if at < *weight {
                    true
                } else {
                    at -= weight;
                    false
                }
            })
            .map(|(value, _)| value)
    }
}

/// Who is out where.
#[derive(Debug, Clone, Copy)]
pub struct Outing<'a> {
    /// Worker.
    pub worker: Uuid,
    /// Home site of the worker.
    pub site: &'a str,
    /// Service date.
    pub day: NaiveDate,
    /// Version of the catalogue.
    pub catalogue: i64,
}

/// Contacts that a worker of the season makes on a day: none on rest days, more on Fridays.
pub fn contacts_on(dice: &mut Dice, day: NaiveDate, worker: u64) -> u64 {
    let weekday = u64::from(day.weekday().num_days_from_monday());
    if (weekday + worker) % 7 < 2 || dice.percent(6) {
        return 0;
    }
    4 + dice.below(7) + if weekday == 4 { 3 } else { 0 }
}

/// A made-up contact.
///
/// # Errors
/// [`CodeError`] only if a built-in code were malformed.
pub fn contact(dice: &mut Dice, outing: Outing<'_>) -> Result<Contact, CodeError> {
    let gender = *dice
        .pick(&[
            ("man", 66),
            ("woman", 27),
            ("trans_woman", 3),
            ("trans_man", 1),
            ("other", 1),
            ("unknown", 2),
        ])
        .unwrap_or(&"unknown");
    let age = *dice
        .pick(&[("<18", 1), ("18-24", 17), ("25-34", 41), ("35-49", 30), ("50+", 9), ("unknown", 2)])
        .unwrap_or(&"unknown");
    let site = if dice.percent(85) {
        outing.site
    } else {
        *dice.pick(&[("market", 1), ("old-port", 1), ("drop-in", 1)]).unwrap_or(&outing.site)
    };
    let lines = lines(dice)?;
    let gave_syringes = lines
        .iter()
        .any(|line| line.direction == Direction::Out && line.item.as_str().starts_with("ns_"));
    let coded = dice.percent(74);
    Ok(Contact {
        worker: WorkerId(outing.worker),
        catalogue: outing.catalogue,
        site: Code::parse(site)?,
        service_date: outing.day,
        captured: outing.day.and_hms_opt(19, 0, 0).map(|local| Captured {
            local: local + chrono::Duration::minutes(i64::try_from(dice.below(240)).unwrap_or(0)),
            offset_minutes: 180,
        }),
        shift: None,
        mode: *dice
            .pick(&[(Mode::Pair, 60), (Mode::WithStaff, 25), (Mode::Alone, 15)])
            .unwrap_or(&Mode::Pair),
        setting: *dice
            .pick(&[
                (Setting::Street, 62),
                (Setting::Mobile, 16),
                (Setting::DropIn, 16),
                (Setting::HomeVisit, 6),
            ])
            .unwrap_or(&Setting::Street),
        returning: *dice
            .pick(&[(Returning::Returning, 78), (Returning::New, 13), (Returning::NotAsked, 9)])
            .unwrap_or(&Returning::NotAsked),
        gender: Code::parse(gender)?,
        age_band: Code::parse(age)?,
        injects: if gave_syringes {
            Injects::Assumed
        } else {
            *dice
                .pick(&[(Injects::No, 40), (Injects::Yes, 25), (Injects::NotAsked, 35)])
                .unwrap_or(&Injects::NotAsked)
        },
        for_others: if dice.percent(22) {
            1 + i64::try_from(dice.below(3)).unwrap_or(0)
        } else {
            0
        },
        code: if coded {
            ClientCode::Set(client_code(dice))
        } else {
            ClientCode::None
        },
        code_refused: !coded && dice.percent(60),
        topics: if dice.percent(35) {
            vec![Code::parse(
                dice.pick(&[("safer_use", 4), ("overdose", 3), ("hepatitis", 1)])
                    .unwrap_or(&"overdose"),
            )?]
        } else {
            vec![]
        },
        unmet: if dice.percent(3) { vec![Code::parse("water")?] } else { vec![] },
        lines,
        referrals: referrals(dice)?,
        tests: vec![],
    })
}

/// One of about six hundred made-up people.
fn client_code(dice: &mut Dice) -> String {
    let person = dice.below(600).min(dice.below(600));
    let letters: String = [person / 36, person / 6, person]
        .into_iter()
        .map(|n| char::from(*b"BKMNRT".get(usize::try_from(n % 6).unwrap_or(0)).unwrap_or(&b'B')))
        .collect();
    format!("{letters}{:04}", (person * 379 + 865) % 10_000)
}

fn lines(dice: &mut Dice) -> Result<Vec<Line>, CodeError> {
    let mut lines = Vec::new();
    let mut out = |item: &str, quantity: i64, reason: Option<NaloxoneReason>| -> Result<(), CodeError> {
        if quantity > 0 {
            lines.push(Line {
                item: Code::parse(item)?,
                direction: Direction::Out,
                quantity,
                method: None,
                measured: None,
                reason,
            });
        }
        Ok(())
    };
    if dice.percent(72) {
        out(
            "ns_1ml",
            *dice.pick(&[(5, 20), (10, 45), (20, 25), (30, 7), (50, 3)]).unwrap_or(&10),
            None,
        )?;
        out("cooker", if dice.percent(40) { 2 } else { 0 }, None)?;
        out("swab", if dice.percent(40) { 10 } else { 0 }, None)?;
    }
    out("foil", if dice.percent(12) { 3 } else { 0 }, None)?;
    out("condom", if dice.percent(38) { 10 } else { 0 }, None)?;
    if dice.percent(19) {
        let reason = *dice
            .pick(&[
                (NaloxoneReason::First, 45),
                (NaloxoneReason::UsedForOverdose, 20),
                (NaloxoneReason::Expired, 10),
                (NaloxoneReason::NotAsked, 25),
            ])
            .unwrap_or(&NaloxoneReason::NotAsked);
        out(if dice.percent(70) { "naloxone_nasal" } else { "naloxone_im" }, 1, Some(reason))?;
    }
    if dice.percent(38) {
        let quantity = *dice.pick(&[(3, 15), (6, 20), (10, 30), (20, 20), (40, 10)]).unwrap_or(&10);
        let method = if dice.percent(70) {
            ReturnMethod::Reported
        } else {
            ReturnMethod::Counted
        };
        lines.push(Line {
            item: Code::parse("used_syringe")?,
            direction: Direction::In,
            quantity,
            method: Some(method),
            measured: None,
            reason: None,
        });
    }
    Ok(lines)
}

fn referrals(dice: &mut Dice) -> Result<Vec<Referral>, CodeError> {
    if !dice.percent(16) {
        return Ok(Vec::new());
    }
    let service = dice
        .pick(&[
            ("hiv_test", 30),
            ("hcv_test", 22),
            ("oat", 20),
            ("wound_care", 14),
            ("shelter", 8),
            ("legal", 6),
        ])
        .unwrap_or(&"hiv_test");
    let mut random = [0_u8; 5];
    for byte in &mut random {
        *byte = u8::try_from(dice.below(256)).unwrap_or(0);
    }
    Ok(vec![Referral {
        slip: Some(slip::from_random(random)),
        service: Code::parse(service)?,
        provider: None,
        way: if dice.percent(20) {
            ReferralWay::Accompanied
        } else {
            ReferralWay::Slip
        },
        status: if dice.percent(18) {
            ReferralStatus::Attended
        } else {
            ReferralStatus::Issued
        },
    }])
}
