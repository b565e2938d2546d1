//! List and revocation of phones.

use actix_web::{HttpResponse, Responder};
use rounds_shared::console::DeviceView;
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::db::Tx;
use crate::http::{ApiError, Path, Team};
use crate::people::{self, Reach};
use crate::pins;
use crate::programmes::Lock;

/// `GET /api/v1/devices`: all phones to an administrator, the team's to a supervisor.
pub async fn list(team: Team) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    Ok(HttpResponse::Ok().json(views(&team, &reach).await?))
}

/// `POST /api/v1/devices/{id}/revoke`.
pub async fn revoke(team: Team, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let reach = seen(&team, id.0).await?;
    let (tx, mut lock) = locked(&team).await?;
    store::revoke(&tx, team.programme, id.0, lock.now_ms).await?;
    lock.audit(Entry::person(team.worker, "device.revoke", id.0.to_string()));
    pins::destroy_of_device(&tx, &mut lock, id.0).await?;
    lock.commit(tx).await?;
    one(&team, &reach, id.0).await
}

/// `POST /api/v1/devices/{id}/reoffer`.
pub async fn reoffer(team: Team, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let reach = seen(&team, id.0).await?;
    let (tx, mut lock) = locked(&team).await?;
    store::raise_reoffer(&tx, team.programme, id.0).await?;
    lock.audit(Entry::person(team.worker, "device.reoffer", id.0.to_string()));
    lock.commit(tx).await?;
    one(&team, &reach, id.0).await
}

/// Whom the asker reaches, if a phone is among theirs.
async fn seen(team: &Team, id: Uuid) -> Result<Reach, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let found = views(team, &reach).await?.iter().any(|view| view.id.0 == id);
    if found { Ok(reach) } else { Err(ApiError::not_found()) }
}

async fn locked(team: &Team) -> Result<(Tx, Lock), ApiError> {
    let tx = team.state.db.begin().await?;
    let lock = Lock::take(&tx, team.programme, team.state.clock.now_ms()).await?;
    Ok((tx, lock.ok_or_else(ApiError::not_found)?))
}

async fn one(team: &Team, reach: &Reach, id: Uuid) -> Result<HttpResponse, ApiError> {
    let view = views(team, reach).await?.into_iter().find(|view| view.id.0 == id);
    Ok(HttpResponse::Ok().json(view.ok_or_else(ApiError::not_found)?))
}

async fn views(team: &Team, reach: &Reach) -> Result<Vec<DeviceView>, ApiError> {
    let db = team.state.db.read();
    let handles = people::handles(db, team.programme).await?;
    let all = store::list(db, team.programme, &handles).await?;
    let seen = all.into_iter().filter(|device| reach.covers(device.enrolled_for));
    Ok(seen.map(|device| device.view).collect())
}
