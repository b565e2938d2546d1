//! A phone, or the console of a programme.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Blob")]
    pub public_key: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub app: String,
    pub enrolled_for: Uuid,
    pub enrolled_at: i64,
    pub last_seen_at: Option<i64>,
    pub last_push_at: Option<i64>,
    pub dseq_high: i64,
    #[sea_orm(column_type = "Text")]
    pub received: String,
    pub clock_skew_ms: Option<i64>,
    pub revoked_at: Option<i64>,
    pub reoffer: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
