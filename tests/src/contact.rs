//! Contacts as a peer worker taps them.

use chrono::NaiveDate;
use rounds_shared::console::RecordView;
use rounds_shared::ids::{Code, WorkerId};
use rounds_shared::record::{
    Captured, ClientCode, Contact, Direction, Injects, Line, Mode, NaloxoneReason, Referral, ReferralStatus, ReferralWay, ReturnMethod,
    Returning, Setting,
};
use uuid::Uuid;

/// A contact that nobody has saved yet.
#[derive(Debug, Clone)]
pub struct Draft {
    contact: Contact,
    day: Option<NaiveDate>,
}

/// A returning man of 25 to 34 at the market, who was given nothing and gave no code.
#[must_use]
pub fn contact() -> Draft {
    let contact = Contact {
        worker: WorkerId(Uuid::nil()),
        catalogue: 1,
        site: code("market"),
        service_date: NaiveDate::default(),
        captured: None,
        shift: None,
        mode: Mode::Pair,
        setting: Setting::Street,
        returning: Returning::Returning,
        gender: code("man"),
        age_band: code("25-34"),
        injects: Injects::NotAsked,
        for_others: 0,
        code: ClientCode::None,
        code_refused: false,
        topics: Vec::new(),
        unmet: Vec::new(),
        lines: Vec::new(),
        referrals: Vec::new(),
        tests: Vec::new(),
    };
    Draft { contact, day: None }
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

impl Draft {
    fn line(mut self, item: &str, direction: Direction, quantity: i64) -> Self {
        let method = (direction == Direction::In).then_some(ReturnMethod::Counted);
        let reason = item.starts_with("naloxone").then_some(NaloxoneReason::First);
        self.contact.lines.push(Line {
            item: code(item),
            direction,
            quantity,
            method,
            measured: None,
            reason,
        });
        self
    }

    /// Gives syringes.
    #[must_use]
    pub fn syringes(mut self, quantity: i64) -> Self {
        self.contact.injects = Injects::Assumed;
        self.line("ns_1ml", Direction::Out, quantity)
    }

    /// Takes used syringes back, counted.
    #[must_use]
    pub fn returns(self, quantity: i64) -> Self {
        self.line("used_syringe", Direction::In, quantity)
    }

    /// Gives naloxone, two doses a kit.
    #[must_use]
    pub fn naloxone(self, kits: i64) -> Self {
        self.line("naloxone_nasal", Direction::Out, kits)
    }

    /// Gives anything.
    #[must_use]
    pub fn gives(self, item: &str, quantity: i64) -> Self {
        self.line(item, Direction::Out, quantity)
    }

    /// Points the person to a service with a slip.
    #[must_use]
    pub fn refers(mut self, service: &str) -> Self {
        self.contact.referrals.push(Referral {
            slip: Some("K742QS".to_owned()),
            service: code(service),
            provider: None,
            way: ReferralWay::Slip,
            status: ReferralStatus::Issued,
        });
        self
    }

    /// The person gives a code.
    #[must_use]
    pub fn coded(mut self, client_code: &str) -> Self {
        self.contact.code = ClientCode::Set(client_code.to_owned());
        self
    }

    /// Leaves the person as it was.
    #[must_use]
    pub fn keeps_code(mut self) -> Self {
        self.contact.code = ClientCode::Keep;
        self
    }

    /// Somebody new.
    #[must_use]
    pub fn new_person(mut self) -> Self {
        self.contact.returning = Returning::New;
        self
    }

    /// At a site.
    #[must_use]
    pub fn at(mut self, site: &str) -> Self {
        self.contact.site = code(site);
        self
    }

    /// Of a gender.
    #[must_use]
    pub fn gender(mut self, gender: &str) -> Self {
        self.contact.gender = code(gender);
        self
    }

    /// On a service date; without it, on the day when it is saved.
    #[must_use]
    pub fn on(mut self, day: &str) -> Self {
        self.day = Some(day.parse().unwrap());
        self
    }

    /// With the phone's wall clock at the tap, in Nairobi.
    #[must_use]
    pub fn captured_at(mut self, local: &str) -> Self {
        self.contact.captured = Some(Captured {
            local: local.parse().unwrap(),
            offset_minutes: 180,
        });
        self
    }

    /// With anything else changed.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Contact)) -> Self {
        change(&mut self.contact);
        self
    }

    /// The contact of a worker, saved on a day.
    #[must_use]
    pub fn of(self, worker: Uuid, today: NaiveDate) -> Contact {
        let mut contact = self.contact;
        contact.worker = WorkerId(worker);
        contact.service_date = self.day.unwrap_or(today);
        contact
    }
}

/// The contact of a record in the console.
pub trait Seen {
    /// The contact that the record is.
    fn contact(&self) -> &Contact;
}

impl Seen for RecordView {
    fn contact(&self) -> &Contact {
        let Some(contact) = self.record.as_contact() else {
            panic!("a {} is no contact", self.record.kind())
        };
        contact
    }
}
