//! Kinds about the work itself: `shift`, `debrief`, `expense`, `stock_move`, `collection`.

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::common::{Captured, record_body};
use super::enums::{ExpenseStatus, HeavyEvent, Reply, ReturnMethod, ShiftState, StockPlace, StockReason, WantsToTalk};
use super::parts::Measured;
use crate::ids::{Code, RecordId, WorkerId};

record_body! {
    /// Body of a shift, schema 1: one outing. Its site, mode and setting are those at its start. No location but the site's code.
    Shift {
        /// How far it is.
        pub state: ShiftState,
        /// Who else is out on it.
        #[serde(default)]
        #[validate(length(max = 10))]
        pub with: Vec<WorkerId>,
        /// Area of the catalogue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub area: Option<Code>,
        /// Planned beginning, programme-local, such as `19:30:00`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        pub from: Option<NaiveTime>,
        /// Planned end, programme-local; before `from` when it is past midnight.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        pub until: Option<NaiveTime>,
        /// Check-in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[validate(nested)]
        pub check_in: Option<Captured>,
        /// Check-out; absent when the shift was closed at the programme's hour because nobody stopped it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[validate(nested)]
        pub check_out: Option<Captured>,
    }
}

record_body! {
    /// Body of a debrief, schema 1. The mood is optional, and only the worker and their supervisor ever see it.
    Debrief {
        /// 1 bad to 5 good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[validate(range(min = 1, max = 5))]
        pub mood: Option<i64>,
        /// Something heavy that happened; absent when not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub heavy: Option<HeavyEvent>,
        /// Whether the worker wants to talk.
        pub talk: WantsToTalk,
    }
}

record_body! {
    /// Body of an expense, schema 1.
    Expense {
        /// Kind, of the catalogue.
        pub kind: Code,
        /// Amount in hundredths of the currency, 1 to 100,000,000.
        #[validate(range(min = 1, max = 100_000_000))]
        pub amount: i64,
        /// Currency, three capitals of ISO 4217.
        #[validate(length(equal = 3))]
        pub currency: String,
        /// How far it is.
        pub status: ExpenseStatus,
    }
}

/// Units of an item that move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StockLine {
    /// Item of the catalogue.
    pub item: Code,
    /// Whole items, 1 to 100,000.
    #[validate(range(min = 1, max = 100_000))]
    pub quantity: i64,
}

record_body! {
    /// Body of a stock move, schema 1: everything that moved between the same two places for the same reason.
    StockMove {
        /// Why.
        pub reason: StockReason,
        /// Where it was; a bag is the worker's.
        pub from: StockPlace,
        /// Where it is now.
        pub to: StockPlace,
        /// What moved.
        #[validate(length(min = 1, max = 80), nested)]
        pub lines: Vec<StockLine>,
    }
}

record_body! {
    /// Body of a clean-up collection, schema 1: used syringes found, not brought back by anybody.
    Collection {
        /// Item of the catalogue.
        pub item: Code,
        /// Whole items, 1 to 100,000.
        #[validate(range(min = 1, max = 100_000))]
        pub quantity: i64,
        /// How the quantity was found.
        pub method: ReturnMethod,
        /// By container or weight: what was measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[validate(nested)]
        pub measured: Option<Measured>,
    }
}

record_body! {
    /// Body of an answer, schema 1: what a worker says to a supervisor's question about a record. It changes nothing by itself: the supervisor
    /// corrects the record. It has no words, so that nothing about a person is typed on a phone.
    QuestionAnswer {
        /// The question.
        pub question: Uuid,
        /// The record that it is about.
        pub about: RecordId,
        /// What the worker says.
        pub reply: Reply,
        /// The number, with the reply `number` and no other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[validate(range(min = 0, max = 100_000))]
        pub number: Option<i64>,
    }
}
