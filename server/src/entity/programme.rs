//! A programme: the tenant, its sequence, epoch and the head of its audit chain.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub tz: String,
    pub seq: i64,
    pub epoch: Uuid,
    pub catalogue_version: i64,
    pub threshold: i64,
    pub audit_n: i64,
    #[sea_orm(column_type = "Blob")]
    pub audit_hash: Vec<u8>,
    pub console_device: Uuid,
    pub backup_watermark: i64,
    pub backup_made_at: Option<i64>,
    pub backup_checked_at: Option<i64>,
    pub fold_version: i64,
    /// Since when heads or tallies are known to differ from the log.
    pub drift_at: Option<i64>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
