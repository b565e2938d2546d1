//! Routes of evaluators.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, Responder};
use rounds_shared::indicator::{IndicatorQuery, TrendQuery};

use super::TableError;
use crate::http::{ApiError, Evaluator, Query};

/// `GET /api/v1/indicators`: a published table.
pub async fn table(evaluator: Evaluator, query: Query<IndicatorQuery>) -> Result<impl Responder, ApiError> {
    let table = super::table(&evaluator.state, evaluator.programme, &query.0).await?;
    Ok(HttpResponse::Ok().json(table))
}

/// `GET /api/v1/indicators/choices`: what can be asked.
pub async fn choices(evaluator: Evaluator) -> Result<impl Responder, ApiError> {
    let choices = super::choices(&evaluator.state, evaluator.programme).await?;
    Ok(HttpResponse::Ok().json(choices))
}

/// `GET /api/v1/indicators/trend`: an indicator over the published months.
pub async fn trend(evaluator: Evaluator, query: Query<TrendQuery>) -> Result<impl Responder, ApiError> {
    let trend = super::trend(&evaluator.state, evaluator.programme, &query.0).await?;
    Ok(HttpResponse::Ok().json(trend))
}

impl From<TableError> for ApiError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::NotPublished => Self::new(
                StatusCode::NOT_FOUND,
                "not_published",
                "This period is not published. A month is published 14 days after it ends; indicators/choices lists what is.",
            ),
            TableError::UnknownSite => Self::field("site", "unknown_code"),
            TableError::UnknownIndicator => Self::field("indicator", "unknown_code"),
            TableError::SiteBySite => Self::field("by", "not_allowed"),
            TableError::Store(error) => error.into(),
        }
    }
}
