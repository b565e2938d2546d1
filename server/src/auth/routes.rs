//! Routes of enrolment, tokens and sessions.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{EnrolRequest, JoinRequest, LoginRequest, TokenRequest};
use rounds_shared::totp::{TotpBegin, TotpConfirm, TotpOff};

use super::{AuthError, Member, NewSession};
use crate::http::{Anybody, ApiError, Checked, MaybeSigned, Newcomer, RawBody, SESSION_COOKIE, Session, Site, SmallJson, parse_checked};

/// `POST /api/v1/auth/enrol`.
pub async fn enrol(anybody: Anybody, signed: MaybeSigned, body: RawBody<SmallJson>) -> Result<impl Responder, ApiError> {
    let request: EnrolRequest = parse_checked(&body.bytes)?;
    let answer = super::enrol(&anybody.state, anybody.peer, &request, &body.bytes, signed.0.as_ref()).await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// `GET /api/v1/auth/challenge`.
pub async fn challenge(anybody: Anybody) -> Result<impl Responder, ApiError> {
    Ok(HttpResponse::Ok().json(super::challenge(&anybody.state, anybody.peer).await?))
}

/// `POST /api/v1/auth/token`.
pub async fn token(anybody: Anybody, request: Checked<TokenRequest>) -> Result<impl Responder, ApiError> {
    Ok(HttpResponse::Ok().json(super::token(&anybody.state, &request.0).await?))
}

/// `POST /api/v1/auth/login`.
pub async fn login(page: Anybody, site: Data<Site>, request: Checked<LoginRequest>) -> Result<impl Responder, ApiError> {
    let session = super::login(&page.state, page.peer, &request.0).await?;
    with_session(&page, &site, session, StatusCode::OK).await
}

/// `POST /api/v1/auth/join`.
pub async fn join(page: Anybody, site: Data<Site>, request: Checked<JoinRequest>) -> Result<impl Responder, ApiError> {
    let session = super::join(&page.state, page.peer, &request.0).await?;
    with_session(&page, &site, session, StatusCode::CREATED).await
}

async fn with_session(page: &Anybody, site: &Site, session: NewSession, status: StatusCode) -> Result<HttpResponse, ApiError> {
    let view = super::session_view(&page.state, (session.programme, session.worker, session.role), site.require_totp).await?;
    let view = view.ok_or_else(|| ApiError::internal("a new session has no person"))?;
    Ok(HttpResponse::build(status).cookie(cookie(session.token)).json(view))
}

/// `POST /api/v1/auth/logout`: also without a session, so that the cookie always goes.
pub async fn logout(page: Anybody, req: HttpRequest) -> Result<impl Responder, ApiError> {
    if let Some(cookie) = req.cookie(SESSION_COOKIE) {
        super::logout(&page.state, cookie.value()).await?;
    }
    let mut gone = cookie(String::new());
    gone.make_removal();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

/// `GET /api/v1/auth/session`.
pub async fn session(staff: Newcomer, site: Data<Site>) -> Result<impl Responder, ApiError> {
    let view = super::session_view(&staff.state, (staff.programme, staff.worker, staff.role), site.require_totp).await?;
    Ok(HttpResponse::Ok().json(view.ok_or_else(ApiError::not_found)?))
}

/// `POST /api/v1/auth/totp/begin`.
pub async fn begin_totp(session: Session, req: HttpRequest, request: Checked<TotpBegin>) -> Result<impl Responder, ApiError> {
    let secret = super::begin_totp(&session.state, member(&session, &req), &request.0).await?;
    Ok(HttpResponse::Ok().json(secret))
}

/// `POST /api/v1/auth/totp/confirm`.
pub async fn confirm_totp(session: Session, req: HttpRequest, request: Checked<TotpConfirm>) -> Result<impl Responder, ApiError> {
    let cookie = req.cookie(SESSION_COOKIE);
    let token = cookie.and_then(|cookie| BASE64_URL_SAFE_NO_PAD.decode(cookie.value()).ok());
    let token = token.ok_or_else(|| ApiError::internal("a session without a token"))?;
    let codes = super::confirm_totp(&session.state, member(&session, &req), &token, &request.0).await?;
    Ok(HttpResponse::Ok().json(codes))
}

/// `POST /api/v1/auth/totp/off`.
pub async fn end_totp(session: Session, req: HttpRequest, request: Checked<TotpOff>) -> Result<impl Responder, ApiError> {
    super::end_totp(&session.state, member(&session, &req), &request.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn member(session: &Session, req: &HttpRequest) -> Member {
    Member {
        programme: session.programme,
        worker: session.worker,
        peer: req.peer_addr().map(|address| address.ip()),
    }
}

/// The session cookie: gone with the browser, never seen by scripts, never sent to or from another site.
fn cookie(token: String) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, token)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::InviteUnknown => Self::new(
                StatusCode::NOT_FOUND,
                "invite_unknown",
                "The code or the digits are wrong, or the invite is over. Check both; after ten wrong tries or 72 hours ask for a new one.",
            ),
            AuthError::InviteUsed => Self::conflict("invite_used", "The invite was used already. Ask for a new one."),
            AuthError::InviteForConsole => {
                Self::conflict("invite_for_console", "This invite is for the console: open its link in a browser.")
            }
            AuthError::InviteForPhone => Self::conflict("invite_for_phone", "This invite is for a phone: open its link there."),
            AuthError::Key => Self::field("device_key", "key"),
            AuthError::Signature => Self::unauthorised(
                "device_unknown",
                "The request is not signed by an enrolled phone of this programme. Keep the records and enrol again.",
            ),
            AuthError::Token => Self::unauthorised("token_refused", "The challenge was not answered rightly; ask for a new one."),
            AuthError::Revoked => Self::forbidden(
                "device_revoked",
                "This phone was revoked. What it still holds can be pushed for review.",
            ),
            AuthError::Login => Self::unauthorised(
                "login_failed",
                "The name or the password is wrong, or there were too many tries; then wait ten minutes.",
            ),
            AuthError::Password => Self::forbidden(
                "password_wrong",
                "The password is wrong, or there were too many tries; then wait ten minutes.",
            ),
            AuthError::TotpNeeded => Self::unauthorised(
                "totp_needed",
                "Send the code of the authenticator app too, or a recovery code in its place.",
            ),
            AuthError::TotpWrong => Self::forbidden(
                "totp_wrong",
                "The code is wrong or was used before. Wait for the next one, or use a recovery code.",
            ),
            AuthError::TotpOn => Self::conflict("totp_on", "There is an authenticator app already; turn it off first."),
            AuthError::TotpOff => Self::conflict("totp_off", "There is no authenticator app; begin with /api/v1/auth/totp/begin."),
            AuthError::LoginName => Self::field("login", "pattern"),
            AuthError::LoginTaken => Self::conflict("login_taken", "Somebody has this login name. Choose another one."),
            AuthError::Throttled(seconds) => Self::too_many(seconds),
            AuthError::Store(error) => error.into(),
        }
    }
}
