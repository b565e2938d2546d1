//! Kinds `referral` (one made outside a contact) and `referral_event` (what became of one).

use validator::Validate;

use super::common::record_body;
use super::enums::{EventSource, ReferralStatus};
use super::parts::Referral;
use crate::ids::Code;

record_body! {
    /// Body of a referral on its own, schema 1.
    ReferralRecord {
        /// The referral.
        #[validate(nested)]
        pub referral: Referral,
    }
}

record_body! {
    /// Body of a referral event, schema 1. It finds its referral by slip and service; until that arrives it waits uncounted.
    ReferralEvent {
        /// Slip of the referral.
        #[schemars(regex(pattern = r"^[0-9A-HJKMNP-TV-Z]{6}$"))]
        pub slip: String,
        /// Service of the referral.
        pub service: Code,
        /// How far it came.
        pub status: ReferralStatus,
        /// Who says so.
        pub source: EventSource,
    }
}
