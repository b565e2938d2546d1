//! List and revocation of phones.

use actix_web::{HttpResponse, Responder};
use rounds_shared::console::DeviceView;
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::http::{ApiError, Path, Team};
use crate::people::{self, Reach};
use crate::programmes::Lock;

/// `GET /api/v1/devices`: all phones to an administrator, the team's to a supervisor.
pub async fn list(team: Team) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    Ok(HttpResponse::Ok().json(views(&team, &reach).await?))
}

/// `POST /api/v1/devices/{id}/revoke`.
pub async fn revoke(team: Team, id: Path<Uuid>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let seen = views(&team, &reach).await?;
    if !seen.iter().any(|view| view.id.0 == id.0) {
        return Err(ApiError::not_found());
    }
    let now_ms = team.state.clock.now_ms();
    let tx = team.state.db.begin().await?;
    let mut lock = Lock::take(&tx, team.programme, now_ms).await?.ok_or_else(ApiError::not_found)?;
    store::revoke(&tx, team.programme, id.0, now_ms).await?;
    lock.audit(Entry::person(team.worker, "device.revoke", id.0.to_string()));
    lock.commit(tx).await?;
    let after = views(&team, &reach).await?.into_iter().find(|view| view.id.0 == id.0);
    Ok(HttpResponse::Ok().json(after.ok_or_else(ApiError::not_found)?))
}

async fn views(team: &Team, reach: &Reach) -> Result<Vec<DeviceView>, ApiError> {
    let db = team.state.db.read();
    let handles = people::handles(db, team.programme).await?;
    let all = store::list(db, team.programme, &handles).await?;
    let seen = all.into_iter().filter(|device| reach.covers(device.enrolled_for));
    Ok(seen.map(|device| device.view).collect())
}
