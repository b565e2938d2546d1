//! Typed columns of a contact: a pure function of its body and of the fixed numbers of the catalogue's items.

use chrono::NaiveDate;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{ClientCode, Contact, Direction, KIND_CONTACT, Referral, SCHEMA_CONTACT};
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

/// A referral.
pub type ReferralFacts = Referral;

/// What the cuts and tallies need of a contact.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Kind of record.
    pub kind: &'static str,
    /// Schema version of the body.
    pub schema: u32,
    /// Whose contact it is.
    pub worker: Uuid,
    /// Service date.
    pub day: NaiveDate,
    /// The body, whose code is always `keep`: the person is a register of its own.
    pub body: Contact,
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
    /// Facts of a contact. Items that the catalogue doesn't know count as plain units; validation has refused them before.
    #[must_use]
    pub fn of(contact: &Contact, catalogue: &Catalogue) -> Self {
        let mut body = contact.clone();
        body.code = ClientCode::Keep;
        let mut facts = Self {
            kind: KIND_CONTACT,
            schema: SCHEMA_CONTACT,
            worker: contact.worker.0,
            day: contact.service_date,
            body,
            lines: Vec::with_capacity(contact.lines.len()),
            syringes_out: 0,
            syringes_in: 0,
            naloxone_kits: 0,
            naloxone_doses: 0,
        };
        for line in &contact.lines {
            let (per_unit, doses_per_unit) = catalogue
                .item(&line.item)
                .map_or((0, 0), |item| (item.syringes_per_unit, item.doses_per_unit));
            let (syringes, doses) = (line.quantity.saturating_mul(per_unit), line.quantity.saturating_mul(doses_per_unit));
            match line.direction {
                Direction::Out => {
                    facts.syringes_out += syringes;
                    if doses_per_unit > 0 {
                        facts.naloxone_kits += line.quantity;
                        facts.naloxone_doses += doses;
                    }
                }
                Direction::In => facts.syringes_in += syringes,
            }
            facts.lines.push(LineFacts {
                item: line.item.as_str().to_owned(),
                direction: line.direction,
                quantity: line.quantity,
                syringes,
                doses,
                method: line.method.map(rounds_shared::record::ReturnMethod::as_str),
                reason: line.reason.map(rounds_shared::record::NaloxoneReason::as_str),
            });
        }
        facts
    }
}
