//! Head of a record, with the typed columns of the exact cuts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub head_op: Uuid,
    pub head_rev: i64,
    pub void: bool,
    pub conflict: bool,
    pub by_supervisor: bool,
    pub author_id: Uuid,
    pub device_id: Uuid,
    pub put_op: Option<Uuid>,
    pub put_rev: Option<i64>,
    pub person_op: Option<Uuid>,
    pub person_rev: Option<i64>,
    pub person: Option<Uuid>,
    pub live: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub kind: Option<String>,
    pub schema: Option<i64>,
    pub day: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub site: Option<String>,
    pub worker_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub gender: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub age_band: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub setting: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub injects: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub returning: Option<String>,
    pub contacts: i64,
    pub for_others: i64,
    pub syringes_out: i64,
    pub syringes_in: i64,
    pub naloxone_kits: i64,
    pub naloxone_doses: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub body: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub warnings: String,
    pub seq: i64,
    pub received_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
