//! A protected figure, the only thing that evaluators read.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "published_cell")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub period: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub indicator: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub scope: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub dimension: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub member: String,
    pub release_number: i64,
    #[sea_orm(column_type = "Double", nullable)]
    pub value: Option<f64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub flag: Option<String>,
    pub carry: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
