//! Rows of questions, and the records that answer them.

use std::collections::HashMap;

use chrono::NaiveDate;
use rounds_shared::record::{RecordBody, Reply};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use crate::db::{StoreError, Taken, chunks, insert};
use crate::entity::{question, record};
use crate::people::Reach;
use crate::records::CONFIDENTIAL;
use crate::sync::stored_body;

/// Kind of the records that answer.
const ANSWER: &str = "answer";
/// Questions that are read at a time.
const PAGE: u64 = 200;

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

/// What a worker answered. Whether they were asked is for the caller to compare.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    pub question: Uuid,
    pub worker: Uuid,
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

/// Questions of a programme, oldest first.
fn of_programme(programme: Uuid) -> Select<question::Entity> {
    question::Entity::find()
        .filter(question::Column::ProgrammeId.eq(programme))
        .order_by_asc(question::Column::AskedAt)
        .order_by_asc(question::Column::Id)
}

/// Leaves out questions about debriefs of other teams' workers.
fn without_confidential(query: Select<question::Entity>, programme: Uuid, own_team: &[Uuid]) -> Select<question::Entity> {
    let confidential = record::Entity::find()
        .select_only()
        .column(record::Column::Id)
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Kind.eq(CONFIDENTIAL))
        .filter(record::Column::WorkerId.is_not_in(own_team.iter().copied()))
        .into_query();
    query.filter(question::Column::RecordId.not_in_subquery(confidential))
}

async fn read(db: &impl ConnectionTrait, query: Select<question::Entity>) -> Result<Vec<Asked>, StoreError> {
    Ok(query.all(db).await?.into_iter().map(asked).collect())
}

/// A page of the open questions to a worker, oldest first, after one.
pub(super) async fn open_to(
    db: &impl ConnectionTrait,
    programme: Uuid,
    worker: Uuid,
    after: Option<&Asked>,
) -> Result<Vec<Asked>, StoreError> {
    let mut query = of_programme(programme)
        .filter(question::Column::WorkerId.eq(worker))
        .filter(question::Column::ClosedAt.is_null());
    if let Some(last) = after {
        let later = Condition::all()
            .add(question::Column::AskedAt.eq(last.asked_at))
            .add(question::Column::Id.gt(last.id));
        query = query.filter(Condition::any().add(question::Column::AskedAt.gt(last.asked_at)).add(later));
    }
    read(db, query.limit(PAGE)).await
}

/// Open questions to the people in reach, oldest first. Each was typed by a person, so that there are never very many.
pub(super) async fn open(db: &impl ConnectionTrait, programme: Uuid, reach: &Reach, own_team: &[Uuid]) -> Result<Vec<Asked>, StoreError> {
    let mut query = of_programme(programme).filter(question::Column::ClosedAt.is_null());
    if let Reach::Team(team) = reach {
        query = query.filter(question::Column::WorkerId.is_in(team.iter().copied()));
    }
    read(db, without_confidential(query, programme, own_team)).await
}

/// Questions about a record, oldest first, closed ones too.
pub(super) async fn of_record(
    db: &impl ConnectionTrait,
    programme: Uuid,
    record: Uuid,
    own_team: &[Uuid],
) -> Result<Vec<Asked>, StoreError> {
    let query = of_programme(programme).filter(question::Column::RecordId.eq(record));
    read(db, without_confidential(query, programme, own_team)).await
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
        let rows: Vec<(Option<Uuid>, Option<i64>, Option<String>)> = record::Entity::find()
            .select_only()
            .columns([record::Column::WorkerId, record::Column::Schema, record::Column::Body])
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Kind.eq(ANSWER))
            .filter(record::Column::Live.eq(true))
            .filter(record::Column::WorkerId.is_in(part.iter().copied()))
            .order_by_asc(record::Column::Seq)
            .order_by_asc(record::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        for row in rows {
            let (Some(worker), Some(schema), Some(body)) = row else { continue };
            if let RecordBody::Answer(answer) = stored_body(ANSWER, schema, &body)? {
                found.push(Answered {
                    question: answer.question,
                    worker,
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
