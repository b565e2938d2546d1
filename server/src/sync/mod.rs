//! The record's way from phone to table: push, pull, and the same way for the console and imports.

use rounds_shared::record::Contact;
use uuid::Uuid;

/// A statement that the server makes for somebody: a console correction or an imported row. It is sealed and enters the log like any op.
#[derive(Debug, Clone)]
pub struct Authored {
    /// Id of the op.
    pub op: Uuid,
    /// Record.
    pub record: Uuid,
    /// Revision, from 1.
    pub rev: i64,
    /// Who makes it.
    pub author: Uuid,
    /// Whether the author is staff.
    pub by_supervisor: bool,
    /// What it says.
    pub content: Content,
}

/// What an op says.
#[derive(Debug, Clone)]
pub enum Content {
    /// The whole record.
    Put(Box<Contact>),
    /// Removal, with its reason.
    Void(String),
}
