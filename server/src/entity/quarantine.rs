//! An op that waits for the supervisor, raw.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantine")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub op_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub digest: Vec<u8>,
    pub seq: i64,
    /// The phone that brought it.
    pub carrier_id: Uuid,
    /// The phone that made it, as its header says.
    pub device_id: Uuid,
    /// Its number there; 0 when another phone brought it and nothing tells that it is from there.
    pub dseq: i64,
    pub author_id: Uuid,
    pub record_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    #[sea_orm(column_type = "Text")]
    pub errors: String,
    #[sea_orm(column_type = "Blob")]
    pub hdr: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub ek: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub ct: Vec<u8>,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub settled_seq: Option<i64>,
    pub received_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
