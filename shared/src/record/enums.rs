//! The closed answer sets of a contact, in the words of the wire.

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
