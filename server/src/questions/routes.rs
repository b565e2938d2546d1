//! Routes of questions.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, Responder};
use rounds_shared::team::{AnswerView, NewQuestion, QuestionQuery, QuestionView};
use uuid::Uuid;

use super::store::{self, About, Answered, Asked};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::http::{ApiError, Checked, Path, Query, Team};
use crate::people::{self, Reach};
use crate::programmes::{self, Lock};
use crate::records::CONFIDENTIAL;

/// Questions that are listed at most.
const LIST: usize = 200;

/// Whom a member of staff may ask, and whose debriefs are their business.
struct Bounds {
    reach: Reach,
    own_team: Vec<Uuid>,
}

impl Bounds {
    async fn of(team: &Team) -> Result<Self, ApiError> {
        Ok(Self {
            reach: people::reach(&team.state, team.programme, team.worker, team.role).await?,
            own_team: people::own_team(&team.state, team.programme, team.worker).await?,
        })
    }

    fn cover(&self, about: &About) -> bool {
        self.reach.covers(about.worker) && (about.kind != CONFIDENTIAL || self.own_team.contains(&about.worker))
    }
}

/// `GET /api/v1/questions`: the open ones of the team, or all about a record. Those that have an answer come first: they wait for the
/// supervisor.
pub async fn list(team: Team, query: Query<QuestionQuery>) -> Result<impl Responder, ApiError> {
    let Bounds { reach, own_team } = Bounds::of(&team).await?;
    let db = team.state.db.read();
    let asked = match query.0.record {
        Some(record) => store::of_record(db, team.programme, record.0, &own_team).await?,
        None => store::open(db, team.programme, &reach, &own_team).await?,
    };
    let within = asked.into_iter().filter(|one| reach.covers(one.worker)).collect();
    let mut views = views(&team, within).await?;
    if query.0.record.is_none() {
        views.sort_by_key(|view| view.answers.is_empty());
    }
    views.truncate(LIST);
    Ok(HttpResponse::Ok().json(views))
}

/// `POST /api/v1/records/{id}/questions`: asks the worker about a record of theirs.
pub async fn ask(team: Team, id: Path<Uuid>, new: Checked<NewQuestion>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    let state = &team.state;
    let found = store::record(state.db.read(), team.programme, id.0).await?;
    let about = found.filter(|record| bounds.cover(record)).ok_or_else(ApiError::not_found)?;
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
    let bounds = Bounds::of(&team).await?;
    let state = &team.state;
    let asked = store::find(state.db.read(), team.programme, id.0).await?;
    let asked = asked
        .filter(|one| bounds.reach.covers(one.worker))
        .ok_or_else(ApiError::not_found)?;
    let about = store::record(state.db.read(), team.programme, asked.record).await?;
    if about.is_some_and(|about| !bounds.cover(&about)) {
        return Err(ApiError::not_found());
    }
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
    // Anybody's phone could name the question; only who was asked answers it.
    let mut answers: HashMap<(Uuid, Uuid), Vec<Answered>> = HashMap::new();
    for answer in store::answers(db, programme, &workers).await? {
        answers.entry((answer.question, answer.worker)).or_default().push(answer);
    }
    let view = |one: Asked| {
        let rev = about.get(&one.record)?.rev;
        let (worker, closed, given) = (one.worker, one.closed, answers.remove(&(one.id, one.worker)).unwrap_or_default());
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
