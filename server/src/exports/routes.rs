//! Routes of exports.

use actix_web::http::header;
use actix_web::{HttpResponse, Responder};
use rounds_shared::ids::Code;
use rounds_shared::indicator::{Breakdown, IndicatorQuery};

use super::csv;
use crate::audit::Entry;
use crate::http::{ApiError, Evaluator, Query};
use crate::programmes::Lock;
use crate::{indicators, publication};

/// `GET /api/v1/exports/csv`: the table of `indicators` with the same query, one row per cell.
pub async fn cells(evaluator: Evaluator, query: Query<IndicatorQuery>) -> Result<impl Responder, ApiError> {
    let table = indicators::table(&evaluator.state, evaluator.programme, &query.0).await?;
    let file = csv::cells(&table).map_err(ApiError::internal)?;
    let subject = format!(
        "{} release {} place {} by {}",
        table.release.period,
        table.release.number,
        query.0.site.as_ref().map_or("programme", Code::as_str),
        query.0.by.map_or("nothing", Breakdown::as_str),
    );
    audit(&evaluator, "export.csv", subject).await?;
    Ok(answer(file, &format!("rounds-{}.csv", table.release.period)))
}

/// `GET /api/v1/exports/definitions.csv`: what each indicator is.
pub async fn definitions(evaluator: Evaluator) -> Result<impl Responder, ApiError> {
    let state = &evaluator.state;
    let catalogue = state.catalogues.current(state.db.read(), evaluator.programme).await?;
    let list = publication::definitions(&*catalogue.ok_or_else(ApiError::not_found)?);
    let file = csv::definitions(&list).map_err(ApiError::internal)?;
    audit(&evaluator, "export.definitions", format!("{} indicators", list.len())).await?;
    Ok(answer(file, "rounds-definitions.csv"))
}

/// Every export is in the audit chain, before the file is.
async fn audit(evaluator: &Evaluator, action: &'static str, subject: String) -> Result<(), ApiError> {
    let tx = evaluator.state.db.begin().await?;
    let mut lock = Lock::take(&tx, evaluator.programme, evaluator.state.clock.now_ms())
        .await?
        .ok_or_else(ApiError::not_found)?;
    lock.audit(Entry::person(evaluator.worker, action, subject));
    Ok(lock.commit(tx).await?)
}

fn answer(file: Vec<u8>, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(file)
}
