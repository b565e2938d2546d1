//! Links of the chain and their hash.

use uuid::Uuid;

use crate::secrets::sha256;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The server itself or its command line.
    System,
    /// A device, without a person.
    Device(Uuid),
    /// A person.
    Person(Uuid),
}

impl Actor {
    pub(super) fn parts(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::System => ("system", None),
            Self::Device(id) => ("device", Some(id)),
            Self::Person(id) => ("person", Some(id)),
        }
    }
}

/// A link to be appended.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// What, such as `record.correct`.
    pub action: &'static str,
    /// On what: ids and numbers, never content.
    pub subject: String,
    /// Why, as the person gave it.
    pub reason: Option<String>,
}

impl Entry {
    /// Something that the server did by itself.
    #[must_use]
    pub fn system(action: &'static str, subject: String) -> Self {
        Self {
            actor: Actor::System,
            action,
            subject,
            reason: None,
        }
    }

    /// Something that a person did.
    #[must_use]
    pub fn person(id: Uuid, action: &'static str, subject: String) -> Self {
        Self {
            actor: Actor::Person(id),
            action,
            subject,
            reason: None,
        }
    }

    /// Something that a device did.
    #[must_use]
    pub fn device(id: Uuid, action: &'static str, subject: String) -> Self {
        Self {
            actor: Actor::Device(id),
            action,
            subject,
            reason: None,
        }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// Newest link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub n: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// What a link says, as it is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content<'a> {
    pub at: i64,
    pub kind: &'a str,
    pub id: Option<Uuid>,
    pub action: &'a str,
    pub subject: &'a str,
    pub reason: Option<&'a str>,
}

/// Hash of the link after a head: SHA-256 over the head's hash, the link's number and every field, each preceded by its length.
#[must_use]
pub(super) fn link_hash(after: &Head, content: &Content<'_>) -> [u8; 32] {
    let Content {
        at,
        kind,
        id,
        action,
        subject,
        reason,
    } = *content;
    let (previous, n) = (after.hash.as_slice(), after.n + 1);
    let id = id.map(|id| id.to_string()).unwrap_or_default();
    // An absent reason and an empty one differ by the marker.
    let marker: &[u8] = if reason.is_some() { b"1" } else { b"0" };
    let (n, at) = (n.to_be_bytes(), at.to_be_bytes());
    let fields: [&[u8]; 9] = [
        previous,
        &n,
        &at,
        kind.as_bytes(),
        id.as_bytes(),
        action.as_bytes(),
        subject.as_bytes(),
        marker,
        reason.unwrap_or_default().as_bytes(),
    ];
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    sha256(&bytes)
}
