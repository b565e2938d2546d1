//! Programmes, catalogues, people, devices, and the directory tables of enrolment and log-in.

use sea_orm_migration::prelude::*;

use crate::columns::{big, big_null, blob, blob_null, create, date, date_null, index, table, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut tables = programme_tables();
        tables.extend(people_tables());
        tables.extend(phone_tables());
        tables.extend(access_tables());
        let indexes = vec![
            index("thanks_worker", "thanks", &["programme_id", "worker_id"], false),
            index("question_worker", "question", &["programme_id", "worker_id"], false),
            index("qualification_worker", "qualification", &["programme_id", "worker_id"], false),
            index("worker_handle", "worker", &["programme_id", "handle"], true),
            index("staff_login_worker", "staff_login", &["programme_id", "worker_id"], true),
        ];
        create(manager, tables, indexes).await
    }
}

fn programme_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "programme",
            &[
                uuid("id"),
                text("name"),
                text("tz"),
                big("seq"),
                uuid("epoch"),
                big("catalogue_version"),
                big("threshold"),
                big("audit_n"),
                blob("audit_hash"),
                uuid("console_device"),
                big("backup_watermark"),
                big_null("backup_made_at"),
                big_null("backup_checked_at"),
                big("fold_version"),
                big_null("drift_at"),
                big("created_at"),
            ],
            &["id"],
        ),
        table(
            "catalogue",
            &[uuid("programme_id"), big("version"), text("body"), big("created_at")],
            &["programme_id", "version"],
        ),
        table(
            "sealing_key",
            &[
                uuid("programme_id"),
                text("kid"),
                big("suite"),
                blob("public_key"),
                blob("sig"),
                big("created_at"),
                big_null("retired_at"),
            ],
            &["programme_id", "kid"],
        ),
    ]
}

fn people_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "worker",
            &[
                uuid("programme_id"),
                uuid("id"),
                text("handle"),
                text("role"),
                text_null("level"),
                uuid_null("supervisor_id"),
                text("status"),
                big("created_at"),
            ],
            &["programme_id", "id"],
        ),
        table(
            "thanks",
            &[
                uuid("programme_id"),
                uuid("id"),
                uuid("worker_id"),
                date("on_day"),
                uuid("by_id"),
                text("words"),
            ],
            &["programme_id", "id"],
        ),
        table(
            "question",
            &[
                uuid("programme_id"),
                uuid("id"),
                uuid("record_id"),
                uuid("worker_id"),
                uuid("by_id"),
                date("on_day"),
                big("asked_at"),
                text("words"),
                big_null("closed_at"),
            ],
            &["programme_id", "id"],
        ),
        table(
            "qualification",
            &[
                uuid("programme_id"),
                uuid("id"),
                uuid("worker_id"),
                text("module"),
                date("on_day"),
                date_null("expires"),
                uuid("confirmed_by"),
            ],
            &["programme_id", "id"],
        ),
    ]
}

fn phone_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "device",
            &[
                uuid("programme_id"),
                uuid("id"),
                blob("public_key"),
                text("kind"),
                text("app"),
                uuid("enrolled_for"),
                big("enrolled_at"),
                big_null("last_seen_at"),
                big_null("last_push_at"),
                big("dseq_high"),
                text("received"),
                big_null("clock_skew_ms"),
                big_null("revoked_at"),
                big("reoffer"),
            ],
            &["programme_id", "id"],
        ),
        table(
            "pin_share",
            &[
                uuid("programme_id"),
                uuid("device_id"),
                uuid("worker_id"),
                blob_null("seed"),
                blob("decoy"),
                blob("proof_mac"),
                blob("duress_mac"),
                big("tries"),
                big_null("wait_until"),
                big("created_at"),
            ],
            &["programme_id", "device_id", "worker_id"],
        ),
        table(
            "device_author",
            &[
                uuid("programme_id"),
                uuid("device_id"),
                uuid("worker_id"),
                big("from_at"),
                big_null("until_at"),
            ],
            &["programme_id", "device_id", "worker_id"],
        ),
    ]
}

fn access_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "invite",
            &[
                blob("code_hash"),
                uuid("programme_id"),
                uuid("worker_id"),
                blob("digits_hash"),
                big("tries"),
                big("created_at"),
                big("expires_at"),
                big_null("used_at"),
                uuid_null("device_id"),
                blob_null("device_key"),
            ],
            &["code_hash"],
        ),
        table(
            "staff_login",
            &[
                text("login"),
                uuid("programme_id"),
                uuid("worker_id"),
                text("password_hash"),
                big("failures"),
                big_null("locked_until"),
                big("created_at"),
            ],
            &["login"],
        ),
        table(
            "staff_session",
            &[
                blob("token_hash"),
                uuid("programme_id"),
                uuid("worker_id"),
                big("created_at"),
                big("seen_at"),
                big("expires_at"),
            ],
            &["token_hash"],
        ),
        table(
            "totp",
            &[
                uuid("programme_id"),
                uuid("worker_id"),
                blob("secret"),
                big_null("confirmed_at"),
                big("last_step"),
            ],
            &["programme_id", "worker_id"],
        ),
        table(
            "totp_recovery",
            &[uuid("programme_id"), uuid("worker_id"), blob("code_mac")],
            &["programme_id", "worker_id", "code_mac"],
        ),
        table("challenge", &[blob("nonce"), big("expires_at")], &["nonce"]),
        table(
            "script_token",
            &[
                uuid("programme_id"),
                uuid("jti"),
                uuid("worker_id"),
                text("name"),
                text("scope"),
                big("created_at"),
                big("expires_at"),
                big_null("revoked_at"),
            ],
            &["programme_id", "jti"],
        ),
    ]
}
