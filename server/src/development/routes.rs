//! Routes of a worker's development.

use actix_web::{HttpResponse, Responder};
use chrono::NaiveDate;
use rounds_shared::auth::{Level, Role};
use rounds_shared::catalogue::has_choice;
use rounds_shared::team::{Development, LevelChange, NewQualification, NewThanks, QualificationView, ThanksView};
use uuid::Uuid;

use super::store::{self, Given, Held};
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::http::{ApiError, Checked, Path, Team};
use crate::people::{self, Person};
use crate::programmes::{self, Lock};

/// Thanks that the console lists.
const THANKS: u64 = 50;

/// A peer worker in reach.
async fn peer(team: &Team, id: Uuid) -> Result<Person, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let person = people::find(team.state.db.read(), team.programme, id).await?;
    person
        .filter(|person| reach.covers(person.id) && person.role == Role::Peer)
        .ok_or_else(ApiError::not_found)
}

async fn locked(team: &Team) -> Result<(Tx, Lock), ApiError> {
    let tx = team.state.db.begin().await?;
    let lock = Lock::take(&tx, team.programme, team.state.clock.now_ms()).await?;
    Ok((tx, lock.ok_or_else(ApiError::not_found)?))
}

async fn today(team: &Team) -> Result<NaiveDate, ApiError> {
    let programme = programmes::store::find(team.state.db.read(), team.programme).await?;
    Ok(team.state.clock.today(programme.ok_or_else(ApiError::not_found)?.tz))
}

/// `GET /api/v1/workers/{id}/development`: level, qualifications and thanks of a peer worker in reach.
pub async fn show(team: Team, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let person = peer(&team, id.0).await?;
    Ok(HttpResponse::Ok().json(development(&team, &person).await?))
}

async fn development(team: &Team, person: &Person) -> Result<Development, ApiError> {
    let db = team.state.db.read();
    let handles = people::handles(db, team.programme).await?;
    let handle = |id: &Uuid| handles.get(id).cloned().unwrap_or_default();
    let held = store::qualifications(db, team.programme, person.id).await?;
    let given = store::thanks_of(db, team.programme, person.id, None, THANKS).await?;
    Ok(Development {
        level: person.level.unwrap_or(Level::Outreach),
        qualifications: held
            .into_iter()
            .map(|row| QualificationView {
                id: row.id,
                module: row.module,
                on: row.on,
                expires: row.expires,
                confirmed_by: handle(&row.confirmed_by),
            })
            .collect(),
        thanks: given
            .into_iter()
            .map(|row| ThanksView {
                id: row.id,
                on: row.on,
                by: handle(&row.by),
                words: row.words,
            })
            .collect(),
    })
}

/// `POST /api/v1/workers/{id}/level`: unlocks or locks facilitation and mentoring.
pub async fn change_level(team: Team, id: Path<Uuid>, change: Checked<LevelChange>) -> Result<impl Responder, ApiError> {
    let person = peer(&team, id.0).await?;
    let level = change.0.level;
    let (tx, mut lock) = locked(&team).await?;
    store::set_level(&tx, team.programme, person.id, level).await?;
    lock.audit(Entry::person(
        team.worker,
        "worker.level",
        format!("{} {}", person.id, level.as_str()),
    ));
    lock.commit(tx).await?;
    let person = Person {
        level: Some(level),
        ..person
    };
    Ok(HttpResponse::Ok().json(development(&team, &person).await?))
}

/// `POST /api/v1/workers/{id}/thanks`: thanks that the worker reads on the phone.
pub async fn give_thanks(team: Team, id: Path<Uuid>, new: Checked<NewThanks>) -> Result<impl Responder, ApiError> {
    let person = peer(&team, id.0).await?;
    if new.0.words.contains('\0') {
        return Err(ApiError::field("words", "characters"));
    }
    let given = Given {
        id: team.state.random.uuid().map_err(StoreError::from)?,
        on: today(&team).await?,
        by: team.worker,
        words: new.0.words,
    };
    let (tx, mut lock) = locked(&team).await?;
    store::add_thanks(&tx, team.programme, person.id, given).await?;
    lock.audit(Entry::person(team.worker, "worker.thanks", person.id.to_string()));
    lock.commit(tx).await?;
    Ok(HttpResponse::Created().json(development(&team, &person).await?))
}

/// `POST /api/v1/workers/{id}/qualifications`: confirms a training module.
pub async fn qualify(team: Team, id: Path<Uuid>, new: Checked<NewQualification>) -> Result<impl Responder, ApiError> {
    let person = peer(&team, id.0).await?;
    let new = new.0;
    let catalogue = team.state.catalogues.current(team.state.db.read(), team.programme).await?;
    let catalogue = catalogue.ok_or_else(ApiError::not_found)?;
    if !has_choice(&catalogue.modules, &new.module) {
        return Err(ApiError::field("module", "unknown_code"));
    }
    if new.on > today(&team).await? {
        return Err(ApiError::field("on", "future"));
    }
    if new.expires.is_some_and(|expires| expires < new.on) {
        return Err(ApiError::field("expires", "before_event"));
    }
    let held = Held {
        id: team.state.random.uuid().map_err(StoreError::from)?,
        module: new.module.clone(),
        on: new.on,
        expires: new.expires,
        confirmed_by: team.worker,
    };
    let (tx, mut lock) = locked(&team).await?;
    store::add_qualification(&tx, team.programme, person.id, held).await?;
    lock.audit(Entry::person(
        team.worker,
        "worker.qualify",
        format!("{} {}", person.id, new.module),
    ));
    lock.commit(tx).await?;
    Ok(HttpResponse::Created().json(development(&team, &person).await?))
}
