//! What a backup says of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::BackupError;
use crate::db::{DbBackend, knows_schema};
use crate::programmes::Programme;

/// Version of the form of backups.
const FORMAT: u32 = 1;

/// Which database the data is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The data is an SQLite file.
    Sqlite,
    /// The data is a dump of `pg_dump` in its custom format.
    Postgres,
}

impl Engine {
    /// Of a connected database.
    pub(super) fn of(backend: DbBackend) -> Self {
        if backend == DbBackend::Postgres {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }

    /// Of an address of the settings.
    pub(super) fn of_url(url: &str) -> Self {
        if url.starts_with("sqlite:") { Self::Sqlite } else { Self::Postgres }
    }

    /// Name of the data's file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Sqlite => "data.sqlite",
            Self::Postgres => "data.pgdump",
        }
    }
}

/// The data's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// Name within the backup.
    pub file: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A programme at the instant of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Programme.
    pub id: Uuid,
    /// Epoch.
    pub epoch: Uuid,
    /// Sequence number of its last write.
    pub seq: i64,
    /// Number of the newest link of its audit chain.
    pub audit_n: i64,
    /// Hash of that link, in hexadecimal digits.
    pub audit_hash: String,
}

impl Point {
    /// Where a programme stands.
    pub(super) fn of(programme: &Programme) -> Self {
        Self {
            id: programme.id,
            epoch: programme.epoch,
            seq: programme.seq,
            audit_n: programme.audit_n,
            audit_hash: hex(&programme.audit_hash),
        }
    }
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub format: u32,
    /// Version of the program that made it.
    pub app: String,
    /// Which database the data is of.
    pub engine: Engine,
    /// Newest migration of the data.
    pub schema: String,
    /// When it was begun.
    pub made_at: DateTime<Utc>,
    /// The data's file.
    pub data: Data,
    /// The programmes in it.
    pub programmes: Vec<Point>,
}

impl Manifest {
    /// Of a backup that is being made.
    pub(super) fn new(engine: Engine, schema: String, made_at: DateTime<Utc>, data: Data, programmes: &[Programme]) -> Self {
        Self {
            format: FORMAT,
            app: env!("CARGO_PKG_VERSION").to_owned(),
            engine,
            schema,
            made_at,
            data,
            programmes: programmes.iter().map(Point::of).collect(),
        }
    }

    /// Reads one that this program understands.
    pub(super) fn read(text: &[u8]) -> Result<Self, BackupError> {
        let value: serde_json::Value = serde_json::from_slice(text).map_err(|_| refused("its manifest.json is no JSON"))?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        match format {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(format) if format > u64::from(FORMAT) => {
                return Err(refused("it was made by a newer version of Rounds: use that version"));
            }
            _ => return Err(refused("its manifest.json is not one of a backup")),
        }
        let manifest: Self = serde_json::from_value(value).map_err(|error| refused(&format!("its manifest.json: {error}")))?;
        if manifest.data.file != manifest.engine.file() {
            return Err(refused("its manifest.json names another file than its data"));
        }
        if !knows_schema(&manifest.schema) {
            return Err(refused("its database is of a newer version of Rounds: use that version"));
        }
        Ok(manifest)
    }
}

fn refused(why: &str) -> BackupError {
    BackupError::Refused(format!("This backup can't be used: {why}."))
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string can't fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::newest_schema;

    fn manifest() -> Manifest {
        Manifest::new(
            Engine::Sqlite,
            newest_schema(),
            DateTime::default(),
            Data {
                file: "data.sqlite".to_owned(),
                bytes: 3,
                sha256: "00".repeat(32),
            },
            &[],
        )
    }

    fn refusal(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut value = serde_json::to_value(manifest()).unwrap();
        change(&mut value);
        Manifest::read(value.to_string().as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn one_of_another_version_or_form_is_refused_with_words() {
        assert_eq!(Manifest::read(&serde_json::to_vec(&manifest()).unwrap()).unwrap(), manifest());
        assert!(refusal(|m| m["format"] = 2.into()).contains("newer version"));
        assert!(refusal(|m| m["format"] = "x".into()).contains("not one of a backup"));
        assert!(refusal(|m| m["schema"] = "m9999_later".into()).contains("newer version"));
        assert!(refusal(|m| m["data"]["file"] = "../../etc/passwd".into()).contains("another file"));
        assert!(refusal(|m| m["made_at"] = "yesterday".into()).contains("manifest.json"));
        assert!(Manifest::read(b"<html>").unwrap_err().to_string().contains("no JSON"));
    }
}
