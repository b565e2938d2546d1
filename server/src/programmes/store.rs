//! Rows of programmes, catalogues and sealing keys.

use chrono_tz::Tz;
use rounds_shared::catalogue::Catalogue;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::audit::Head;
use crate::db::StoreError;
use crate::entity::{catalogue, programme, sealing_key};

/// What the rest of the server needs to know of a programme.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Time zone.
    pub tz: Tz,
    /// Sequence number of the last write.
    pub seq: i64,
    /// Epoch.
    pub epoch: Uuid,
    /// Version of the catalogue.
    pub catalogue_version: i64,
    /// Threshold of publication.
    pub threshold: i64,
    /// The device under which the console and imports write.
    pub console_device: Uuid,
    /// Everything up to this is in a checked backup.
    pub backup_watermark: i64,
    /// When the newest checked backup was made.
    pub backup_made_at: Option<i64>,
    /// When it was checked.
    pub backup_checked_at: Option<i64>,
    /// Version of the fold by which heads and tallies were computed.
    pub fold_version: i64,
    /// Since when heads or tallies are known to differ from the log.
    pub drift_at: Option<i64>,
    /// Head of the audit chain.
    pub audit_hash: Vec<u8>,
    /// Length of the audit chain.
    pub audit_n: i64,
}

impl Programme {
    /// Newest link of the audit chain.
    #[must_use]
    pub fn audit_head(&self) -> Head {
        Head {
            n: self.audit_n,
            hash: self.audit_hash.clone(),
        }
    }
}

fn from_row(row: programme::Model) -> Result<Programme, StoreError> {
    let tz = row.tz.parse().map_err(|_| StoreError::corrupt("programme", "time zone"))?;
    Ok(Programme {
        id: row.id,
        name: row.name,
        tz,
        seq: row.seq,
        epoch: row.epoch,
        catalogue_version: row.catalogue_version,
        threshold: row.threshold,
        console_device: row.console_device,
        backup_watermark: row.backup_watermark,
        backup_made_at: row.backup_made_at,
        backup_checked_at: row.backup_checked_at,
        fold_version: row.fold_version,
        drift_at: row.drift_at,
        audit_hash: row.audit_hash,
        audit_n: row.audit_n,
    })
}

/// A programme by id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Programme>, StoreError> {
    programme::Entity::find_by_id(id).one(db).await?.map(from_row).transpose()
}

/// Every programme, oldest first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Programme>, StoreError> {
    let rows = programme::Entity::find()
        .order_by_asc(programme::Column::CreatedAt)
        .order_by_asc(programme::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(from_row).collect()
}

pub(super) async fn bump(tx: &DatabaseTransaction, id: Uuid) -> Result<Option<programme::Model>, StoreError> {
    let rows = programme::Entity::update_many()
        .col_expr(programme::Column::Seq, Expr::col(programme::Column::Seq).add(1))
        .filter(programme::Column::Id.eq(id))
        .exec_with_returning(tx)
        .await?;
    Ok(rows.into_iter().next())
}

pub(super) async fn set_audit_head(tx: &DatabaseTransaction, id: Uuid, n: i64, hash: Vec<u8>) -> Result<(), StoreError> {
    programme::Entity::update_many()
        .col_expr(programme::Column::AuditN, Expr::value(n))
        .col_expr(programme::Column::AuditHash, Expr::value(hash))
        .filter(programme::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A programme as it begins: no writes, no audit entries, no backup.
pub(super) struct Beginning {
    pub id: Uuid,
    pub name: String,
    pub tz: Tz,
    pub epoch: Uuid,
    pub catalogue_version: i64,
    pub console_device: Uuid,
}

/// Version of what heads and tallies are computed by. One more whenever the columns of a head or the contributions of a record change:
/// the next start then computes everything anew from the log.
pub(crate) const FOLD_VERSION: i64 = 1;
/// Threshold of publication until the programme sets its own.
const THRESHOLD: i64 = 10;

pub(super) async fn insert(tx: &DatabaseTransaction, new: Beginning, now_ms: i64) -> Result<(), StoreError> {
    let row = programme::ActiveModel {
        id: Set(new.id),
        name: Set(new.name),
        tz: Set(new.tz.name().to_owned()),
        seq: Set(0),
        epoch: Set(new.epoch),
        catalogue_version: Set(new.catalogue_version),
        threshold: Set(THRESHOLD),
        audit_n: Set(0),
        audit_hash: Set(Vec::new()),
        console_device: Set(new.console_device),
        backup_watermark: Set(0),
        backup_made_at: Set(None),
        backup_checked_at: Set(None),
        fold_version: Set(FOLD_VERSION),
        drift_at: Set(None),
        created_at: Set(now_ms),
    };
    programme::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// A backup that was restored elsewhere and checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckedBackup {
    /// Sequence number up to which it holds everything.
    pub seq: i64,
    /// When it was made.
    pub made_at: i64,
    /// When it was checked.
    pub checked_at: i64,
}

/// Notes a checked backup. The watermark and the age only move forward, so that checking an old one again takes nothing back.
pub(crate) async fn note_backup(tx: &DatabaseTransaction, before: &Programme, checked: CheckedBackup) -> Result<(), StoreError> {
    let newer = before.backup_made_at.is_none_or(|made_at| made_at <= checked.made_at);
    let mut update = programme::Entity::update_many()
        .col_expr(
            programme::Column::BackupWatermark,
            Expr::value(Ord::max(before.backup_watermark, checked.seq)),
        )
        .filter(programme::Column::Id.eq(before.id));
    if newer {
        update = update
            .col_expr(programme::Column::BackupMadeAt, Expr::value(checked.made_at))
            .col_expr(programme::Column::BackupCheckedAt, Expr::value(checked.checked_at));
    }
    update.exec(tx).await?;
    Ok(())
}

/// Starts a new epoch: the database was put back to an older state under the phones. No backup of the epoch is checked yet.
pub(crate) async fn new_epoch(tx: &DatabaseTransaction, programme: Uuid, epoch: Uuid) -> Result<(), StoreError> {
    programme::Entity::update_many()
        .col_expr(programme::Column::Epoch, Expr::value(epoch))
        .col_expr(programme::Column::BackupWatermark, Expr::value(0_i64))
        .col_expr(programme::Column::BackupMadeAt, Expr::value(None::<i64>))
        .col_expr(programme::Column::BackupCheckedAt, Expr::value(None::<i64>))
        .filter(programme::Column::Id.eq(programme))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes whether heads and tallies differ from the log; how long they have is kept.
pub(crate) async fn note_drift(tx: &DatabaseTransaction, programme: Uuid, found_at: Option<i64>) -> Result<(), StoreError> {
    let mut update = programme::Entity::update_many()
        .col_expr(programme::Column::DriftAt, Expr::value(found_at))
        .filter(programme::Column::Id.eq(programme));
    if found_at.is_some() {
        update = update.filter(programme::Column::DriftAt.is_null());
    }
    update.exec(tx).await?;
    Ok(())
}

/// Notes that heads and tallies are as this version of the fold computes them.
pub(crate) async fn note_fold(tx: &DatabaseTransaction, programme: Uuid) -> Result<(), StoreError> {
    programme::Entity::update_many()
        .col_expr(programme::Column::FoldVersion, Expr::value(FOLD_VERSION))
        .col_expr(programme::Column::DriftAt, Expr::value(None::<i64>))
        .filter(programme::Column::Id.eq(programme))
        .exec(tx)
        .await?;
    Ok(())
}

/// The catalogue of a programme at a version.
pub(crate) async fn catalogue(db: &impl ConnectionTrait, programme: Uuid, version: i64) -> Result<Option<Catalogue>, StoreError> {
    let row = catalogue::Entity::find_by_id((programme, version)).one(db).await?;
    row.map(|row| serde_json::from_str(&row.body).map_err(|e| StoreError::corrupt("catalogue", e)))
        .transpose()
}

/// Newest version of a programme's catalogue, without reading it.
pub(crate) async fn catalogue_version(db: &impl ConnectionTrait, programme: Uuid) -> Result<Option<i64>, StoreError> {
    Ok(programme::Entity::find_by_id(programme)
        .select_only()
        .column(programme::Column::CatalogueVersion)
        .into_tuple()
        .one(db)
        .await?)
}

/// Stores a new version of a catalogue and makes it the current one.
pub(crate) async fn put_catalogue(tx: &DatabaseTransaction, programme: Uuid, body: &Catalogue, now_ms: i64) -> Result<(), StoreError> {
    let text = serde_json::to_string(body).map_err(|e| StoreError::corrupt("catalogue", e))?;
    let row = catalogue::ActiveModel {
        programme_id: Set(programme),
        version: Set(body.version),
        body: Set(text),
        created_at: Set(now_ms),
    };
    catalogue::Entity::insert(row).exec_without_returning(tx).await?;
    programme::Entity::update_many()
        .col_expr(programme::Column::CatalogueVersion, Expr::value(body.version))
        .filter(programme::Column::Id.eq(programme))
        .exec(tx)
        .await?;
    Ok(())
}

/// A sealing key as stored: kid, public key, root signature.
pub(crate) type SealingRow = (String, Vec<u8>, Vec<u8>);

/// Sealing keys in use, newest first.
pub(crate) async fn sealing_keys(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<SealingRow>, StoreError> {
    let rows = sealing_key::Entity::find()
        .filter(sealing_key::Column::ProgrammeId.eq(programme))
        .filter(sealing_key::Column::RetiredAt.is_null())
        .order_by_desc(sealing_key::Column::CreatedAt)
        .order_by_desc(sealing_key::Column::Kid)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.kid, row.public_key, row.sig)).collect())
}

pub(super) async fn insert_sealing_key(tx: &DatabaseTransaction, programme: Uuid, key: SealingRow, now_ms: i64) -> Result<(), StoreError> {
    let row = sealing_key::ActiveModel {
        programme_id: Set(programme),
        kid: Set(key.0),
        suite: Set(i64::from(rounds_shared::sync::SUITE)),
        public_key: Set(key.1),
        sig: Set(key.2),
        created_at: Set(now_ms),
        retired_at: Set(None),
    };
    sealing_key::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([sealing_key::Column::ProgrammeId, sealing_key::Column::Kid])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
