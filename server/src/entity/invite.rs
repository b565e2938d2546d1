//! An invite (directory table): single use, known by the hash of its code only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invite")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub code_hash: Vec<u8>,
    pub programme_id: Uuid,
    pub worker_id: Uuid,
    #[sea_orm(column_type = "Blob")]
    pub digits_hash: Vec<u8>,
    pub tries: i64,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub device_id: Option<Uuid>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub device_key: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
