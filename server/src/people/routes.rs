//! Routes of workers.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder};
use rounds_shared::auth::{InviteRequest, Role};
use rounds_shared::console::{NewWorker, StatusChange, WorkerView};
use rounds_shared::ids::WorkerId;
use uuid::Uuid;

use super::{AddError, Person, StatusError, add, invite, reach, store};
use crate::audit::Entry;
use crate::devices;
use crate::http::{ApiError, Checked, Path, Site, Team};
use crate::programmes::Lock;

/// `GET /api/v1/workers`: everybody to an administrator, the team and oneself to a supervisor.
pub async fn list(team: Team) -> Result<impl Responder, ApiError> {
    let reach = reach(&team.state, team.programme, team.worker, team.role).await?;
    let db = team.state.db.read();
    let mut phones = devices::of_workers(db, team.programme).await?;
    let people = store::all(db, team.programme)
        .await?
        .into_iter()
        .filter(|person| reach.covers(person.id));
    let views: Vec<WorkerView> = people
        .map(|person| {
            let devices = phones.remove(&person.id).unwrap_or_default();
            view(person, devices)
        })
        .collect();
    Ok(HttpResponse::Ok().json(views))
}

/// `POST /api/v1/workers`: an administrator adds anybody, a supervisor peers of the own team.
pub async fn create(team: Team, new: Checked<NewWorker>) -> Result<impl Responder, ApiError> {
    let mut new = new.0;
    if team.role == Role::Supervisor {
        let own = WorkerId(team.worker);
        if new.role != Role::Peer || new.supervisor.is_some_and(|id| id != own) {
            return Err(ApiError::forbidden(
                "own_team_only",
                "Supervisors add peer workers to their own team.",
            ));
        }
        new.supervisor = Some(own);
    }
    let tx = team.state.db.begin().await?;
    let mut lock = Lock::take(&tx, team.programme, team.state.clock.now_ms())
        .await?
        .ok_or_else(ApiError::not_found)?;
    let person = add(&tx, &lock, &team.state.random, &new).await?;
    lock.audit(Entry::person(team.worker, "worker.add", person.id.to_string()));
    lock.commit(tx).await?;
    Ok(HttpResponse::Created().json(view(person, Vec::new())))
}

/// `POST /api/v1/invites`: an administrator invites anybody, a supervisor the peers of the own team.
pub async fn create_invite(team: Team, site: Data<Site>, request: Checked<InviteRequest>) -> Result<impl Responder, ApiError> {
    let state = &team.state;
    let reach = reach(state, team.programme, team.worker, team.role).await?;
    let person = store::find(state.db.read(), team.programme, request.0.worker.0).await?;
    let person = person.filter(|person| reach.covers(person.id)).ok_or_else(ApiError::not_found)?;
    if team.role == Role::Supervisor && person.role != Role::Peer {
        return Err(ApiError::forbidden(
            "own_team_only",
            "Supervisors invite the peer workers of their own team.",
        ));
    }
    if person.has_left() {
        return Err(ApiError::conflict("worker_left", "This person has left."));
    }
    let view = invite(state, &site.public_url, team.programme, &person, Some(team.worker)).await?;
    Ok(HttpResponse::Created().json(view))
}

/// `POST /api/v1/workers/{id}/status`: an administrator changes anybody's but the own, a supervisor those of the own peer workers.
pub async fn change_status(team: Team, id: Path<Uuid>, change: Checked<StatusChange>) -> Result<impl Responder, ApiError> {
    let reach = reach(&team.state, team.programme, team.worker, team.role).await?;
    let by = (team.worker, team.role);
    super::change_status(&team.state, team.programme, by, &reach, id.0, change.0.status).await?;
    let db = team.state.db.read();
    let person = store::find(db, team.programme, id.0).await?.ok_or_else(ApiError::not_found)?;
    let phones = devices::of_workers(db, team.programme).await?.remove(&id.0);
    Ok(HttpResponse::Ok().json(view(person, phones.unwrap_or_default())))
}

fn view(person: Person, devices: Vec<rounds_shared::ids::DeviceId>) -> WorkerView {
    WorkerView {
        id: WorkerId(person.id),
        handle: person.handle,
        role: person.role,
        level: person.level,
        supervisor: person.supervisor.map(WorkerId),
        status: person.status,
        devices,
    }
}

impl From<StatusError> for ApiError {
    fn from(error: StatusError) -> Self {
        match error {
            StatusError::NotFound => Self::not_found(),
            StatusError::OwnTeamOnly => Self::forbidden("own_team_only", "Supervisors change the status of their own peer workers."),
            StatusError::OwnStatus => Self::conflict("own_status", "Nobody changes the own status; ask another administrator."),
            StatusError::Store(error) => error.into(),
        }
    }
}

impl From<AddError> for ApiError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::Fields(errors) => Self::invalid(errors),
            AddError::HandleTaken => Self::conflict("handle_taken", "Somebody of the programme has this handle; choose another."),
            AddError::Store(error) => error.into(),
        }
    }
}
