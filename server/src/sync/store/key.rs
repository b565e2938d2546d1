//! What names an op in quarantine, and where it stands in the order of arrival.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sea_orm::sea_query::Expr;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use crate::entity::quarantine;
use crate::sync::base64url;

/// Names an op: several may have one id. In a path, its id and the base64url of its digest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Key {
    pub(crate) op: Uuid,
    #[serde(deserialize_with = "digest")]
    pub(crate) digest: Vec<u8>,
}

fn digest<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| D::Error::custom("no base64url"))
}

/// Where an op stands in the order of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(crate) seq: i64,
    pub(crate) key: Key,
}

impl Place {
    /// The place before all ops that came with a sequence number or later.
    pub(crate) fn before(seq: i64) -> Self {
        let (op, digest) = (Uuid::nil(), Vec::new());
        Self {
            seq,
            key: Key { op, digest },
        }
    }

    /// As a value to compare [`Place::column`] with.
    pub(super) fn value(&self) -> Expr {
        let Key { op, digest } = &self.key;
        Expr::tuple([Expr::value(self.seq), Expr::value(*op), Expr::value(digest.clone())])
    }

    /// The columns that make a place.
    pub(super) fn column() -> Expr {
        Expr::tuple([quarantine::Column::Seq, quarantine::Column::OpId, quarantine::Column::Digest].map(Expr::col))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}", self.seq, self.key.op, base64url(&self.key.digest))
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '|');
        let mut next = || parts.next().ok_or(());
        let (seq, op, digest) = (next()?, next()?, next()?);
        Ok(Self {
            seq: seq.parse().map_err(|_| ())?,
            key: Key {
                op: op.parse().map_err(|_| ())?,
                digest: BASE64_URL_SAFE_NO_PAD.decode(digest).map_err(|_| ())?,
            },
        })
    }
}
