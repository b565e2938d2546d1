//! The audit chain, for administrators.

use std::collections::HashMap;
use std::fmt::Write as _;

use actix_web::{HttpResponse, Responder};
use rounds_shared::console::{AuditEntry, AuditPage, PageQuery};
use uuid::Uuid;

use super::store::{self, Link};
use crate::http::{Admin, ApiError, Query, cursor, place};
use crate::people;
use crate::wiring::instant;

const PAGE: u64 = 100;

/// `GET /api/v1/audit`: links of the chain, newest first.
pub async fn page(admin: Admin, query: Query<PageQuery>) -> Result<impl Responder, ApiError> {
    let below = query.0.cursor.as_deref().map(place).transpose()?.unwrap_or(i64::MAX);
    let db = admin.state.db.read();
    let links = store::page(db, admin.programme, below, PAGE).await?;
    let handles = people::handles(db, admin.programme).await?;
    // Numbers start at 1 and have no gaps, so a last one above 1 says that there is more.
    let next = links.last().filter(|link| link.n > 1).map(|link| cursor(&link.n.to_string()));
    let entries = links.into_iter().map(|link| entry(link, &handles)).collect();
    Ok(HttpResponse::Ok().json(AuditPage { entries, next }))
}

fn entry(link: Link, handles: &HashMap<Uuid, String>) -> AuditEntry {
    let handle = link.actor_id.and_then(|id| handles.get(&id));
    let mut hash = String::with_capacity(link.hash.len() * 2);
    for byte in &link.hash {
        let _ = write!(hash, "{byte:02x}");
    }
    AuditEntry {
        n: link.n,
        at: instant(link.at),
        actor: handle.cloned().unwrap_or(link.actor_kind),
        action: link.action,
        subject: link.subject,
        reason: link.reason,
        hash,
    }
}
