//! A login name (directory table) and its password hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_login")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub login: String,
    pub programme_id: Uuid,
    pub worker_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    pub failures: i64,
    pub locked_until: Option<i64>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
