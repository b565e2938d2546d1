//! Routes of the catalogue.

use actix_web::{HttpResponse, Responder};
use rounds_shared::catalogue::Catalogue;
use rounds_shared::console::NewSite;

use super::{ReplaceError, SiteError, add_sites};
use crate::audit::Entry;
use crate::http::{Admin, ApiError, CatalogueJson, Checked, Staff};
use crate::programmes::Lock;

/// `GET /api/v1/catalogue`: the current version.
pub async fn current(staff: Staff) -> Result<impl Responder, ApiError> {
    let state = &staff.state;
    let catalogue = state.catalogues.current(state.db.read(), staff.programme).await?;
    Ok(HttpResponse::Ok().json(catalogue.ok_or_else(ApiError::not_found)?))
}

/// `PUT /api/v1/catalogue`: the whole catalogue as it should be, with the version that it was made from.
pub async fn replace(admin: Admin, edited: Checked<Catalogue, CatalogueJson>) -> Result<impl Responder, ApiError> {
    let tx = admin.state.db.begin().await?;
    let mut lock = Lock::take(&tx, admin.programme, admin.state.clock.now_ms())
        .await?
        .ok_or_else(ApiError::not_found)?;
    let catalogue = super::replace(&tx, &lock, edited.0).await?;
    lock.audit(Entry::person(
        admin.worker,
        "catalogue.edit",
        format!("version {}", catalogue.version),
    ));
    lock.commit(tx).await?;
    Ok(HttpResponse::Ok().json(catalogue))
}

impl From<ReplaceError> for ApiError {
    fn from(error: ReplaceError) -> Self {
        match error {
            ReplaceError::Moved => Self::conflict(
                "catalogue_moved",
                "Somebody saved the catalogue since it was loaded. Load it again and repeat the change.",
            ),
            ReplaceError::Invalid(errors) => Self::invalid(errors),
            ReplaceError::Store(error) => error.into(),
        }
    }
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
