//! Route of day sheets.

use actix_web::{HttpResponse, Responder};
use rounds_shared::auth::Role;
use rounds_shared::console::ImportQuery;
use rounds_shared::sync::FieldError;

use super::{DEFAULT_SOURCE, ImportFailure, ImportRequest, import};
use crate::http::{ApiError, Query, RawBody, SheetCsv, Team};
use crate::people;

/// `POST /api/v1/imports/daysheet`: good rows are in, bad ones are listed.
pub async fn daysheet(team: Team, query: Query<ImportQuery>, sheet: RawBody<SheetCsv>) -> Result<impl Responder, ApiError> {
    let source = query.0.source.as_deref().unwrap_or(DEFAULT_SOURCE);
    if !(1..=64).contains(&source.chars().count()) {
        return Err(ApiError::field("source", "length"));
    }
    if query.0.create && team.role != Role::Administrator {
        return Err(ApiError::forbidden(
            "administrators_only",
            "Only administrators make workers and sites by an import; leave out create.",
        ));
    }
    let request = ImportRequest {
        programme: team.programme,
        source,
        create: query.0.create,
        author: team.worker,
        reach: people::reach(&team.state, team.programme, team.worker, team.role).await?,
        file: &sheet.bytes,
    };
    Ok(HttpResponse::Ok().json(import(&team.state, &request).await?))
}

impl From<ImportFailure> for ApiError {
    fn from(failure: ImportFailure) -> Self {
        match failure {
            ImportFailure::Header(findings) => Self::invalid(
                findings
                    .into_iter()
                    .map(|finding| FieldError::new(finding.column, finding.code))
                    .collect(),
            ),
            ImportFailure::Store(error) => error.into(),
        }
    }
}
