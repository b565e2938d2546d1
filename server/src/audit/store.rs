//! Rows of the audit chain.

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::chain::{Content, Entry, Head, link_hash};
use crate::db::{StoreError, Taken, insert};
use crate::entity::audit;

/// A link as stored.
pub(super) type Link = audit::Model;

/// Appends links after a head and returns the new head.
pub(crate) async fn append(
    tx: &DatabaseTransaction,
    programme: Uuid,
    at: i64,
    mut head: Head,
    entries: Vec<Entry>,
) -> Result<Head, StoreError> {
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let (kind, id) = entry.actor.parts();
        let content = Content {
            at,
            kind,
            id,
            action: entry.action,
            subject: &entry.subject,
            reason: entry.reason.as_deref(),
        };
        let hash = link_hash(&head, &content).to_vec();
        head = Head { n: head.n + 1, hash };
        rows.push(audit::Model {
            programme_id: programme,
            n: head.n,
            at,
            actor_id: id,
            actor_kind: kind.to_owned(),
            action: entry.action.to_owned(),
            subject: entry.subject,
            reason: entry.reason,
            hash: head.hash.clone(),
        });
    }
    insert(tx, &rows, Taken::Fails).await?;
    Ok(head)
}

/// Hash of a link; that of none for number 0.
pub(crate) async fn hash_of(db: &impl ConnectionTrait, programme: Uuid, n: i64) -> Result<Option<Vec<u8>>, StoreError> {
    if n == 0 {
        return Ok(Some(Vec::new()));
    }
    Ok(audit::Entity::find_by_id((programme, n))
        .select_only()
        .column(audit::Column::Hash)
        .into_tuple()
        .one(db)
        .await?)
}

/// Links below a number, newest first.
pub(crate) async fn page(db: &impl ConnectionTrait, programme: Uuid, below: i64, limit: u64) -> Result<Vec<Link>, StoreError> {
    Ok(audit::Entity::find()
        .filter(audit::Column::ProgrammeId.eq(programme))
        .filter(audit::Column::N.lt(below))
        .order_by_desc(audit::Column::N)
        .limit(limit)
        .all(db)
        .await?)
}

/// First link that does not follow from the one before it, and the head that the links lead to.
pub(crate) async fn check(db: &impl ConnectionTrait, programme: Uuid) -> Result<(Option<i64>, Head), StoreError> {
    let mut head = Head { n: 0, hash: Vec::new() };
    loop {
        let rows = audit::Entity::find()
            .filter(audit::Column::ProgrammeId.eq(programme))
            .filter(audit::Column::N.gt(head.n))
            .order_by_asc(audit::Column::N)
            .limit(1000)
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok((None, head));
        }
        for row in rows {
            let content = Content {
                at: row.at,
                kind: &row.actor_kind,
                id: row.actor_id,
                action: &row.action,
                subject: &row.subject,
                reason: row.reason.as_deref(),
            };
            let hash = link_hash(&head, &content);
            if row.n != head.n + 1 || row.hash != hash {
                return Ok((Some(head.n + 1), head));
            }
            head = Head { n: row.n, hash: row.hash };
        }
    }
}
