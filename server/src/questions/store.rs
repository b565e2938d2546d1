//! Rows of questions, and the records that answer them.

use std::collections::HashMap;

use chrono::NaiveDate;
use rounds_shared::record::{RecordBody, Reply};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{StoreError, Taken, chunks, insert};
use crate::entity::{question, record};
use crate::sync::stored_body;

/// Kind of the records that answer.
const ANSWER: &str = "answer";
/// Questions that are listed at most.
const LIST: u64 = 200;

/// A question as it was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub id: Uuid,
    pub record: Uuid,
    pub worker: Uuid,
    pub by: Uuid,
    pub on: NaiveDate,
    pub asked_at: i64,
    pub words: String,
    pub closed: bool,
}

/// The record that a question is about.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub kind: String,
    pub day: NaiveDate,
    pub rev: i64,
    pub worker: Uuid,
}

/// What a worker answered.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub question: Uuid,
    pub reply: Reply,
    pub number: Option<i64>,
    pub on: NaiveDate,
}

fn asked(row: question::Model) -> Asked {
    Asked {
        id: row.id,
        record: row.record_id,
        worker: row.worker_id,
        by: row.by_id,
        on: row.on_day,
        asked_at: row.asked_at,
        words: row.words,
        closed: row.closed_at.is_some(),
    }
}

/// Open questions to some workers, or to anybody, oldest first.
pub(super) async fn open(db: &impl ConnectionTrait, programme: Uuid, workers: Option<&[Uuid]>) -> Result<Vec<Asked>, StoreError> {
    let mut query = question::Entity::find()
        .filter(question::Column::ProgrammeId.eq(programme))
        .filter(question::Column::ClosedAt.is_null());
    if let Some(workers) = workers {
        query = query.filter(question::Column::WorkerId.is_in(workers.iter().copied()));
    }
    let query = query.order_by_asc(question::Column::AskedAt).order_by_asc(question::Column::Id);
    Ok(query.limit(LIST).all(db).await?.into_iter().map(asked).collect())
}

/// Questions about a record, oldest first, closed ones too.
pub(super) async fn of_record(db: &impl ConnectionTrait, programme: Uuid, record: Uuid) -> Result<Vec<Asked>, StoreError> {
    let query = question::Entity::find()
        .filter(question::Column::ProgrammeId.eq(programme))
        .filter(question::Column::RecordId.eq(record))
        .order_by_asc(question::Column::AskedAt)
        .order_by_asc(question::Column::Id);
    Ok(query.limit(LIST).all(db).await?.into_iter().map(asked).collect())
}

/// A question.
pub(super) async fn find(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<Asked>, StoreError> {
    Ok(question::Entity::find_by_id((programme, id)).one(db).await?.map(asked))
}

/// Kind, day, revision and worker of a record that has a body.
pub(super) async fn record(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<About>, StoreError> {
    Ok(records(db, programme, &[id]).await?.remove(&id))
}

/// The records that questions are about.
pub(super) async fn about(db: &impl ConnectionTrait, programme: Uuid, asked: &[Asked]) -> Result<HashMap<Uuid, About>, StoreError> {
    let ids: Vec<Uuid> = asked.iter().map(|one| one.record).collect();
    records(db, programme, &ids).await
}

async fn records(db: &impl ConnectionTrait, programme: Uuid, ids: &[Uuid]) -> Result<HashMap<Uuid, About>, StoreError> {
    type Row = (Uuid, Option<String>, Option<NaiveDate>, i64, Option<Uuid>);
    let mut found = HashMap::new();
    for part in chunks(ids, 1) {
        let rows: Vec<Row> = record::Entity::find()
            .select_only()
            .columns([
                record::Column::Id,
                record::Column::Kind,
                record::Column::Day,
                record::Column::HeadRev,
                record::Column::WorkerId,
            ])
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        for (id, kind, day, rev, worker) in rows {
            if let (Some(kind), Some(day), Some(worker)) = (kind, day, worker) {
                found.insert(id, About { kind, day, rev, worker });
            }
        }
    }
    Ok(found)
}

/// Live answers of some workers, oldest first.
pub(super) async fn answers(db: &impl ConnectionTrait, programme: Uuid, workers: &[Uuid]) -> Result<Vec<Answered>, StoreError> {
    let mut found = Vec::new();
    for part in chunks(workers, 1) {
        let rows: Vec<(Option<i64>, Option<String>)> = record::Entity::find()
            .select_only()
            .columns([record::Column::Schema, record::Column::Body])
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Kind.eq(ANSWER))
            .filter(record::Column::Live.eq(true))
            .filter(record::Column::WorkerId.is_in(part.iter().copied()))
            .order_by_asc(record::Column::Seq)
            .order_by_asc(record::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        for (schema, body) in rows {
            let (Some(schema), Some(body)) = (schema, body) else { continue };
            if let RecordBody::Answer(answer) = stored_body(ANSWER, schema, &body)? {
                found.push(Answered {
                    question: answer.question,
                    reply: answer.reply,
                    number: answer.number,
                    on: answer.service_date,
                });
            }
        }
    }
    Ok(found)
}

/// Writes a question.
pub(super) async fn add(tx: &DatabaseTransaction, programme: Uuid, new: &Asked) -> Result<(), StoreError> {
    let row = question::Model {
        programme_id: programme,
        id: new.id,
        record_id: new.record,
        worker_id: new.worker,
        by_id: new.by,
        on_day: new.on,
        asked_at: new.asked_at,
        words: new.words.clone(),
        closed_at: None,
    };
    insert(tx, &[row], Taken::Fails).await
}

/// Ends a question; the first time counts.
pub(super) async fn close(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, now_ms: i64) -> Result<(), StoreError> {
    question::Entity::update_many()
        .col_expr(question::Column::ClosedAt, Expr::value(now_ms))
        .filter(question::Column::ProgrammeId.eq(programme))
        .filter(question::Column::Id.eq(id))
        .filter(question::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
