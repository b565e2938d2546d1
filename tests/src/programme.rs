//! A programme and the way in for its people.

use std::sync::Arc;

use chrono_tz::Africa::Nairobi;
use rounds::demo;
use rounds::people::{Person, invite};
use rounds::state::State;
use rounds_shared::auth::{InviteView, Role, WorkerStatus};
use rounds_shared::console::{NewWorker, WorkerView};
use rounds_shared::ids::WorkerId;
use serde_json::json;
use uuid::Uuid;

use crate::clock::TestClock;
use crate::http::Client;
use crate::peer::Peer;
use crate::staff::Staff;

/// Sites of every programme of the tests.
const SITES: [(&str, &str); 3] = [("market", "Market"), ("old-port", "Old port"), ("drop-in", "Drop-in")];

/// A programme with an administrator, `ada`.
pub struct Programme {
    /// Id.
    pub id: Uuid,
    /// Its first administrator.
    pub ada: Staff,
    state: Arc<State>,
    client: Client,
    clock: TestClock,
}

impl Programme {
    pub(crate) async fn make(state: &Arc<State>, client: &Client, clock: &TestClock, name: &str) -> Self {
        let catalogue = demo::catalogue(name, &SITES).unwrap();
        let id = demo::stage_programme(state, name, Nairobi, catalogue).await.unwrap();
        let person = Person {
            id: demo::person(state, id, "ada", Role::Administrator, None).await.unwrap(),
            handle: "ada".to_owned(),
            role: Role::Administrator,
            level: None,
            supervisor: None,
            status: WorkerStatus::Active,
        };
        let view = invite(state, client.base(), id, &person, None).await.unwrap();
        let ada = Staff::joins(client, &view.code, &view.digits, &login_name(id, "ada")).await;
        Self {
            id,
            ada,
            state: Arc::clone(state),
            client: client.clone(),
            clock: clock.clone(),
        }
    }

    /// The same programme on another server that has a copy of its database.
    pub(crate) fn on(&self, state: &Arc<State>, client: &Client) -> Self {
        let ada = Staff {
            client: client.clone(),
            ..self.ada.clone()
        };
        Self {
            id: self.id,
            ada,
            state: Arc::clone(state),
            client: client.clone(),
            clock: self.clock.clone(),
        }
    }

    /// A new supervisor, logged in.
    pub async fn supervisor(&self, handle: &str) -> Staff {
        self.staff(handle, Role::Supervisor).await
    }

    /// A new evaluator, logged in.
    pub async fn evaluator(&self, handle: &str) -> Staff {
        self.staff(handle, Role::Evaluator).await
    }

    async fn staff(&self, handle: &str, role: Role) -> Staff {
        let worker = self.adds(handle, role, None).await;
        let invite = self.invites(worker.id.0).await;
        Staff::joins(&self.client, &invite.code, &invite.digits, &login_name(self.id, handle)).await
    }

    /// A new peer worker without a supervisor, with an enrolled phone.
    pub async fn peer(&self, handle: &str) -> Peer {
        let worker = self.adds(handle, Role::Peer, None).await;
        self.enrols(worker.id.0).await
    }

    /// A new peer worker of somebody's team, with an enrolled phone.
    pub async fn peer_of(&self, supervisor: &Staff, handle: &str) -> Peer {
        let worker = self.adds(handle, Role::Peer, Some(supervisor.worker)).await;
        self.enrols(worker.id.0).await
    }

    /// Adds somebody to the list of people.
    pub async fn adds(&self, handle: &str, role: Role, supervisor: Option<Uuid>) -> WorkerView {
        let new = NewWorker {
            handle: handle.to_owned(),
            role,
            level: None,
            supervisor: supervisor.map(WorkerId),
        };
        self.ada.post("/api/v1/workers", &new).await.json()
    }

    /// Invites somebody of the list.
    pub async fn invites(&self, worker: Uuid) -> InviteView {
        self.ada.post("/api/v1/invites", &json!({ "worker": worker })).await.json()
    }

    /// Enrols a new phone for a peer worker.
    pub async fn enrols(&self, worker: Uuid) -> Peer {
        let invite = self.invites(worker).await;
        Peer::enrols(&self.client, &self.clock, &invite.code, &invite.digits).await
    }

    /// A bearer token of a script that acts for the administrator in a role.
    pub async fn script(&self, scope: Role) -> String {
        let person = Person {
            id: self.ada.worker,
            handle: "ada".to_owned(),
            role: Role::Administrator,
            level: None,
            supervisor: None,
            status: WorkerStatus::Active,
        };
        let made = rounds::auth::create_script(&self.state, self.id, &person, "script", scope, 1)
            .await
            .unwrap();
        made.unwrap().1
    }
}

/// A log-in name that no other programme of the server has.
fn login_name(programme: Uuid, handle: &str) -> String {
    let id = programme.simple().to_string();
    format!("{handle}.{id}")
}
