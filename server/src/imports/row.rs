//! A line as a contact, or what is wrong with it and where.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use rounds_shared::catalogue::Catalogue;
use rounds_shared::client_code;
use rounds_shared::console::ImportError;
use rounds_shared::ids::{Code, WorkerId};
use rounds_shared::record::{
    ClientCode, Contact, Direction, Injects, Line as ItemLine, Mode, NaloxoneReason, Referral, ReferralStatus, ReferralWay, ReturnMethod,
    Returning, Setting,
};
use uuid::Uuid;

use super::FIRST_YEAR;
use super::sheet::{Column, Line, Sheet, finding};

/// What rows are read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub catalogue: &'a Catalogue,
    pub handles: &'a HashMap<String, Uuid>,
    /// Unknown workers and sites will be made.
    pub create: bool,
    pub today: NaiveDate,
}

/// A row that can be imported.
#[derive(Debug)]
pub(super) struct Row {
    pub line: u64,
    pub record_id: String,
    /// Handle of the worker.
    pub worker: String,
    /// What the row says, the same for the same content whatever the order of its columns.
    pub canonical: Vec<u8>,
    /// The contact; `worker` and `catalogue` are set when the handle has an id.
    contact: Contact,
}

impl Row {
    /// Site of the row.
    pub(super) fn site(&self) -> &Code {
        &self.contact.site
    }

    /// Service date of the row.
    pub(super) fn day(&self) -> NaiveDate {
        self.contact.service_date
    }

    /// The contact of a worker, made with a version of the catalogue.
    pub(super) fn contact(&self, worker: Uuid, catalogue: i64) -> Contact {
        Contact {
            worker: WorkerId(worker),
            catalogue,
            ..self.contact.clone()
        }
    }
}

/// Reads every line. A bad one never changes another's fate; of a repeated record id the first is kept.
pub(super) fn rows(sheet: &Sheet, known: Known<'_>) -> (Vec<Row>, Vec<ImportError>) {
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for line in &sheet.lines {
        let mut reader = Reader {
            sheet,
            line,
            known,
            errors: Vec::new(),
        };
        let row = reader.row();
        if !row.record_id.is_empty() && !seen.insert(row.record_id.clone()) {
            reader.error("record_id", "repeated", "an earlier line has the same record_id");
        }
        if reader.errors.is_empty() {
            rows.push(row);
        }
        errors.append(&mut reader.errors);
    }
    (rows, errors)
}

struct Reader<'a> {
    sheet: &'a Sheet,
    line: &'a Line,
    known: Known<'a>,
    errors: Vec<ImportError>,
}

impl Reader<'_> {
    fn error(&mut self, column: &str, code: &str, detail: &str) {
        self.errors.push(finding(self.line.number, column, code, detail));
    }

    fn cell(&self, name: &str) -> &str {
        let at = self.sheet.columns.iter().position(|(column, _)| column == name);
        at.and_then(|n| self.line.cells.get(n)).map_or("", String::as_str)
    }

    fn row(&mut self) -> Row {
        let record_id = self.cell("record_id").to_owned();
        if record_id.is_empty() {
            self.error("record_id", "required", "give every row an id of its own");
        } else if record_id.len() > 100 {
            self.error("record_id", "too_long", "at most 100 bytes");
        }
        let lines = self.item_lines();
        let contact = Contact {
            worker: WorkerId(Uuid::nil()),
            catalogue: self.known.catalogue.version,
            site: self.site(),
            service_date: self.date(),
            captured: None,
            shift: None,
            mode: self.word("mode", Mode::parse, None, Mode::Alone),
            setting: self.word("setting", Setting::parse, None, Setting::Other),
            returning: self.word("returning", Returning::parse, Some(Returning::NotAsked), Returning::NotAsked),
            gender: self.group("gender"),
            age_band: self.group("age_band"),
            injects: self.injects(&lines),
            for_others: self.number("for_others", 99),
            code: self.code(),
            code_refused: false,
            topics: Vec::new(),
            unmet: Vec::new(),
            lines,
            referrals: self.referrals(),
            tests: Vec::new(),
        };
        Row {
            line: self.line.number,
            record_id,
            worker: self.worker(),
            canonical: self.canonical(),
            contact,
        }
    }

    fn worker(&mut self) -> String {
        let handle = self.cell("worker").to_owned();
        let fits = (2..=32).contains(&handle.len()) && handle.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !(self.known.handles.contains_key(&handle) || self.known.create && fits) {
            let detail = if fits {
                "nobody that you may import for has this handle; add them or import with create"
            } else {
                "a handle is 2 to 32 characters of a–z, 0–9 and hyphen"
            };
            self.error("worker", "unknown_worker", detail);
        }
        handle
    }

    fn site(&mut self) -> Code {
        let code = Code::parse(self.cell("site"));
        let known = code.as_ref().is_ok_and(|c| self.known.catalogue.site(c).is_some());
        if code.is_err() {
            self.error(
                "site",
                "unknown_site",
                "a site code is 1 to 32 characters of a–z, 0–9, _ and hyphen",
            );
        } else if !known && !self.known.create {
            self.error(
                "site",
                "unknown_site",
                "the catalogue has no such site; add it or import with create",
            );
        }
        code.unwrap_or_else(|_| self.known.catalogue.pad.syringe_item.clone())
    }

    fn date(&mut self) -> NaiveDate {
        let today = self.known.today;
        let text = self.cell("service_date");
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        match date {
            None => self.error("service_date", "not_a_date", "write dates as 2026-06-30"),
            Some(date) if date > today => self.error("service_date", "future", "the date is still to come"),
            Some(date) if date.year() < FIRST_YEAR => {
                let detail = "write the year with four digits; contacts before 2000 are not taken";
                self.error("service_date", "too_old", detail);
            }
            Some(_) => {}
        }
        date.unwrap_or(today)
    }

    fn word<T>(&mut self, column: &str, parse: fn(&str) -> Option<T>, empty: Option<T>, placeholder: T) -> T {
        let text = self.cell(column);
        if let Some(found) = parse(text) {
            return found;
        }
        match (text.is_empty(), empty) {
            (true, Some(value)) => return value,
            (true, None) => self.error(column, "required", "this column can't be empty"),
            (false, _) => self.error(column, "unknown_value", "not one of the words that the day sheet takes here"),
        }
        placeholder
    }

    /// Gender or age band of the programme; empty is `unknown` where the programme has that.
    fn group(&mut self, column: &str) -> Code {
        let text = match self.cell(column) {
            "" => "unknown",
            text => text,
        };
        let catalogue = self.known.catalogue;
        let found = match column {
            "gender" => catalogue.genders.iter().map(|g| &g.code).find(|c| c.as_str() == text),
            _ => catalogue.age_bands.iter().map(|b| &b.code).find(|c| c.as_str() == text),
        };
        if let Some(code) = found {
            return code.clone();
        }
        self.error(column, "unknown_code", "not one of the programme's codes");
        catalogue.pad.syringe_item.clone()
    }

    fn injects(&mut self, lines: &[ItemLine]) -> Injects {
        let syringes = lines.iter().any(|line| {
            let per_unit = self.known.catalogue.item(&line.item).map_or(0, |item| item.syringes_per_unit);
            line.direction == Direction::Out && per_unit > 0
        });
        let empty = if syringes { Injects::Assumed } else { Injects::NotAsked };
        self.word("injects", Injects::parse, Some(empty), Injects::NotAsked)
    }

    fn number(&mut self, column: &str, max: i64) -> i64 {
        let text = self.cell(column);
        if text.is_empty() {
            return 0;
        }
        let digits = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<i64>().ok().filter(|_| digits) {
            Some(n) if n <= max => n,
            Some(_) => {
                self.error(column, "out_of_range", &format!("at most {max}"));
                0
            }
            None => {
                self.error(column, "not_a_number", "write a whole number of 0 or more, in digits");
                0
            }
        }
    }

    fn code(&mut self) -> ClientCode {
        let text = self.cell("client_code");
        if text.is_empty() {
            return ClientCode::None;
        }
        if text.chars().count() > 64 {
            self.error("client_code", "too_long", "a code is 64 characters at most");
        } else if client_code::normalise(text).is_none() {
            self.error("client_code", "too_short", "a code has 4 letters or digits at least");
        } else {
            return ClientCode::Set(text.to_owned());
        }
        ClientCode::None
    }

    fn referrals(&mut self) -> Vec<Referral> {
        let services: Vec<String> = self.cell("referrals").split(';').map(|s| s.trim().to_owned()).collect();
        let mut referrals = Vec::new();
        for text in services.iter().filter(|s| !s.is_empty()) {
            let found = self.known.catalogue.services.iter().find(|s| s.code.as_str() == text);
            match found {
                Some(service) => referrals.push(Referral {
                    slip: None,
                    service: service.code.clone(),
                    provider: None,
                    way: ReferralWay::Told,
                    status: ReferralStatus::Issued,
                }),
                None => self.error(
                    "referrals",
                    "unknown_code",
                    "not a service of the catalogue; separate services by ;",
                ),
            }
        }
        if referrals.len() > 20 {
            self.error("referrals", "too_many", "20 referrals on a contact at most");
        }
        referrals
    }

    fn item_lines(&mut self) -> Vec<ItemLine> {
        let sheet = self.sheet;
        let mut lines = Vec::new();
        for (name, column) in &sheet.columns {
            let Column::Item(direction, item) = column else { continue };
            let quantity = self.number(name, 100_000);
            if quantity == 0 {
                continue;
            }
            let out = *direction == Direction::Out;
            let naloxone = self.known.catalogue.item(item).is_some_and(|item| item.doses_per_unit > 0);
            lines.push(ItemLine {
                item: item.clone(),
                direction: *direction,
                quantity,
                method: (!out).then_some(ReturnMethod::Reported),
                measured: None,
                reason: (out && naloxone).then_some(NaloxoneReason::NotAsked),
            });
        }
        lines
    }

    fn canonical(&self) -> Vec<u8> {
        let mut cells: Vec<(&str, &str)> = self
            .sheet
            .columns
            .iter()
            .zip(&self.line.cells)
            .filter(|((_, column), text)| !(text.is_empty() || *column != Column::Field && text.bytes().all(|b| b == b'0')))
            .map(|((name, _), text)| (name.as_str(), text.as_str()))
            .collect();
        cells.sort_unstable();
        let mut bytes = Vec::new();
        for (name, text) in cells {
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(0x1f);
            bytes.extend_from_slice(text.as_bytes());
            bytes.push(0x1e);
        }
        bytes
    }
}
