//! The closed answer sets of records, in the words of the wire.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! wire_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of a word, if it is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

wire_enum!(
    /// How the worker was out.
    Mode { /// With paid staff.
        WithStaff = "with_staff", /// Two peers together.
        Pair = "pair", /// On their own.
        Alone = "alone" }
);
wire_enum!(
    /// Kind of place.
    Setting { /// On foot.
        Street = "street", /// Van or bus.
        Mobile = "mobile", /// A fixed place.
        DropIn = "drop_in", /// At somebody's home.
        HomeVisit = "home_visit", /// A festival, a meeting.
        Event = "event", /// Elsewhere.
        Other = "other" }
);
wire_enum!(
    /// Whether the person was met before; a reported number, so it has no default but `not_asked`.
    Returning { /// First contact with the programme.
        New = "new", /// Met before.
        Returning = "returning", /// Not asked.
        NotAsked = "not_asked" }
);
wire_enum!(
    /// Whether the person injects. `assumed` = syringes were given and nobody was asked.
    Injects { /// Said so.
        Yes = "yes", /// Syringes out and nothing tapped.
        Assumed = "assumed", /// Said no.
        No = "no", /// Not asked.
        NotAsked = "not_asked" }
);
wire_enum!(
    /// Way of an item.
    Direction { /// Handed out.
        Out = "out", /// Taken back.
        In = "in" }
);
wire_enum!(
    /// How a returned quantity was found. All but `counted` are estimates.
    ReturnMethod { /// Counted one by one.
        Counted = "counted", /// As the person said.
        Reported = "reported", /// By the fill of a container.
        Container = "container", /// By weight.
        Weighed = "weighed" }
);
wire_enum!(
    /// Why naloxone was given.
    NaloxoneReason { /// First supply.
        First = "first", /// The last one was used on an overdose.
        UsedForOverdose = "used_for_overdose", /// Lost.
        Lost = "lost", /// Past its date.
        Expired = "expired", /// Taken by police or others.
        Confiscated = "confiscated", /// A spare one.
        Spare = "spare", /// Not asked.
        NotAsked = "not_asked" }
);
wire_enum!(
    /// How a referral was made.
    ReferralWay { /// By word.
        Told = "told", /// With a slip.
        Slip = "slip", /// The worker called the service.
        Called = "called", /// The worker went along.
        Accompanied = "accompanied" }
);
wire_enum!(
    /// State of a referral; the furthest one wins, in this order.
    ReferralStatus { /// Offered.
        Offered = "offered", /// Offered and not wanted.
        Declined = "declined", /// Made.
        Issued = "issued", /// The person could not be found again.
        Unreachable = "unreachable", /// Known not to have gone.
        NotAttended = "not_attended", /// Went there.
        Attended = "attended", /// Went there and was turned away.
        AttendedNotServed = "attended_not_served", /// Served.
        Completed = "completed" }
);
wire_enum!(
    /// Answer about a test of one kind. Never a result of a test.
    TestResult { /// Done or offered on the spot.
        Offered = "offered", /// Sent to a service.
        Referred = "referred", /// Not wanted.
        Declined = "declined", /// Known status or recent test.
        NotNeeded = "not_needed", /// Not asked.
        NotAsked = "not_asked" }
);

wire_enum!(
    /// Kind of session.
    SessionType { /// A group of participants.
        Group = "group", /// Other peers, accompanied in their work.
        Mentoring = "mentoring" }
);
wire_enum!(
    /// How exactly a date is known.
    Precision { /// The day.
        Day = "day", /// The month only.
        Month = "month" }
);
wire_enum!(
    /// Kind of place of an overdose.
    OverdosePlace { /// Somebody's home.
        Home = "home", /// On the street.
        Street = "street", /// A public toilet, a station, a bar.
        PublicPlace = "public_place", /// A service.
        Service = "service", /// A hostel or shelter.
        Shelter = "shelter", /// Elsewhere.
        Other = "other", /// Not known.
        Unknown = "unknown" }
);
wire_enum!(
    /// Who tells of an overdose.
    ReportedBy { /// The peer worker was there.
        PeerPresent = "peer_present", /// Somebody who takes part in the programme.
        Participant = "participant", /// Somebody else.
        Other = "other" }
);
wire_enum!(
    /// A plain answer.
    Answer { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Not known; stays out of denominators.
        Unknown = "unknown" }
);
wire_enum!(
    /// Why no ambulance was called.
    NoAmbulance { /// The person came round.
        NotNeeded = "not_needed", /// Fear of police.
        Police = "police", /// It costs.
        Cost = "cost", /// No phone or no network.
        NoPhone = "no_phone", /// Another reason.
        Other = "other", /// Not asked.
        NotAsked = "not_asked" }
);
wire_enum!(
    /// How an overdose ended.
    Outcome { /// Recovered there.
        Recovered = "recovered", /// Taken to hospital.
        Hospital = "hospital", /// Died.
        Died = "died", /// Not known.
        Unknown = "unknown" }
);
wire_enum!(
    /// Whom an incident affects.
    Affects { /// The worker.
        Worker = "worker", /// Somebody who takes part.
        Participant = "participant", /// Several people.
        Group = "group" }
);
wire_enum!(
    /// How far an incident is dealt with.
    IncidentStatus { /// Nothing done yet.
        Open = "open", /// Being dealt with.
        Acting = "acting", /// Done.
        Closed = "closed" }
);
wire_enum!(
    /// State of a shift.
    ShiftState { /// Planned.
        Planned = "planned", /// Under way.
        Started = "started", /// Over.
        Done = "done", /// Planned and not held.
        Missed = "missed", /// Called off.
        Cancelled = "cancelled" }
);
wire_enum!(
    /// Something heavy that a worker met.
    HeavyEvent { /// Nothing.
        None = "none", /// An overdose.
        Overdose = "overdose", /// A death.
        Death = "death", /// Violence.
        Violence = "violence", /// Police.
        Police = "police", /// A needle stick.
        NeedleStick = "needle_stick", /// Something else.
        Other = "other" }
);
wire_enum!(
    /// Whether a worker wants to talk.
    WantsToTalk { /// No.
        No = "no", /// Within the week.
        ThisWeek = "this_week", /// Today.
        Today = "today" }
);
wire_enum!(
    /// What a worker answers to a question about a record.
    Reply { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Can't say.
        Unsure = "unsure", /// A number, which stands beside it.
        Number = "number" }
);
wire_enum!(
    /// How far an expense is.
    ExpenseStatus { /// Asked for.
        Submitted = "submitted", /// Agreed.
        Approved = "approved", /// Paid out.
        Paid = "paid" }
);
wire_enum!(
    /// Why stock moves.
    StockReason { /// Given to a worker.
        Issue = "issue", /// Given back unused.
        Return = "return", /// Lost.
        Lost = "lost", /// Damaged.
        Damaged = "damaged", /// Past its date.
        Expired = "expired", /// Taken by police or others.
        Confiscated = "confiscated", /// Counted anew.
        Adjustment = "adjustment" }
);
wire_enum!(
    /// Where stock is.
    StockPlace { /// The programme's store.
        Store = "store", /// The bag of the record's worker.
        Bag = "bag", /// Out of the programme: supplier, lost, destroyed.
        Outside = "outside" }
);
wire_enum!(
    /// Who tells what became of a referral.
    EventSource { /// The person.
        Client = "client", /// The worker went along.
        Accompanied = "accompanied", /// The slip came back.
        ProviderSlip = "provider_slip", /// The provider.
        Provider = "provider" }
);

impl ReferralStatus {
    /// Position in the fixed order; the furthest state wins.
    #[must_use]
    pub fn rank(self) -> i16 {
        match self {
            Self::Offered => 0,
            Self::Declined => 1,
            Self::Issued => 2,
            Self::Unreachable => 3,
            Self::NotAttended => 4,
            Self::Attended => 5,
            Self::AttendedNotServed => 6,
            Self::Completed => 7,
        }
    }

    /// Whether a referral in this state counts as issued.
    #[must_use]
    pub fn counts_as_issued(self) -> bool {
        self.rank() >= Self::Issued.rank()
    }

    /// Whether the person is known to have gone there.
    #[must_use]
    pub fn counts_as_attended(self) -> bool {
        self.rank() >= Self::Attended.rank()
    }

    /// Whether the outcome of an issued referral is known.
    #[must_use]
    pub fn has_known_outcome(self) -> bool {
        self.rank() >= Self::NotAttended.rank()
    }
}
