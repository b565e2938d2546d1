//! Routes of questions.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, Responder};
use rounds_shared::team::{AnswerView, NewQuestion, QuestionQuery, QuestionView};
use uuid::Uuid;

use super::store::{self, Answered, Asked};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::http::{ApiError, Checked, Path, Query, Team};
use crate::people::{self, Reach};
use crate::programmes::{self, Lock};
use crate::records::CONFIDENTIAL;

async fn reach(team: &Team) -> Result<Reach, ApiError> {
    Ok(people::reach(&team.state, team.programme, team.worker, team.role).await?)
}

/// `GET /api/v1/questions`: the open ones of the team, or all about a record.
pub async fn list(team: Team, query: Query<QuestionQuery>) -> Result<impl Responder, ApiError> {
    let reach = reach(&team).await?;
    let db = team.state.db.read();
    let asked = match (query.0.record, &reach) {
        (Some(record), _) => store::of_record(db, team.programme, record.0).await?,
        (None, Reach::Team(ids)) => store::open(db, team.programme, Some(ids)).await?,
        (None, Reach::Everybody) => store::open(db, team.programme, None).await?,
    };
    let within = asked.into_iter().filter(|one| reach.covers(one.worker)).collect();
    Ok(HttpResponse::Ok().json(views(&team, within).await?))
}

/// `POST /api/v1/records/{id}/questions`: asks the worker about a record of theirs.
pub async fn ask(team: Team, id: Path<Uuid>, new: Checked<NewQuestion>) -> Result<impl Responder, ApiError> {
    let reach = reach(&team).await?;
    let state = &team.state;
    let found = store::record(state.db.read(), team.programme, id.0).await?;
    let about = found.filter(|record| reach.covers(record.worker)).ok_or_else(ApiError::not_found)?;
    if about.kind == CONFIDENTIAL && !people::own_team(state, team.programme, team.worker).await?.contains(&about.worker) {
        return Err(ApiError::not_found());
    }
    if new.0.words.contains('\0') {
        return Err(ApiError::field("words", "characters"));
    }
    let programme = programmes::store::find(state.db.read(), team.programme).await?;
    let asked = Asked {
        id: state.random.uuid().map_err(StoreError::from)?,
        record: id.0,
        worker: about.worker,
        by: team.worker,
        on: state.clock.today(programme.ok_or_else(ApiError::not_found)?.tz),
        asked_at: state.clock.now_ms(),
        words: new.0.words,
        closed: false,
    };
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, team.programme, asked.asked_at).await?;
    let mut lock = lock.ok_or_else(ApiError::not_found)?;
    store::add(&tx, team.programme, &asked).await?;
    lock.audit(Entry::person(team.worker, "question.ask", id.0.to_string()));
    lock.commit(tx).await?;
    let view = views(&team, vec![asked]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Created().json(view))
}

/// `POST /api/v1/questions/{id}/close`: ends a question.
pub async fn close(team: Team, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let reach = reach(&team).await?;
    let state = &team.state;
    let asked = store::find(state.db.read(), team.programme, id.0).await?;
    let asked = asked.filter(|one| reach.covers(one.worker)).ok_or_else(ApiError::not_found)?;
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, team.programme, state.clock.now_ms()).await?;
    let mut lock = lock.ok_or_else(ApiError::not_found)?;
    store::close(&tx, team.programme, asked.id, lock.now_ms).await?;
    lock.audit(Entry::person(team.worker, "question.close", asked.record.to_string()));
    lock.commit(tx).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Questions with their answers. One whose record has gone is left out.
async fn views(team: &Team, asked: Vec<Asked>) -> Result<Vec<QuestionView>, ApiError> {
    let (db, programme) = (team.state.db.read(), team.programme);
    let handles = people::handles(db, programme).await?;
    let about = store::about(db, programme, &asked).await?;
    let workers: Vec<Uuid> = asked.iter().map(|one| one.worker).collect::<BTreeSet<_>>().into_iter().collect();
    let mut answers: HashMap<Uuid, Vec<Answered>> = HashMap::new();
    for answer in store::answers(db, programme, &workers).await? {
        answers.entry(answer.question).or_default().push(answer);
    }
    let view = |one: Asked| {
        let rev = about.get(&one.record)?.rev;
        let (worker, closed, given) = (one.worker, one.closed, answers.remove(&one.id).unwrap_or_default());
        Some(QuestionView {
            question: super::question(one, &about, &handles)?,
            handle: handles.get(&worker).cloned().unwrap_or_default(),
            rev,
            answers: given
                .into_iter()
                .map(|answer| AnswerView {
                    reply: answer.reply,
                    number: answer.number,
                    on: answer.on,
                })
                .collect(),
            closed,
        })
    };
    Ok(asked.into_iter().filter_map(view).collect())
}
