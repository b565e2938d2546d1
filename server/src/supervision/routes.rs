//! Route of the team board.

use actix_web::{HttpResponse, Responder};

use super::{BoardRequest, board};
use crate::http::{ApiError, Team};
use crate::wiring::instant;
use crate::{backups, people, programmes};

/// `GET /api/v1/board`: the own team to a supervisor, everybody to an administrator.
pub async fn show(team: Team) -> Result<impl Responder, ApiError> {
    let state = &team.state;
    let programme = programmes::find(state.db.read(), team.programme).await?;
    let programme = programme.ok_or_else(ApiError::not_found)?;
    let request = BoardRequest {
        programme: team.programme,
        tz: programme.tz,
        reach: people::reach(state, team.programme, team.worker, team.role).await?,
        own_team: people::own_team(state, team.programme, team.worker).await?,
        now: state.clock.now(),
        backup: backups::state(&programme, state.clock.now_ms()),
        drift_at: programme.drift_at.map(instant),
    };
    Ok(HttpResponse::Ok().json(board(&state.db, request).await?))
}
