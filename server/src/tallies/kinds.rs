//! What the kinds beside contacts contribute of their own. Names are stable ids; the numbers are those of the indicators.

use rounds_shared::record::{
    Debrief, Expense, HeavyEvent, Incident, IncidentStatus, Mode, Overdose, RecordBody, SessionType, Shift, ShiftState, StockMove,
    StockPlace, StockReason, WantsToTalk,
};

use super::contributions::Contributions;

/// Adds what a record contributes beside contacts, lines and referrals.
pub(super) fn add(found: &mut Contributions, body: &RecordBody) {
    match body {
        // An answer speaks of another record, which its supervisor corrects.
        RecordBody::Contact(_) | RecordBody::Referral(_) | RecordBody::ReferralEvent(_) | RecordBody::Answer(_) => {}
        RecordBody::TallySheet(_) => found.add("sheets", 1),
        RecordBody::GroupSession(session) => {
            // I18 counts groups of participants; mentoring has other peers in it.
            if session.session == SessionType::Mentoring {
                found.add("groups.mentoring", 1);
            } else {
                found.add("groups", 1);
                found.add("groups.attendees", session.attendees);
            }
            for topic in &session.topics {
                found.add(format!("topic.{topic}"), 1);
            }
        }
        RecordBody::Overdose(overdose) => add_overdose(found, overdose),
        RecordBody::Incident(incident) => add_incident(found, incident),
        // Found, not brought back by anybody: apart from I6, whose returns are people's.
        RecordBody::Collection(collection) => {
            found.add("collection.syringes", collection.quantity);
            found.add(format!("collection.method.{}", collection.method.as_str()), collection.quantity);
        }
        RecordBody::Shift(shift) => add_shift(found, shift),
        RecordBody::Debrief(debrief) => add_debrief(found, debrief),
        RecordBody::Expense(expense) => add_expense(found, expense),
        RecordBody::StockMove(stock) => add_stock(found, stock),
    }
}

/// I13, I14: what is unknown has its own measure, so that percentages are over known answers.
fn add_overdose(found: &mut Contributions, overdose: &Overdose) {
    found.add("overdose", 1);
    found.add(format!("overdose.naloxone.{}", overdose.naloxone.as_str()), 1);
    found.add(format!("overdose.ambulance.{}", overdose.ambulance.as_str()), 1);
    found.add(format!("overdose.police.{}", overdose.police.as_str()), 1);
    found.add(format!("overdose.outcome.{}", overdose.outcome.as_str()), 1);
    let doses: i64 = overdose.doses.iter().map(|dose| dose.n).sum();
    found.add("overdose.doses", doses);
    found.add("overdose.dosed", i64::from(doses > 0));
}

/// I17.
fn add_incident(found: &mut Contributions, incident: &Incident) {
    found.add("incident", 1);
    for kind in &incident.kinds {
        found.add(format!("incident.kind.{kind}"), 1);
    }
    for by in &incident.by {
        found.add(format!("incident.by.{by}"), 1);
    }
    found.add(format!("incident.severity.{}", incident.severity), 1);
    let supported = incident.support.iter().any(|support| support.as_str() != "none");
    found.add("incident.supported", i64::from(supported));
    found.add("incident.closed", i64::from(incident.status == IncidentStatus::Closed));
}

/// I20: a shift that was held was planned too, if it has planned times.
fn add_shift(found: &mut Contributions, shift: &Shift) {
    let held = matches!(shift.state, ShiftState::Started | ShiftState::Done);
    let planned = shift.from.is_some() || matches!(shift.state, ShiftState::Planned | ShiftState::Missed);
    found.add("shift.planned", i64::from(planned && shift.state != ShiftState::Cancelled));
    found.add("shift.done", i64::from(held));
    found.add("shift.missed", i64::from(shift.state == ShiftState::Missed));
    found.add("shift.cancelled", i64::from(shift.state == ShiftState::Cancelled));
    found.add("shift.alone", i64::from(held && shift.mode == Mode::Alone));
}

/// I20. The mood is in no tally: it is the worker's and their own supervisor's.
fn add_debrief(found: &mut Contributions, debrief: &Debrief) {
    found.add("debrief", 1);
    let heavy = debrief.heavy.is_some_and(|event| event != HeavyEvent::None);
    found.add("debrief.heavy", i64::from(heavy));
    found.add("debrief.talk", i64::from(debrief.talk != WantsToTalk::No));
}

fn add_expense(found: &mut Contributions, expense: &Expense) {
    found.add("expense", 1);
    found.add("expense.amount", expense.amount);
    found.add(format!("expense.kind.{}", expense.kind), expense.amount);
}

/// I19: what went into bags, came back, and was lost.
fn add_stock(found: &mut Contributions, stock: &StockMove) {
    let measure = match (stock.from, stock.to, stock.reason) {
        (_, StockPlace::Bag, StockReason::Issue) => "stock.issued",
        (StockPlace::Bag, StockPlace::Store, _) => "stock.returned",
        (_, StockPlace::Outside, _) => "stock.lost",
        _ => return,
    };
    for line in &stock.lines {
        found.add(format!("{measure}.{}", line.item), line.quantity);
    }
}
