//! Short forms of the column definitions that every table uses.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Tables with rows so wide that SQLite is faster with the rows in order of arrival and the key apart.
const WIDE: [&str; 4] = ["op", "record", "quarantine", "catalogue"];

pub(crate) fn uuid(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().to_owned()
}

pub(crate) fn uuid_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().null().to_owned()
}

pub(crate) fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().to_owned()
}

pub(crate) fn text_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().to_owned()
}

pub(crate) fn big(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().to_owned()
}

pub(crate) fn big_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().null().to_owned()
}

pub(crate) fn small(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).small_integer().not_null().to_owned()
}

pub(crate) fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().to_owned()
}

pub(crate) fn blob(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().to_owned()
}

pub(crate) fn blob_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().to_owned()
}

pub(crate) fn date(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().not_null().to_owned()
}

pub(crate) fn date_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().null().to_owned()
}

pub(crate) fn double_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).double().null().to_owned()
}

/// A table with its columns and the columns of its primary key.
pub(crate) fn table(name: &str, columns: &[ColumnDef], key: &[&str]) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for column in columns {
        table.col(column.clone());
    }
    let mut primary = Index::create();
    for column in key {
        primary.col(Alias::new(*column));
    }
    table.primary_key(&mut primary);
    table
}

/// An index named after its table and purpose.
pub(crate) fn index(name: &str, of: &str, columns: &[&str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(of));
    for column in columns {
        index.col(Alias::new(*column));
    }
    if unique {
        index.unique();
    }
    index
}

/// Creates tables, then indexes.
pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for mut table in tables {
        if manager.get_database_backend() == DbBackend::Sqlite && !WIDE.contains(&name_of(&table).as_str()) {
            // One tree instead of a table and an index on its key: half the pages that a write changes.
            table.extra("WITHOUT ROWID");
        }
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

fn name_of(table: &TableCreateStatement) -> String {
    match table.get_table_name() {
        Some(TableRef::Table(name, _)) => name.1.to_string(),
        _ => String::new(),
    }
}
