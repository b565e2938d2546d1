//! Hard and soft rules of every kind of record.

use chrono::{Days, NaiveDate};

use super::{WARN_DAYS_OLD, check_contact, contact_warnings, field_errors, round_half_up};
use crate::auth::Level;
use crate::catalogue::{Catalogue, Choice, has_choice};
use crate::ids::Code;
use crate::record::{
    Answer, Collection, Expense, Group, GroupSession, Incident, Line, Overdose, QuestionAnswer, RecordBody, ReferralEvent, ReferralRecord,
    Reply, ReturnMethod, SessionType, Shift, StockMove, TallySheet,
};
use crate::slip;
use crate::sync::FieldError;

/// Errors found so far, with the catalogue that they are found by.
pub(super) struct Found<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) errors: Vec<FieldError>,
}

/// Every hard rule of a record: field limits, catalogue codes, quantities, slips, dates, and what its worker is unlocked for.
///
/// `latest` is the last service date that is taken: today in the form, a day ahead on the server. `level` is that of the worker who
/// pushes it; `None` when staff write it, who may write every kind.
#[must_use]
pub fn check_record(record: &RecordBody, catalogue: &Catalogue, latest: NaiveDate, level: Option<Level>) -> Vec<FieldError> {
    if let RecordBody::Contact(contact) = record {
        return check_contact(contact, catalogue, latest);
    }
    let limits = record.check_limits().err().map(|found| field_errors(&found)).unwrap_or_default();
    let mut found = Found { catalogue, errors: limits };
    let common = record.common();
    found.known(catalogue.site(common.site).is_some(), "site");
    if common.service_date > latest {
        found.error("service_date", "future");
    }
    match record {
        RecordBody::Contact(_) | RecordBody::Debrief(_) => {}
        RecordBody::TallySheet(sheet) => found.sheet(sheet),
        RecordBody::GroupSession(session) => found.session(session, level),
        RecordBody::Overdose(overdose) => found.overdose(overdose),
        RecordBody::Incident(incident) => found.incident(incident),
        RecordBody::Collection(collection) => found.collection(collection),
        RecordBody::Referral(record) => found.referral(record),
        RecordBody::ReferralEvent(event) => found.event(event),
        RecordBody::Shift(shift) => found.shift(shift),
        RecordBody::Expense(expense) => found.expense(expense),
        RecordBody::StockMove(stock) => found.stock(stock),
        RecordBody::Answer(answer) => found.answer(answer),
    }
    found.errors.sort();
    found.errors
}

impl Found<'_> {
    fn error(&mut self, path: impl Into<String>, code: &str) {
        self.errors.push(FieldError::new(path, code));
    }

    fn known(&mut self, known: bool, path: impl Into<String>) {
        if !known {
            self.error(path, "unknown_code");
        }
    }

    fn choices(&mut self, path: &str, codes: &[Code], list: &[Choice]) {
        for (n, code) in codes.iter().enumerate() {
            self.known(has_choice(list, code), format!("{path}[{n}]"));
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for (n, line) in lines.iter().enumerate() {
            super::check_line(n, line, self.catalogue, &mut self.errors);
        }
    }

    /// Groups name known people of the programme's sets and don't exceed the whole.
    fn groups(&mut self, groups: &[Group], whole: i64) {
        for (n, group) in groups.iter().enumerate() {
            self.known(self.is_gender(&group.gender), format!("groups[{n}].gender"));
            self.known(self.is_band(&group.age_band), format!("groups[{n}].age_band"));
        }
        if groups.iter().fold(0_i64, |sum, group| sum.saturating_add(group.n)) > whole {
            self.error("groups", "more_than_whole");
        }
    }

    fn is_gender(&self, code: &Code) -> bool {
        self.catalogue.genders.iter().any(|gender| &gender.code == code)
    }

    fn is_band(&self, code: &Code) -> bool {
        self.catalogue.age_bands.iter().any(|band| &band.code == code)
    }

    fn sheet(&mut self, sheet: &TallySheet) {
        self.groups(&sheet.groups, sheet.contacts);
        self.lines(&sheet.lines);
    }

    fn session(&mut self, session: &GroupSession, level: Option<Level>) {
        let needed = match session.session {
            SessionType::Group => Level::Facilitation,
            SessionType::Mentoring => Level::Mentoring,
        };
        if level.is_some_and(|level| level < needed) {
            self.error("session", "not_unlocked");
        }
        self.choices("topics", &session.topics, &self.catalogue.topics);
        self.groups(&session.groups, session.attendees);
        self.lines(&session.lines);
    }

    fn overdose(&mut self, overdose: &Overdose) {
        for (n, dose) in overdose.doses.iter().enumerate() {
            let holds = self.catalogue.item(&dose.item).map(|item| item.doses_per_unit > 0);
            match holds {
                None => self.error(format!("doses[{n}].item"), "unknown_code"),
                Some(false) => self.error(format!("doses[{n}].item"), "not_allowed"),
                Some(true) => {}
            }
        }
        if !overdose.doses.is_empty() && overdose.naloxone != Answer::Yes {
            self.error("doses", "not_allowed");
        }
        if overdose.no_ambulance.is_some() && overdose.ambulance != Answer::No {
            self.error("no_ambulance", "not_allowed");
        }
        self.known(overdose.gender.as_ref().is_none_or(|code| self.is_gender(code)), "gender");
        self.known(overdose.age_band.as_ref().is_none_or(|code| self.is_band(code)), "age_band");
    }

    fn incident(&mut self, incident: &Incident) {
        self.choices("kinds", &incident.kinds, &self.catalogue.incident_kinds);
        self.choices("by", &incident.by, &self.catalogue.perpetrators);
        self.choices("support", &incident.support, &self.catalogue.supports);
        if incident.response_due.is_some_and(|due| due < incident.service_date) {
            self.error("response_due", "before_event");
        }
    }

    fn collection(&mut self, collection: &Collection) {
        self.known(self.catalogue.item(&collection.item).is_some(), "item");
        if let Some(measured) = &collection.measured {
            if !matches!(collection.method, ReturnMethod::Container | ReturnMethod::Weighed) {
                self.error("measured", "not_allowed");
            } else if round_half_up(measured.value * measured.factor) != Some(collection.quantity) {
                self.error("quantity", "not_as_measured");
            }
            if measured.unit.contains('\0') {
                self.error("measured.unit", "characters");
            }
        }
    }

    fn referral(&mut self, record: &ReferralRecord) {
        let referral = &record.referral;
        let catalogue = self.catalogue;
        self.known(catalogue.services.iter().any(|s| s.code == referral.service), "referral.service");
        let provider = (referral.provider.as_ref()).is_none_or(|code| catalogue.providers.iter().any(|p| &p.code == code));
        self.known(provider, "referral.provider");
        if referral.slip.as_deref().is_some_and(|number| !slip::is_valid(number)) {
            self.error("referral.slip", "check");
        }
    }

    fn event(&mut self, event: &ReferralEvent) {
        self.known(self.catalogue.services.iter().any(|s| s.code == event.service), "service");
        if !slip::is_valid(&event.slip) {
            self.error("slip", "check");
        }
    }

    fn shift(&mut self, shift: &Shift) {
        let area = shift.area.as_ref().is_none_or(|code| has_choice(&self.catalogue.areas, code));
        self.known(area, "area");
    }

    fn expense(&mut self, expense: &Expense) {
        self.known(has_choice(&self.catalogue.expense_kinds, &expense.kind), "kind");
        if !expense.currency.bytes().all(|b| b.is_ascii_uppercase()) {
            self.error("currency", "currency");
        }
    }

    fn answer(&mut self, answer: &QuestionAnswer) {
        if answer.reply == Reply::Number && answer.number.is_none() {
            self.error("number", "required");
        }
        if answer.reply != Reply::Number && answer.number.is_some() {
            self.error("number", "not_allowed");
        }
    }

    fn stock(&mut self, stock: &StockMove) {
        for (n, line) in stock.lines.iter().enumerate() {
            self.known(self.catalogue.item(&line.item).is_some(), format!("lines[{n}].item"));
        }
        if stock.from == stock.to {
            self.error("to", "same_place");
        }
    }
}

/// Soft warnings of a record that need no other one, by stable name; those of a contact and, for every kind, `old_date`.
#[must_use]
pub fn record_warnings(record: &RecordBody, catalogue: &Catalogue, today: NaiveDate) -> Vec<&'static str> {
    if let RecordBody::Contact(contact) = record {
        return contact_warnings(contact, catalogue, today);
    }
    let limit = today.checked_sub_days(Days::new(WARN_DAYS_OLD));
    let old = limit.is_some_and(|limit| record.common().service_date < limit);
    // An overdose is often heard of weeks later, and a shift is planned and closed by staff.
    let expected = matches!(record, RecordBody::Overdose(_) | RecordBody::Shift(_));
    if old && !expected { vec!["old_date"] } else { Vec::new() }
}
