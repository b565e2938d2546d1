//! What every record says of its circumstances, and the macro that gives each kind these fields.
//!
//! They stand in each body itself rather than in a part of it: a flattened part could not refuse unknown fields.

use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::enums::{Mode, Setting};
use crate::ids::{Code, WorkerId};

/// The phone's own wall clock at a tap, with its offset, kept beside the service date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Captured {
    /// Local date and time, such as `2026-06-09T21:14:05`.
    #[schemars(with = "String", regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"))]
    pub local: NaiveDateTime,
    /// Minutes east of UTC, −840 to 840.
    #[validate(range(min = -840, max = 840))]
    pub offset_minutes: i32,
}

/// The circumstances of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common<'a> {
    /// Whose record it is.
    pub worker: WorkerId,
    /// Version of the catalogue that it was made with.
    pub catalogue: i64,
    /// Site code.
    pub site: &'a Code,
    /// Programme-local date.
    pub service_date: NaiveDate,
    /// The phone's wall clock at the tap.
    pub captured: Option<&'a Captured>,
    /// Shift that it belongs to.
    pub shift: Option<Uuid>,
    /// How the worker was out.
    pub mode: Mode,
    /// Kind of place.
    pub setting: Setting,
}

/// Anything with the circumstances of a record.
pub trait HasCommon {
    /// The circumstances.
    fn common(&self) -> Common<'_>;
}

/// Defines the body of a kind: the circumstances, then its own fields, taken as they stand because the derives look at their types.
macro_rules! record_body {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Whose record it is; in a push equal to the header's author.
            pub worker: $crate::ids::WorkerId,
            /// Version of the catalogue that it was made with, from 1.
            #[validate(range(min = 1, max = 1_000_000))]
            pub catalogue: i64,
            /// Site code.
            pub site: $crate::ids::Code,
            /// Programme-local date of the tap, or the date that was chosen.
            pub service_date: chrono::NaiveDate,
            /// The phone's wall clock at the tap; absent on imported rows and console entries.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[validate(nested)]
            pub captured: Option<$crate::record::Captured>,
            /// Shift that it belongs to.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub shift: Option<uuid::Uuid>,
            /// How the worker was out.
            pub mode: $crate::record::Mode,
            /// Kind of place.
            pub setting: $crate::record::Setting,
            $($own)*
        }

        impl $crate::record::HasCommon for $name {
            fn common(&self) -> $crate::record::Common<'_> {
                $crate::record::Common {
                    worker: self.worker,
                    catalogue: self.catalogue,
                    site: &self.site,
                    service_date: self.service_date,
                    captured: self.captured.as_ref(),
                    shift: self.shift,
                    mode: self.mode,
                    setting: self.setting,
                }
            }
        }
    };
}
pub(crate) use record_body;
