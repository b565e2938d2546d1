//! What a season has beside contacts: shifts, debriefs, overdoses, incidents, expenses, groups, stock, and what became of referrals.
//!
//! It rolls dice of its own, so that the contacts of the season stay the same whatever is added here.

use chrono::NaiveDate;
use rounds_shared::ids::{Code, CodeError, WorkerId};
use rounds_shared::record::{
    Answer, Captured, Contact, Debrief, Dose, EventSource, Expense, ExpenseStatus, GroupSession, HeavyEvent, Incident, IncidentStatus,
    Mode, NoAmbulance, Outcome, Overdose, OverdosePlace, Precision, RecordBody, ReferralEvent, ReferralStatus, ReportedBy, SessionType,
    Setting, Shift, ShiftState, StockLine, StockMove, StockPlace, StockReason, WantsToTalk,
};

use super::season::{Dice, Outing};

/// A body of a kind with the circumstances of an outing.
macro_rules! with_common {
    ($outing:expr, $kind:ident { $($own:tt)* }) => {
        $kind {
            worker: WorkerId($outing.worker),
            catalogue: $outing.catalogue,
            site: Code::parse($outing.site)?,
            service_date: $outing.day,
            captured: None,
            shift: None,
            mode: Mode::Pair,
            setting: Setting::Street,
            $($own)*
        }
    };
}

/// A slip that somebody may come back with.
#[derive(Debug, Clone)]
struct Slip {
    slip: String,
    service: Code,
    due: NaiveDate,
}

/// The further records of one worker's season.
#[derive(Debug)]
pub(super) struct Extras {
    dice: Dice,
    slips: Vec<Slip>,
    leads_groups: bool,
}

impl Extras {
    /// Of a worker; `leads_groups` when they are unlocked for it.
    pub(super) fn new(seed: u64, leads_groups: bool) -> Self {
        Self {
            dice: Dice::new(seed),
            slips: Vec::new(),
            leads_groups,
        }
    }

    /// Remembers the slips of a contact.
    pub(super) fn heard_of(&mut self, contact: &Contact) {
        for referral in &contact.referrals {
            if let Some(slip) = &referral.slip
                && self.dice.percent(64)
            {
                let later = chrono::Days::new(1 + self.dice.below(12));
                self.slips.push(Slip {
                    slip: slip.clone(),
                    service: referral.service.clone(),
                    due: contact.service_date.checked_add_days(later).unwrap_or(contact.service_date),
                });
            }
        }
    }

    /// The records of a day on which the worker was out.
    pub(super) fn on(&mut self, outing: Outing<'_>) -> Result<Vec<RecordBody>, CodeError> {
        let mut found = vec![RecordBody::from(self.shift(outing)?)];
        if self.dice.percent(35) {
            found.push(RecordBody::from(bag(
                outing,
                40 + 10 * i64::try_from(self.dice.below(7)).unwrap_or(0),
            )?));
        }
        for slip in self.due(outing.day) {
            found.push(RecordBody::from(self.event(outing, slip)?));
        }
        if self.dice.percent(3) {
            found.push(RecordBody::from(self.overdose(outing)?));
        }
        if self.dice.percent(3) {
            found.push(RecordBody::from(self.incident(outing)?));
        }
        if self.leads_groups && self.dice.percent(12) {
            found.push(RecordBody::from(self.group(outing)?));
        }
        if self.dice.percent(20) {
            found.push(RecordBody::from(self.expense(outing)?));
        }
        if self.dice.percent(80) {
            found.push(RecordBody::from(self.debrief(outing)?));
        }
        Ok(found)
    }

    fn due(&mut self, day: NaiveDate) -> Vec<Slip> {
        let (due, waiting) = std::mem::take(&mut self.slips).into_iter().partition(|slip| slip.due <= day);
        self.slips = waiting;
        due
    }

    fn shift(&mut self, outing: Outing<'_>) -> Result<Shift, CodeError> {
        let start = 18 * 60 + 30 + i64::try_from(self.dice.below(60)).unwrap_or(0);
        let at = |minutes: i64| {
            outing.day.and_hms_opt(0, 0, 0).map(|local| Captured {
                local: local + chrono::Duration::minutes(minutes),
                offset_minutes: 180,
            })
        };
        Ok(with_common!(
            outing,
            Shift {
                state: ShiftState::Done,
                with: Vec::new(),
                area: None,
                from: None,
                until: None,
                check_in: at(start),
                check_out: self.dice.percent(94).then(|| at(start + 190)).flatten(),
            }
        ))
    }

    fn event(&mut self, outing: Outing<'_>, slip: Slip) -> Result<ReferralEvent, CodeError> {
        let status = *self
            .dice
            .pick(&[
                (ReferralStatus::Completed, 52),
                (ReferralStatus::Attended, 14),
                (ReferralStatus::AttendedNotServed, 8),
                (ReferralStatus::NotAttended, 18),
                (ReferralStatus::Unreachable, 8),
            ])
            .unwrap_or(&ReferralStatus::Attended);
        Ok(with_common!(
            outing,
            ReferralEvent {
                slip: slip.slip,
                service: slip.service,
                status,
                source: EventSource::Client,
            }
        ))
    }

    fn overdose(&mut self, outing: Outing<'_>) -> Result<Overdose, CodeError> {
        let given = self.dice.percent(82);
        let called = self.dice.percent(45);
        Ok(with_common!(
            outing,
            Overdose {
                precision: Precision::Day,
                place: *self
                    .dice
                    .pick(&[(OverdosePlace::Street, 3), (OverdosePlace::Home, 4), (OverdosePlace::Shelter, 1)])
                    .unwrap_or(&OverdosePlace::Unknown),
                reported_by: *self
                    .dice
                    .pick(&[(ReportedBy::Participant, 3), (ReportedBy::PeerPresent, 1)])
                    .unwrap_or(&ReportedBy::Other),
                naloxone: if given { Answer::Yes } else { Answer::Unknown },
                doses: if given {
                    vec![Dose {
                        item: Code::parse("naloxone_nasal")?,
                        n: 1 + i64::from(self.dice.percent(35)),
                    }]
                } else {
                    Vec::new()
                },
                ambulance: if called { Answer::Yes } else { Answer::No },
                no_ambulance: (!called).then_some(NoAmbulance::Police),
                police: Answer::No,
                outcome: *self
                    .dice
                    .pick(&[
                        (Outcome::Recovered, 80),
                        (Outcome::Hospital, 14),
                        (Outcome::Died, 2),
                        (Outcome::Unknown, 4)
                    ])
                    .unwrap_or(&Outcome::Unknown),
                gender: None,
                age_band: None,
            }
        ))
    }

    fn incident(&mut self, outing: Outing<'_>) -> Result<Incident, CodeError> {
        Ok(with_common!(
            outing,
            Incident {
                affects: None,
                kinds: vec![Code::parse(
                    self.dice
                        .pick(&[("theft", 2), ("police", 3), ("violence", 2), ("harassment", 3)])
                        .unwrap_or(&"other")
                )?],
                by: vec![Code::parse(
                    self.dice
                        .pick(&[("police", 3), ("public", 2), ("partner", 1)])
                        .unwrap_or(&"unknown")
                )?],
                severity: 1 + i64::try_from(self.dice.below(3)).unwrap_or(0),
                support: vec![Code::parse("listened")?],
                status: if self.dice.percent(60) {
                    IncidentStatus::Closed
                } else {
                    IncidentStatus::Open
                },
                response_due: None,
            }
        ))
    }

    fn group(&mut self, outing: Outing<'_>) -> Result<GroupSession, CodeError> {
        Ok(with_common!(
            outing,
            GroupSession {
                session: SessionType::Group,
                topics: vec![Code::parse("overdose")?],
                facilitators: Vec::new(),
                attendees: 5 + i64::try_from(self.dice.below(9)).unwrap_or(0),
                groups: Vec::new(),
                lines: Vec::new(),
            }
        ))
    }

    fn expense(&mut self, outing: Outing<'_>) -> Result<Expense, CodeError> {
        Ok(with_common!(
            outing,
            Expense {
                kind: Code::parse(self.dice.pick(&[("transport", 4), ("airtime", 2), ("food", 1)]).unwrap_or(&"other"))?,
                amount: 5_000 + 1_000 * i64::try_from(self.dice.below(20)).unwrap_or(0),
                currency: "KES".to_owned(),
                status: ExpenseStatus::Submitted,
            }
        ))
    }

    fn debrief(&mut self, outing: Outing<'_>) -> Result<Debrief, CodeError> {
        let heavy = *self
            .dice
            .pick(&[
                (HeavyEvent::None, 90),
                (HeavyEvent::Overdose, 4),
                (HeavyEvent::Police, 4),
                (HeavyEvent::Violence, 2),
            ])
            .unwrap_or(&HeavyEvent::None);
        Ok(with_common!(
            outing,
            Debrief {
                mood: self.dice.percent(70).then_some(2 + i64::try_from(self.dice.below(4)).unwrap_or(0)),
                heavy: Some(heavy),
                talk: *self
                    .dice
                    .pick(&[(WantsToTalk::No, 90), (WantsToTalk::ThisWeek, 8), (WantsToTalk::Today, 2)])
                    .unwrap_or(&WantsToTalk::No),
            }
        ))
    }
}

fn bag(outing: Outing<'_>, syringes: i64) -> Result<StockMove, CodeError> {
    let line = |item: &str, quantity| {
        Ok(StockLine {
            item: Code::parse(item)?,
            quantity,
        })
    };
    Ok(with_common!(
        outing,
        StockMove {
            reason: StockReason::Issue,
            from: StockPlace::Store,
            to: StockPlace::Bag,
            lines: vec![line("ns_1ml", syringes)?, line("naloxone_nasal", 6)?],
        }
    ))
}
