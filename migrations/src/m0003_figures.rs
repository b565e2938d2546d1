//! Live tallies, releases and published cells.

use sea_orm_migration::prelude::*;

use crate::columns::{big, create, date, double_null, table, text, text_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = vec![
            table(
                "tally",
                &[
                    uuid("programme_id"),
                    text("grain"),
                    date("day"),
                    text("scope"),
                    text("measure"),
                    big("n"),
                ],
                &["programme_id", "grain", "day", "scope", "measure"],
            ),
            table(
                "release",
                &[
                    uuid("programme_id"),
                    text("period"),
                    big("number"),
                    date("published_on"),
                    big("published_at"),
                    big("devices_reported"),
                    big("devices_total"),
                ],
                &["programme_id", "period", "number"],
            ),
            // `value` is what evaluators see; `carry` is the protected figure behind a hidden one, which only the publication job
            // reads, to add months up to quarters and years.
            table(
                "published_cell",
                &[
                    uuid("programme_id"),
                    text("period"),
                    text("indicator"),
                    text("scope"),
                    text("dimension"),
                    text("member"),
                    big("release_number"),
                    double_null("value"),
                    text_null("flag"),
                    big("carry"),
                ],
                &["programme_id", "period", "scope", "dimension", "indicator", "member"],
            ),
        ];
        create(manager, tables, Vec::new()).await
    }
}
