//! The op log, heads, quarantine, receipts, imports and the audit chain.

use sea_orm_migration::prelude::*;

use crate::columns::{big, big_null, blob, create, date_null, flag, index, small, table, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut tables = vec![op(), record()];
        tables.extend(record_parts());
        tables.extend(side_tables());
        let indexes = vec![
            // Only ops that are not their record's first: those have its id, so the primary key finds them.
            index("op_later", "op", &["programme_id", "record_id"], false)
                .and_where(Expr::col(Alias::new("record_id")).ne(Expr::col(Alias::new("id"))))
                .to_owned(),
            // Covers every exact cut, distinct people included, without touching the table.
            index(
                "record_cuts",
                "record",
                &[
                    "programme_id",
                    "kind",
                    "live",
                    "day",
                    "site",
                    "worker_id",
                    "gender",
                    "age_band",
                    "setting",
                    "injects",
                    "syringes_out",
                    "person",
                ],
                false,
            ),
            index("record_referral_slip", "record_referral", &["programme_id", "slip"], false)
                .and_where(Expr::col(Alias::new("slip")).is_not_null())
                .to_owned(),
            index("referral_event_slip", "referral_event", &["programme_id", "slip"], false),
            index("record_day", "record", &["programme_id", "day", "id"], false),
            index("quarantine_device", "quarantine", &["programme_id", "device_id"], false),
            index("quarantine_carrier", "quarantine", &["programme_id", "carrier_id"], false),
        ];
        create(manager, tables, indexes).await
    }
}

fn op() -> TableCreateStatement {
    table(
        "op",
        &[
            uuid("programme_id"),
            uuid("id"),
            big("seq"),
            uuid("record_id"),
            big("rev"),
            flag("void"),
            uuid("device_id"),
            big("dseq"),
            uuid("author_id"),
            flag("by_supervisor"),
            text("kid"),
            blob("digest"),
            blob("hdr"),
            blob("ek"),
            blob("ct"),
            small("code_state"),
            uuid_null("person"),
            big("received_at"),
        ],
        &["programme_id", "id"],
    )
}

fn record() -> TableCreateStatement {
    table(
        "record",
        &[
            uuid("programme_id"),
            uuid("id"),
            uuid("head_op"),
            big("head_rev"),
            flag("void"),
            flag("conflict"),
            flag("by_supervisor"),
            uuid("author_id"),
            uuid("device_id"),
            uuid_null("put_op"),
            big_null("put_rev"),
            uuid_null("person_op"),
            big_null("person_rev"),
            uuid_null("person"),
            flag("live"),
            text_null("kind"),
            big_null("schema"),
            date_null("day"),
            text_null("site"),
            uuid_null("worker_id"),
            text_null("gender"),
            text_null("age_band"),
            text_null("setting"),
            text_null("injects"),
            text_null("returning"),
            big("contacts"),
            big("for_others"),
            big("syringes_out"),
            big("syringes_in"),
            big("naloxone_kits"),
            big("naloxone_doses"),
            text_null("body"),
            text("warnings"),
            big("seq"),
            big("received_at"),
        ],
        &["programme_id", "id"],
    )
}

fn record_parts() -> Vec<TableCreateStatement> {
    vec![
        table(
            "record_line",
            &[
                uuid("programme_id"),
                uuid("record_id"),
                small("n"),
                text("item"),
                text("direction"),
                big("quantity"),
                big("syringes"),
                big("doses"),
                text_null("method"),
                text_null("reason"),
            ],
            &["programme_id", "record_id", "n"],
        ),
        table(
            "record_referral",
            &[
                uuid("programme_id"),
                uuid("record_id"),
                small("n"),
                text("service"),
                text_null("provider"),
                text("way"),
                text("status"),
                text("reached"),
                small("rank"),
                text_null("slip"),
            ],
            &["programme_id", "record_id", "n"],
        ),
        // What became of a referral; found by its slip, which may have come before the referral itself.
        table(
            "referral_event",
            &[
                uuid("programme_id"),
                uuid("record_id"),
                text("slip"),
                text("service"),
                text("status"),
                small("rank"),
            ],
            &["programme_id", "record_id"],
        ),
        // Contacts of a tally sheet by gender and age band.
        table(
            "record_group",
            &[
                uuid("programme_id"),
                uuid("record_id"),
                small("n"),
                text("gender"),
                text("age_band"),
                big("contacts"),
            ],
            &["programme_id", "record_id", "n"],
        ),
    ]
}

fn side_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "quarantine",
            &[
                uuid("programme_id"),
                uuid("op_id"),
                blob("digest"),
                big("seq"),
                uuid("carrier_id"),
                uuid("device_id"),
                big("dseq"),
                uuid("author_id"),
                uuid("record_id"),
                text("reason"),
                text("errors"),
                blob("hdr"),
                blob("ek"),
                blob("ct"),
                big("size"),
                text("status"),
                // Sequence number at which it was dealt with, for the phone that sent it.
                big_null("settled_seq"),
                big("received_at"),
            ],
            &["programme_id", "op_id", "digest"],
        ),
        table(
            "receipt",
            &[
                uuid("programme_id"),
                big("seq"),
                uuid("device_id"),
                uuid("batch_id"),
                big("accepted"),
                big("duplicate"),
                big("superseded"),
                big("quarantined"),
                big("received_at"),
            ],
            &["programme_id", "seq"],
        ),
        table(
            "import_row",
            &[
                uuid("programme_id"),
                text("source"),
                text("row_id"),
                uuid("record_id"),
                big("rev"),
                blob("row_hash"),
            ],
            &["programme_id", "source", "row_id"],
        ),
        table(
            "audit",
            &[
                uuid("programme_id"),
                big("n"),
                big("at"),
                uuid_null("actor_id"),
                text("actor_kind"),
                text("action"),
                text("subject"),
                text_null("reason"),
                blob("hash"),
            ],
            &["programme_id", "n"],
        ),
    ]
}
