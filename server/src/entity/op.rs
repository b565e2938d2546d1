//! One sealed, immutable statement about a record.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "op")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub seq: i64,
    pub record_id: Uuid,
    pub rev: i64,
    pub void: bool,
    pub device_id: Uuid,
    pub dseq: i64,
    pub author_id: Uuid,
    pub by_supervisor: bool,
    #[sea_orm(column_type = "Text")]
    pub kid: String,
    #[sea_orm(column_type = "Blob")]
    pub digest: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub hdr: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub ek: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub ct: Vec<u8>,
    pub code_state: i16,
    pub person: Option<Uuid>,
    pub received_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
