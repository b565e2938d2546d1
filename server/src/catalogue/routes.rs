//! Routes of the catalogue.

use actix_web::{HttpResponse, Responder};
use rounds_shared::console::NewSite;

use super::{SiteError, add_sites};
use crate::audit::Entry;
use crate::http::{Admin, ApiError, Checked, Staff};
use crate::programmes::Lock;

/// `GET /api/v1/catalogue`: the current version.
pub async fn current(staff: Staff) -> Result<impl Responder, ApiError> {
    let state = &staff.state;
    let catalogue = state.catalogues.current(state.db.read(), staff.programme).await?;
    Ok(HttpResponse::Ok().json(catalogue.ok_or_else(ApiError::not_found)?))
}

/// `POST /api/v1/sites`: a new version with one more site.
pub async fn create_site(admin: Admin, new: Checked<NewSite>) -> Result<impl Responder, ApiError> {
    let tx = admin.state.db.begin().await?;
    let mut lock = Lock::take(&tx, admin.programme, admin.state.clock.now_ms())
        .await?
        .ok_or_else(ApiError::not_found)?;
    let catalogue = add_sites(&tx, &lock, std::slice::from_ref(&new.0)).await?;
    lock.audit(Entry::person(admin.worker, "site.add", new.0.code.to_string()));
    lock.commit(tx).await?;
    Ok(HttpResponse::Created().json(catalogue))
}

impl From<SiteError> for ApiError {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::CodeTaken => Self::conflict("code_taken", "A site has or had this code; codes are never reused."),
            SiteError::Store(error) => error.into(),
        }
    }
}
