//! Identifiers and short codes, each a newtype that can only be made by `parse`.
//!
//! Numbers of the wire (sequence numbers, revisions) stay plain integers below 2^53.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// Greatest integer that JavaScript holds exactly, the bound of every integer on the wire.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// What is wrong with a short code or id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is 1 to 32 characters of a–z, 0–9, '_', '-', '<' and '+'")]
pub struct CodeError;

/// A stable code of a catalogue entry: item, site, gender, age band, service, topic.
///
/// 1 to 32 characters of `a`–`z`, `0`–`9`, `_`, `-`, `<`, `+`. Codes are never reused or renamed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// Checks and wraps a code.
    ///
    /// # Errors
    /// [`CodeError`] when the text is empty, too long or has another character.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'<' | b'+'));
        if fits { Ok(Self(text.to_owned())) } else { Err(CodeError) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A stable code of a catalogue entry.",
            "pattern": "^[a-z0-9_<+-]{1,32}$",
        })
    }
}

macro_rules! uuid_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

uuid_newtype!(
    /// One organisation's peer work project, the tenant.
    ProgrammeId
);
uuid_newtype!(
    /// A phone, or the console of a programme.
    DeviceId
);
uuid_newtype!(
    /// A peer worker or a member of staff; both share one id space.
    WorkerId
);
uuid_newtype!(
    /// A record, equal to the id of its first op when a phone made it.
    RecordId
);
uuid_newtype!(
    /// One immutable statement about a record.
    OpId
);
uuid_newtype!(
    /// One request of a phone.
    BatchId
);
