//! Many rows in one statement.
//!
//! The statement is written here and not by the query builder, which takes longer to put a batch of wide rows together than SQLite takes to
//! store them.

use std::fmt::Write as _;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityName, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn,
    Statement, Value,
};

use super::{StoreError, chunks};

type Column<M> = <<M as ModelTrait>::Entity as EntityTrait>::Column;
type PrimaryKey<M> = <<M as ModelTrait>::Entity as EntityTrait>::PrimaryKey;

/// What becomes of a row whose key is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The statement fails.
    Fails,
    /// The row there stays.
    Stays,
    /// The new row takes its place.
    Replaced,
    /// All columns beside the key are added to what is there.
    Added,
}

/// Inserts rows, as many as a statement can carry at a time.
///
/// # Errors
/// [`StoreError::Db`].
pub(crate) async fn insert<M: ModelTrait>(tx: &DatabaseTransaction, rows: &[M], taken: Taken) -> Result<(), StoreError> {
    let columns: Vec<Column<M>> = Column::<M>::iter().collect();
    let backend = tx.get_database_backend();
    for part in chunks(rows, columns.len()) {
        let values: Vec<Value> = part
            .iter()
            .flat_map(|row| columns.iter().map(move |column| row.get(*column)))
            .collect();
        let text = statement::<M>(backend, part.len(), taken);
        tx.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
    }
    Ok(())
}

fn statement<M: ModelTrait>(backend: DbBackend, rows: usize, taken: Taken) -> String {
    let entity = M::Entity::default();
    let table = entity.table_name();
    let names: Vec<&'static str> = Column::<M>::iter().map(|column| column.as_str()).collect();
    let mut text = String::with_capacity(256 + rows * names.len() * 5);
    text.push_str("INSERT INTO \"");
    text.push_str(table);
    text.push_str("\" (");
    for (n, name) in names.iter().enumerate() {
        text.push_str(if n == 0 { "\"" } else { ", \"" });
        text.push_str(name);
        text.push('"');
    }
    text.push_str(") VALUES ");
    let mut number = 0_usize;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for n in 0..names.len() {
            number += 1;
            if n > 0 {
                text.push(',');
            }
            match backend {
                // Writing to a string can't fail.
                DbBackend::Postgres => write!(text, "${number}").unwrap_or_default(),
                _ => text.push('?'),
            }
        }
        text.push(')');
    }
    text.push_str(&conflict::<M>(table, &names, taken));
    text
}

fn conflict<M: ModelTrait>(table: &str, names: &[&'static str], taken: Taken) -> String {
    let keys: Vec<&'static str> = PrimaryKey::<M>::iter().map(|key| key.into_column().as_str()).collect();
    let set = |of: &dyn Fn(&str) -> String| {
        let rest: Vec<String> = names.iter().filter(|name| !keys.contains(name)).map(|name| of(name)).collect();
        format!(" ON CONFLICT ({}) DO UPDATE SET {}", keys.join(", "), rest.join(", "))
    };
    match taken {
        Taken::Fails => String::new(),
        Taken::Stays => format!(" ON CONFLICT ({}) DO NOTHING", keys.join(", ")),
        Taken::Replaced => set(&|name| format!("\"{name}\" = excluded.\"{name}\"")),
        Taken::Added => set(&|name| format!("\"{name}\" = {table}.\"{name}\" + excluded.\"{name}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::tally;

    #[test]
    fn the_statement_says_each_column_once_and_each_value_in_order() {
        let head = "INSERT INTO \"tally\" (\"programme_id\", \"grain\", \"day\", \"scope\", \"measure\", \"n\") VALUES ";
        assert_eq!(
            statement::<tally::Model>(DbBackend::Sqlite, 2, Taken::Fails),
            format!("{head}(?,?,?,?,?,?), (?,?,?,?,?,?)")
        );
        assert_eq!(
            statement::<tally::Model>(DbBackend::Postgres, 2, Taken::Added),
            format!(
                "{head}($1,$2,$3,$4,$5,$6), ($7,$8,$9,$10,$11,$12) ON CONFLICT (programme_id, grain, day, scope, measure) DO UPDATE SET \"n\" = tally.\"n\" + excluded.\"n\""
            )
        );
        assert!(statement::<tally::Model>(DbBackend::Sqlite, 1, Taken::Stays).ends_with(" DO NOTHING"));
    }
}
