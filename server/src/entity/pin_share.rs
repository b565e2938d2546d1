//! What the server's share of a phone's key is made from, for one person on one phone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pin_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: Uuid,
    #[sea_orm(column_type = "Blob", nullable)]
    pub seed: Option<Vec<u8>>,
    #[sea_orm(column_type = "Blob")]
    pub decoy: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub proof_mac: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub duress_mac: Vec<u8>,
    pub tries: i64,
    pub wait_until: Option<i64>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
