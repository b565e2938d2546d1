//! Rows of devices and of who writes on them.

use std::collections::HashMap;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use rounds_shared::auth::Level;
use rounds_shared::console::DeviceView;
use rounds_shared::ids::{DeviceId, WorkerId};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::{device, device_author, worker};
use crate::wiring::instant;

/// Kind of a phone; the console of a programme has no row here.
const PHONE: &str = "phone";

/// What a request of a device is checked against.
#[derive(Debug, Clone)]
pub struct DeviceAuth {
    /// Raw P-256 public key, 65 bytes.
    pub public_key: Vec<u8>,
    /// Revoked: its deposits go to quarantine, and it gets no token.
    pub revoked: bool,
    /// How often somebody asked it to offer everything again.
    pub reoffer: i64,
    /// Who writes on it.
    pub authors: Vec<DeviceAuthor>,
}

/// Somebody who writes on a phone.
#[derive(Debug, Clone, Copy)]
pub struct DeviceAuthor {
    /// Worker.
    pub worker: WorkerId,
    /// Until when, UTC milliseconds.
    pub until: Option<i64>,
    /// What they are unlocked for.
    pub level: Level,
}

impl DeviceAuthor {
    fn lasts(&self, now_ms: i64) -> bool {
        self.until.is_none_or(|until| until > now_ms)
    }
}

impl DeviceAuth {
    /// Whether it signed some bytes; `signature` is r‖s.
    #[must_use]
    pub fn signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.public_key)
            .verify(bytes, signature)
            .is_ok()
    }

    /// Whether somebody is enrolled on it at an instant.
    #[must_use]
    pub fn has_author(&self, worker: Uuid, now_ms: i64) -> bool {
        self.authors.iter().any(|entry| entry.worker.0 == worker && entry.lasts(now_ms))
    }

    /// What it is told to do whenever it asks: to forget everything once it is revoked or nobody writes on it any more, and to offer
    /// everything again as often as somebody asked for that.
    #[must_use]
    pub fn commands(&self, now_ms: i64) -> Vec<String> {
        let mut commands = Vec::new();
        if self.revoked || !self.authors.iter().any(|entry| entry.lasts(now_ms)) {
            commands.push("wipe".to_owned());
        }
        if self.reoffer > 0 {
            commands.push(format!("reoffer:{}", self.reoffer));
        }
        commands
    }
}

/// A phone that is being enrolled.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Raw P-256 public key, 65 bytes.
    pub public_key: Vec<u8>,
    /// Name and version of the application.
    pub app: String,
}

/// The key of a device and who writes on it with their levels, in one statement, because every push begins with it.
pub(crate) async fn find(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<DeviceAuth>, StoreError> {
    let authors =
        |device: device::Column, author: device_author::Column| Expr::col((device::Entity, device)).equals((device_author::Entity, author));
    let of_author =
        |worker: worker::Column, author: device_author::Column| Expr::col((worker::Entity, worker)).equals((device_author::Entity, author));
    let query = Query::select()
        .columns([
            (device::Entity, device::Column::PublicKey),
            (device::Entity, device::Column::RevokedAt),
            (device::Entity, device::Column::Reoffer),
        ])
        .columns([
            (device_author::Entity, device_author::Column::WorkerId),
            (device_author::Entity, device_author::Column::UntilAt),
        ])
        .column((worker::Entity, worker::Column::Level))
        .from(device::Entity)
        .left_join(
            device_author::Entity,
            authors(device::Column::ProgrammeId, device_author::Column::ProgrammeId)
                .and(authors(device::Column::Id, device_author::Column::DeviceId)),
        )
        .left_join(
            worker::Entity,
            of_author(worker::Column::ProgrammeId, device_author::Column::ProgrammeId)
                .and(of_author(worker::Column::Id, device_author::Column::WorkerId)),
        )
        .and_where(Expr::col((device::Entity, device::Column::ProgrammeId)).eq(programme))
        .and_where(Expr::col((device::Entity, device::Column::Id)).eq(id))
        .to_owned();
    let mut found: Option<DeviceAuth> = None;
    for row in db.query_all(&query).await? {
        let (public_key, revoked_at): (Vec<u8>, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let reoffer = row.try_get_by_index(2)?;
        let device = found.get_or_insert(DeviceAuth {
            public_key,
            revoked: revoked_at.is_some(),
            reoffer,
            authors: Vec::new(),
        });
        // A phone without authors has one row with none.
        if let Some(worker) = row.try_get_by_index::<Option<Uuid>>(3)? {
            let level: Option<String> = row.try_get_by_index(5)?;
            device.authors.push(DeviceAuthor {
                worker: WorkerId(worker),
                until: row.try_get_by_index(4)?,
                level: level.as_deref().and_then(Level::parse).unwrap_or(Level::Outreach),
            });
        }
    }
    Ok(found)
}

/// Notes that a device asked for something.
pub(crate) async fn touch(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, now_ms: i64) -> Result<(), StoreError> {
    device::Entity::update_many()
        .col_expr(device::Column::LastSeenAt, Expr::value(now_ms))
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds a phone, if it is new, and an author on it.
pub(crate) async fn enrol(
    tx: &DatabaseTransaction,
    programme: Uuid,
    id: Uuid,
    new: Option<NewDevice>,
    worker: Uuid,
    now_ms: i64,
) -> Result<(), StoreError> {
    if let Some(new) = new {
        let row = device::ActiveModel {
            programme_id: Set(programme),
            id: Set(id),
            public_key: Set(new.public_key),
            kind: Set(PHONE.to_owned()),
            app: Set(new.app),
            enrolled_for: Set(worker),
            enrolled_at: Set(now_ms),
            last_seen_at: Set(None),
            last_push_at: Set(None),
            dseq_high: Set(0),
            received: Set("[]".to_owned()),
            clock_skew_ms: Set(None),
            revoked_at: Set(None),
            reoffer: Set(0),
        };
        device::Entity::insert(row).exec_without_returning(tx).await?;
    }
    let author = device_author::ActiveModel {
        programme_id: Set(programme),
        device_id: Set(id),
        worker_id: Set(worker),
        from_at: Set(now_ms),
        until_at: Set(None),
    };
    // Whoever comes back keeps the day of the first enrolment and is no longer ended.
    let known = [
        device_author::Column::ProgrammeId,
        device_author::Column::DeviceId,
        device_author::Column::WorkerId,
    ];
    device_author::Entity::insert(author)
        .on_conflict(OnConflict::columns(known).update_column(device_author::Column::UntilAt).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Ends somebody's authorship on every phone.
pub(crate) async fn end_author(tx: &DatabaseTransaction, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<(), StoreError> {
    device_author::Entity::update_many()
        .col_expr(device_author::Column::UntilAt, Expr::value(now_ms))
        .filter(device_author::Column::ProgrammeId.eq(programme))
        .filter(device_author::Column::WorkerId.eq(worker))
        .filter(device_author::Column::UntilAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Phones by the worker that writes on them, without revoked ones.
pub(crate) async fn of_workers(db: &impl ConnectionTrait, programme: Uuid) -> Result<HashMap<Uuid, Vec<DeviceId>>, StoreError> {
    let live: Vec<Uuid> = device::Entity::find()
        .select_only()
        .column(device::Column::Id)
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::RevokedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let authors = device_author::Entity::find()
        .filter(device_author::Column::ProgrammeId.eq(programme))
        .filter(device_author::Column::UntilAt.is_null())
        .order_by_asc(device_author::Column::FromAt)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<DeviceId>> = HashMap::new();
    for author in authors.into_iter().filter(|author| live.contains(&author.device_id)) {
        found.entry(author.worker_id).or_default().push(DeviceId(author.device_id));
    }
    Ok(found)
}

/// A device of the list, with the person it was enrolled for.
pub(crate) struct Listed {
    pub view: DeviceView,
    pub enrolled_for: Uuid,
}

/// Every phone of a programme, newest first, with handles looked up by the caller's list.
pub(crate) async fn list(db: &impl ConnectionTrait, programme: Uuid, handles: &HashMap<Uuid, String>) -> Result<Vec<Listed>, StoreError> {
    let rows = device::Entity::find()
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Kind.eq(PHONE))
        .order_by_desc(device::Column::EnrolledAt)
        .order_by_asc(device::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            enrolled_for: row.enrolled_for,
            view: DeviceView {
                id: DeviceId(row.id),
                handle: handles.get(&row.enrolled_for).cloned().unwrap_or_default(),
                app: row.app,
                enrolled_at: instant(row.enrolled_at),
                last_seen_at: row.last_seen_at.map(instant),
                revoked: row.revoked_at.is_some(),
            },
        })
        .collect())
}

/// Revokes a device; the first time counts.
pub(super) async fn revoke(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, now_ms: i64) -> Result<(), StoreError> {
    device::Entity::update_many()
        .col_expr(device::Column::RevokedAt, Expr::value(now_ms))
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Id.eq(id))
        .filter(device::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Asks a device to offer everything again, once more.
pub(super) async fn raise_reoffer(tx: &DatabaseTransaction, programme: Uuid, id: Uuid) -> Result<(), StoreError> {
    device::Entity::update_many()
        .col_expr(device::Column::Reoffer, Expr::col(device::Column::Reoffer).add(1))
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
