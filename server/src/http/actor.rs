//! Who is asking. Handlers have no other way to the state than these extractors, so none can forget to ask.
//!
//! A bearer token (phone or script) or the session cookie names a person; the type of the extractor says which roles pass. A session that
//! changes anything must come from the server's own pages.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::{LocalBoxFuture, Ready, ready};
use rounds_shared::auth::Role;
use uuid::Uuid;

use super::problem::ApiError;
use crate::auth::{self, Identity, Via};
use crate::state::State;

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "__Host-rounds";

/// A person whose token or session was checked on this request.
#[derive(Debug, Clone)]
pub struct Actor {
    /// State of the server.
    pub state: Arc<State>,
    /// Programme of the person; every statement filters by it.
    pub programme: Uuid,
    /// The person.
    pub worker: Uuid,
    /// The role that they act in; of a script, its scope.
    pub role: Role,
    /// How they came in.
    pub via: Via,
}

impl Actor {
    fn new(state: Arc<State>, identity: Identity) -> Self {
        Self {
            state,
            programme: identity.programme,
            worker: identity.worker,
            role: identity.role,
            via: identity.via,
        }
    }

    async fn of(req: &HttpRequest) -> Result<Self, ApiError> {
        let state = state_of(req)?;
        let bearer = req.headers().get(header::AUTHORIZATION);
        let identity = if let Some(value) = bearer {
            let token = value.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
            match token {
                Some(token) => auth::by_bearer(&state, token).await?,
                None => None,
            }
        } else if let Some(cookie) = req.cookie(SESSION_COOKIE) {
            if !matches!(*req.method(), Method::GET | Method::HEAD) {
                check_same_origin(req)?;
            }
            auth::by_session(&state, cookie.value()).await?
        } else {
            None
        };
        identity
            .map(|identity| Self::new(state, identity))
            .ok_or_else(|| ApiError::unauthorised("unauthenticated", "Log in, or send a valid bearer token."))
    }

    /// The phone that asks, if it is one.
    #[must_use]
    pub fn device(&self) -> Option<Uuid> {
        match self.via {
            Via::Device(device) => Some(device),
            Via::Session | Via::Script(_) => None,
        }
    }

    fn is_staff_of(&self, roles: &[Role]) -> bool {
        self.device().is_none() && roles.contains(&self.role)
    }
}

fn state_of(req: &HttpRequest) -> Result<Arc<State>, ApiError> {
    let state = req.app_data::<web::Data<State>>().map(|data| Arc::clone(data));
    state.ok_or_else(|| ApiError::internal("the application has no state"))
}

/// Refuses what another site's page may have sent: browsers say in `Sec-Fetch-Site` where a request comes from, older ones in `Origin`.
fn check_same_origin(req: &HttpRequest) -> Result<(), ApiError> {
    let text = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let same = match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            let origin = text("origin").and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
            origin.is_some() && origin == text("host")
        }
    };
    if same {
        return Ok(());
    }
    Err(ApiError::forbidden(
        "cross_site",
        "Only the server's own pages may do this with a session; scripts use a bearer token.",
    ))
}

macro_rules! staff {
    ($(#[$doc:meta])* $name:ident: $($role:ident)|+) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Actor);

        impl Deref for $name {
            type Target = Actor;

            fn deref(&self) -> &Actor {
                &self.0
            }
        }

        impl FromRequest for $name {
            type Error = ApiError;
            type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                let req = req.clone();
                Box::pin(async move {
                    let actor = Actor::of(&req).await?;
                    if actor.is_staff_of(&[$(Role::$role),+]) {
                        Ok(Self(actor))
                    } else {
                        Err(ApiError::forbidden("forbidden", "Your role does not allow this."))
                    }
                })
            }
        }
    };
}

staff!(
    /// Any member of staff.
    Staff: Supervisor | Evaluator | Administrator
);
staff!(
    /// Who may see exact figures and people: supervisors (their own team's) and administrators.
    Team: Supervisor | Administrator
);
staff!(
    /// Who may see published cells.
    Evaluator: Evaluator | Administrator
);
staff!(
    /// Administrators.
    Admin: Administrator
);

/// A phone with a device token.
#[derive(Debug, Clone)]
pub struct Phone {
    /// Who uses it.
    pub actor: Actor,
    /// The phone.
    pub device: Uuid,
}

impl Deref for Phone {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl FromRequest for Phone {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let actor = Actor::of(&req).await?;
            match actor.device() {
                Some(device) => Ok(Self { actor, device }),
                None => Err(ApiError::forbidden("phone_only", "Only an enrolled phone may do this.")),
            }
        })
    }
}

/// Anybody: for routes that find out themselves who is asking, such as push and enrolment.
#[derive(Debug, Clone)]
pub struct Anybody {
    /// State of the server.
    pub state: Arc<State>,
    /// Address of the connection, for throttling in memory only.
    pub peer: Option<IpAddr>,
}

impl FromRequest for Anybody {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(state_of(req).map(|state| Self {
            state,
            peer: req.peer_addr().map(|address| address.ip()),
        }))
    }
}

/// Anybody on the server's own pages: for log-in and log-out, which set and clear the session cookie.
#[derive(Debug, Clone)]
pub struct OwnPage(pub Anybody);

impl FromRequest for OwnPage {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let anybody = Anybody::from_request(req, payload).into_inner();
        ready(check_same_origin(req).and(anybody).map(Self))
    }
}
