//! Which people somebody may see.

use rounds_shared::auth::Role;
use uuid::Uuid;

use super::store;
use crate::db::StoreError;
use crate::state::State;

/// The people whose records, figures and phones somebody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everybody of the programme.
    Everybody,
    /// A supervisor's team and the supervisor.
    Team(Vec<Uuid>),
}

impl Reach {
    /// Whether a person is in reach.
    #[must_use]
    pub fn covers(&self, worker: Uuid) -> bool {
        match self {
            Self::Everybody => true,
            Self::Team(ids) => ids.contains(&worker),
        }
    }
}

/// Whom a person supervises, and the person: the ones whose wellbeing is their business, whatever else the role lets them see.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn own_team(state: &State, programme: Uuid, worker: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let team = store::team_of(state.db.read(), programme, worker).await?;
    Ok(team.into_iter().map(|id| id.0).chain([worker]).collect())
}

/// The reach of a person in a role. Evaluators and peers reach nobody.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn reach(state: &State, programme: Uuid, worker: Uuid, role: Role) -> Result<Reach, StoreError> {
    match role {
        Role::Administrator => Ok(Reach::Everybody),
        Role::Supervisor => Ok(Reach::Team(own_team(state, programme, worker).await?)),
        Role::Peer | Role::Evaluator => Ok(Reach::Team(Vec::new())),
    }
}
