//! Schema history of the database. A released migration is frozen; a change is a new one.
//!
//! Imports nothing of the other crates, so that their growth can't change history. Instants are UTC milliseconds in
//! `*_at` columns; service dates are dates; ids are UUIDs. Every table of programme data has `programme_id` first in its
//! primary key. The exceptions are the directory tables that are asked before the programme is known: `invite`,
//! `staff_login`, `staff_session` and `challenge`.

mod columns;
mod m0001_directory;
mod m0002_log;
mod m0003_figures;

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

/// The list of migrations, in order.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_directory::Migration),
            Box::new(m0002_log::Migration),
            Box::new(m0003_figures::Migration),
        ]
    }
}
