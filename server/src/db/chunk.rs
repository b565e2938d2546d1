//! Splits long lists, because a statement takes 32,766 parameters on SQLite and 65,535 on PostgreSQL.

/// Rows of a statement at most: the widest table times this stays below SQLite's limit.
pub const MAX_ROWS: usize = 500;

/// Parts of a list that fit in one statement of `columns` parameters a row.
pub fn chunks<T>(list: &[T], columns: usize) -> impl Iterator<Item = &[T]> {
    list.chunks((32_000 / columns.max(1)).clamp(1, MAX_ROWS))
}
