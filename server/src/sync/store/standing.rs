//! How a record stands, for whoever decides about an op of it.

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::record;

/// A record's head without its body.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Greatest revision.
    pub rev: i64,
    /// Whose it is; where only a removal has come, who removed it.
    pub worker: Uuid,
    /// Kind, once a body has come.
    pub kind: Option<String>,
    /// Revision and op of the greatest statement of the client code.
    pub coded: Option<(i64, Uuid)>,
}

type Row = (i64, Option<Uuid>, Uuid, Option<String>, Option<i64>, Option<Uuid>);

/// A record, once an op of it is in the log.
pub(crate) async fn standing(tx: &DatabaseTransaction, programme: Uuid, id: Uuid) -> Result<Option<Standing>, StoreError> {
    let row: Option<Row> = record::Entity::find_by_id((programme, id))
        .select_only()
        .columns([
            record::Column::HeadRev,
            record::Column::WorkerId,
            record::Column::AuthorId,
            record::Column::Kind,
            record::Column::PersonRev,
            record::Column::PersonOp,
        ])
        .into_tuple()
        .one(tx)
        .await?;
    Ok(row.map(|(rev, worker, author, kind, person_rev, person_op)| Standing {
        rev,
        worker: worker.unwrap_or(author),
        kind,
        coded: person_rev.zip(person_op),
    }))
}
