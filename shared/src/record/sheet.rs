//! Kinds `tally_sheet` and `group_session`: many people at once.

use validator::Validate;

use super::common::record_body;
use super::enums::SessionType;
use super::parts::{Group, Line};
use crate::ids::{Code, WorkerId};

record_body! {
    /// Body of a tally sheet, schema 1: a bulk count where one-by-one is impossible.
    TallySheet {
        /// Contacts counted, 0 to 5,000.
        #[validate(range(min = 0, max = 5_000))]
        pub contacts: i64,
        /// The contacts by gender and age band as far as known; together at most `contacts`.
        #[serde(default)]
        #[validate(length(max = 60), nested)]
        pub groups: Vec<Group>,
        /// Items out and in.
        #[serde(default)]
        #[validate(length(max = 80), nested)]
        pub lines: Vec<Line>,
    }
}

record_body! {
    /// Body of a group session, schema 1. It opens for workers unlocked for facilitation, and as mentoring for those unlocked for it.
    GroupSession {
        /// A group, or the mentoring of other peers.
        pub session: SessionType,
        /// Topics.
        #[serde(default)]
        #[validate(length(max = 40))]
        pub topics: Vec<Code>,
        /// Who led it beside the worker.
        #[serde(default)]
        #[validate(length(max = 10))]
        pub facilitators: Vec<WorkerId>,
        /// People who took part, 0 to 5,000.
        #[validate(range(min = 0, max = 5_000))]
        pub attendees: i64,
        /// The people by gender and age band as far as known; together at most `attendees`.
        #[serde(default)]
        #[validate(length(max = 60), nested)]
        pub groups: Vec<Group>,
        /// Items out and in.
        #[serde(default)]
        #[validate(length(max = 80), nested)]
        pub lines: Vec<Line>,
    }
}
