//! Typed columns of a record: a pure function of its body and of the fixed numbers of the catalogue's items.

use chrono::NaiveDate;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{ClientCode, Contact, Direction, Line, NaloxoneReason, RecordBody, ReturnMethod};
use uuid::Uuid;

/// A line with its syringes and doses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFacts {
    /// Item code.
    pub item: String,
    /// Out or in.
    pub direction: Direction,
    /// Whole items.
    pub quantity: i64,
    /// Quantity × syringes per unit.
    pub syringes: i64,
    /// Quantity × doses per unit.
    pub doses: i64,
    /// How a return was found.
    pub method: Option<&'static str>,
    /// Why naloxone was given.
    pub reason: Option<&'static str>,
}

/// Where and when a record counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Service date.
    pub day: NaiveDate,
    /// Site code.
    pub site: String,
    /// Whose record it is.
    pub worker: Uuid,
}

/// What the cuts and tallies need of a record.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Whose record it is.
    pub worker: Uuid,
    /// Service date.
    pub day: NaiveDate,
    /// The body; a contact's code is always `keep`, because the person is a register of its own.
    pub body: RecordBody,
    /// Contacts that it stands for: one, those of a tally sheet, or none.
    pub contacts: i64,
    /// Lines with the catalogue's numbers.
    pub lines: Vec<LineFacts>,
    /// Syringes out.
    pub syringes_out: i64,
    /// Syringes in.
    pub syringes_in: i64,
    /// Naloxone kits out.
    pub naloxone_kits: i64,
    /// Naloxone doses out.
    pub naloxone_doses: i64,
}

impl Facts {
    /// Facts of a record. Items that the catalogue doesn't know count as plain units; validation has refused them before.
    #[must_use]
    pub fn of(record: &RecordBody, catalogue: &Catalogue) -> Self {
        let mut body = record.clone();
        if let RecordBody::Contact(contact) = &mut body {
            contact.code = ClientCode::Keep;
        }
        let common = record.common();
        let mut facts = Self {
            worker: common.worker.0,
            day: common.service_date,
            contacts: match record {
                RecordBody::Contact(_) => 1,
                RecordBody::TallySheet(sheet) => sheet.contacts,
                _ => 0,
            },
            lines: Vec::with_capacity(record.lines().len()),
            syringes_out: 0,
            syringes_in: 0,
            naloxone_kits: 0,
            naloxone_doses: 0,
            body,
        };
        for line in record.lines() {
            facts.add_line(line, catalogue);
        }
        facts
    }

    fn add_line(&mut self, line: &Line, catalogue: &Catalogue) {
        let (per_unit, doses_per_unit) = catalogue
            .item(&line.item)
            .map_or((0, 0), |item| (item.syringes_per_unit, item.doses_per_unit));
        let (syringes, doses) = (line.quantity.saturating_mul(per_unit), line.quantity.saturating_mul(doses_per_unit));
        match line.direction {
            Direction::Out => {
                self.syringes_out += syringes;
                if doses_per_unit > 0 {
                    self.naloxone_kits += line.quantity;
                    self.naloxone_doses += doses;
                }
            }
            Direction::In => self.syringes_in += syringes,
        }
        self.lines.push(LineFacts {
            item: line.item.as_str().to_owned(),
            direction: line.direction,
            quantity: line.quantity,
            syringes,
            doses,
            method: line.method.map(ReturnMethod::as_str),
            reason: line.reason.map(NaloxoneReason::as_str),
        });
    }

    /// The contact, if it is one.
    #[must_use]
    pub fn contact(&self) -> Option<&Contact> {
        self.body.as_contact()
    }

    /// Where and when it counts.
    #[must_use]
    pub fn spot(&self) -> Spot {
        Spot {
            day: self.day,
            site: self.body.common().site.as_str().to_owned(),
            worker: self.worker,
        }
    }

    /// The contacts of a tally sheet by gender and age band; whom the sheet doesn't tell apart stands last, as not known.
    #[must_use]
    pub fn groups(&self) -> Vec<(String, String, i64)> {
        let RecordBody::TallySheet(sheet) = &self.body else {
            return Vec::new();
        };
        let told = sheet
            .groups
            .iter()
            .map(|group| (group.gender.to_string(), group.age_band.to_string(), group.n));
        let rest = sheet.contacts - sheet.groups.iter().map(|group| group.n).sum::<i64>();
        let unknown = (rest > 0).then(|| (UNKNOWN.to_owned(), UNKNOWN.to_owned(), rest));
        told.chain(unknown).collect()
    }
}

/// Gender and age band of whom nothing is told.
const UNKNOWN: &str = "unknown";
