//! Who is asking. Handlers have no other way to the state than these extractors, so none can forget to ask.
//!
//! A bearer token (phone or script) or the session cookie names a person. [`authorise`] lets in whom the route list lets in, before any
//! other part of a request is read; the extractors hand out what it found, and none where the list says another rule than the handler. A
//! session that changes anything must come from the server's own pages.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use futures_util::future::{Ready, ready};
use rounds_shared::auth::Role;
use uuid::Uuid;

use super::problem::ApiError;
use super::site::Site;
use super::spec::Access;
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

/// What [`authorise`] found, kept with the request.
#[derive(Clone)]
struct Admitted {
    access: Access,
    actor: Actor,
}

/// Middleware of every route: lets in whom its access rule names.
///
/// # Errors
/// Those of what it wraps; a refusal is an answer.
pub async fn authorise(
    access: Access,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match admit(access, req.request()).await {
        Ok(None) => {}
        Ok(Some(actor)) => {
            req.extensions_mut().insert(Admitted { access, actor });
        }
        Err(refusal) => return Ok(req.error_response(refusal)),
    }
    next.call(req).await.map(ServiceResponse::map_into_boxed_body)
}

async fn admit(access: Access, req: &HttpRequest) -> Result<Option<Actor>, ApiError> {
    let roles: &[Role] = match access {
        Access::Anybody | Access::Signature => return Ok(None),
        Access::OwnPage => return check_same_origin(req).map(|()| None),
        Access::Phone => &[],
        Access::Staff | Access::Newcomer | Access::Session => &[Role::Supervisor, Role::Evaluator, Role::Administrator],
        Access::Team => &[Role::Supervisor, Role::Administrator],
        Access::Evaluator => &[Role::Evaluator, Role::Administrator],
        Access::Admin => &[Role::Administrator],
    };
    let actor = Actor::of(req).await?;
    match (access, actor.device()) {
        (Access::Phone, Some(_)) => Ok(Some(actor)),
        (Access::Phone, None) => Err(ApiError::forbidden("phone_only", "Only an enrolled phone may do this.")),
        (Access::Session, None) if actor.via != Via::Session => {
            Err(ApiError::forbidden("session_only", "Only a person who is logged in may do this."))
        }
        (_, None) if roles.contains(&actor.role) => check_totp(access, req, &actor).await.map(|()| Some(actor)),
        _ => Err(ApiError::forbidden("forbidden", "Your role does not allow this.")),
    }
}

/// Where the server demands an authenticator app, a session without one can do nothing but set it up.
async fn check_totp(access: Access, req: &HttpRequest, actor: &Actor) -> Result<(), ApiError> {
    let demanded = req.app_data::<web::Data<Site>>().is_some_and(|site| site.require_totp);
    if !demanded || actor.via != Via::Session || matches!(access, Access::Newcomer | Access::Session) {
        return Ok(());
    }
    if auth::has_totp(actor.state.db.read(), actor.programme, actor.worker).await? {
        return Ok(());
    }
    Err(ApiError::forbidden(
        "totp_required",
        "This server demands an authenticator app: set one up at /api/v1/auth/totp/begin.",
    ))
}

fn admitted(req: &HttpRequest, access: Access) -> Result<Actor, ApiError> {
    let found = req.extensions().get::<Admitted>().cloned();
    match found {
        Some(found) if found.access == access => Ok(found.actor),
        _ => Err(ApiError::internal("the route list has another access rule than the handler")),
    }
}

macro_rules! extractor {
    ($(#[$doc:meta])* $name:ident) => {
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
            type Future = Ready<Result<Self, ApiError>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(admitted(req, Access::$name).map(Self))
            }
        }
    };
}

extractor!(
    /// Any member of staff.
    Staff
);
extractor!(
    /// Any member of staff, also without the authenticator app that the server may demand.
    Newcomer
);
extractor!(
    /// Any member of staff with a session of their own, also without that app.
    Session
);
extractor!(
    /// Who may see exact figures and people: supervisors (their own team's) and administrators.
    Team
);
extractor!(
    /// Who may see published cells.
    Evaluator
);
extractor!(
    /// Administrators.
    Admin
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
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(admitted(req, Access::Phone).and_then(|actor| match actor.device() {
            Some(device) => Ok(Self { actor, device }),
            None => Err(ApiError::internal("a phone without a device")),
        }))
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
