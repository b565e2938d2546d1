//! Heads, their lines and their referrals.

use std::collections::HashMap;

use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::Contact;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{StoreError, Taken, chunks, insert};
use crate::entity::{record, record_line, record_referral};
use crate::records::Facts;
use crate::sync::fold::{Folded, HeadRegister, PersonRegister, PutRegister};

/// A stored head as the fold knows it.
pub(crate) fn from_row(row: record::Model, catalogue: &Catalogue) -> Result<Folded, StoreError> {
    let put = match (row.put_op, row.put_rev, row.body) {
        (Some(op), Some(rev), Some(body)) => {
            let contact: Contact = serde_json::from_str(&body).map_err(|e| StoreError::corrupt("record", e))?;
            let warnings = serde_json::from_str(&row.warnings).map_err(|e| StoreError::corrupt("record", e))?;
            Some(PutRegister {
                op,
                rev,
                facts: Facts::of(&contact, catalogue),
                warnings,
            })
        }
        _ => None,
    };
    let person = row.person_op.zip(row.person_rev).map(|(op, rev)| PersonRegister {
        op,
        rev,
        person: row.person,
    });
    Ok(Folded {
        id: row.id,
        head: HeadRegister {
            op: row.head_op,
            rev: row.head_rev,
            void: row.void,
            author: row.author_id,
            device: row.device_id,
            by_supervisor: row.by_supervisor,
            seq: row.seq,
            received_at: row.received_at,
        },
        put,
        person,
        conflict: row.conflict,
    })
}

/// The row of a head. Typed columns stay filled when it is void, `live` says that it doesn't count.
pub(crate) fn to_row(programme: Uuid, folded: &Folded) -> Result<record::Model, StoreError> {
    let facts = folded.put.as_ref().map(|put| &put.facts);
    let text = |f: fn(&Facts) -> String| facts.map(f);
    let body = facts
        .map(|f| serde_json::to_string(&f.body))
        .transpose()
        .map_err(|e| StoreError::corrupt("record", e))?;
    let warnings = folded.put.as_ref().map(|put| put.warnings.as_slice()).unwrap_or_default();
    Ok(record::Model {
        programme_id: programme,
        id: folded.id,
        head_op: folded.head.op,
        head_rev: folded.head.rev,
        void: folded.head.void,
        conflict: folded.conflict,
        by_supervisor: folded.head.by_supervisor,
        author_id: folded.head.author,
        device_id: folded.head.device,
        put_op: folded.put.as_ref().map(|put| put.op),
        put_rev: folded.put.as_ref().map(|put| put.rev),
        person_op: folded.person.map(|p| p.op),
        person_rev: folded.person.map(|p| p.rev),
        person: folded.person_id(),
        live: folded.live().is_some(),
        kind: facts.map(|f| f.kind.to_owned()),
        schema: facts.map(|f| i64::from(f.schema)),
        day: facts.map(|f| f.day),
        site: text(|f| f.body.site.to_string()),
        worker_id: facts.map(|f| f.worker),
        gender: text(|f| f.body.gender.to_string()),
        age_band: text(|f| f.body.age_band.to_string()),
        setting: text(|f| f.body.setting.as_str().to_owned()),
        injects: text(|f| f.body.injects.as_str().to_owned()),
        returning: text(|f| f.body.returning.as_str().to_owned()),
        for_others: facts.map_or(0, |f| f.body.for_others),
        syringes_out: facts.map_or(0, |f| f.syringes_out),
        syringes_in: facts.map_or(0, |f| f.syringes_in),
        naloxone_kits: facts.map_or(0, |f| f.naloxone_kits),
        naloxone_doses: facts.map_or(0, |f| f.naloxone_doses),
        body,
        warnings: serde_json::to_string(warnings).map_err(|e| StoreError::corrupt("record", e))?,
        seq: folded.head.seq,
        received_at: folded.head.received_at,
    })
}

/// Heads of some records.
pub(crate) async fn load_heads(
    db: &impl ConnectionTrait,
    programme: Uuid,
    ids: &[Uuid],
    catalogue: &Catalogue,
) -> Result<HashMap<Uuid, Folded>, StoreError> {
    let mut heads = HashMap::new();
    for part in chunks(ids, 1) {
        let rows = record::Entity::find()
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Id.is_in(part.iter().copied()))
            .all(db)
            .await?;
        for row in rows {
            heads.insert(row.id, from_row(row, catalogue)?);
        }
    }
    Ok(heads)
}

/// Writes heads with their lines and referrals. `existing` names those that were there before.
pub(crate) async fn save_heads(tx: &DatabaseTransaction, programme: Uuid, heads: &[Folded], existing: &[Uuid]) -> Result<(), StoreError> {
    for part in chunks(existing, 1) {
        record_line::Entity::delete_many()
            .filter(record_line::Column::ProgrammeId.eq(programme))
            .filter(record_line::Column::RecordId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
        record_referral::Entity::delete_many()
            .filter(record_referral::Column::ProgrammeId.eq(programme))
            .filter(record_referral::Column::RecordId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    let rows = heads.iter().map(|head| to_row(programme, head)).collect::<Result<Vec<_>, _>>()?;
    insert(tx, &rows, Taken::Replaced).await?;
    let lines: Vec<record_line::Model> = heads.iter().flat_map(|head| line_rows(programme, head)).collect();
    insert(tx, &lines, Taken::Fails).await?;
    let referrals: Vec<record_referral::Model> = heads.iter().flat_map(|head| referral_rows(programme, head)).collect();
    insert(tx, &referrals, Taken::Fails).await
}

/// Lines of a live head.
pub(crate) fn line_rows(programme: Uuid, head: &Folded) -> Vec<record_line::Model> {
    let Some((facts, _)) = head.live() else { return Vec::new() };
    let row = |(n, line): (i16, &crate::records::LineFacts)| record_line::Model {
        programme_id: programme,
        record_id: head.id,
        n,
        item: line.item.clone(),
        direction: line.direction.as_str().to_owned(),
        quantity: line.quantity,
        syringes: line.syringes,
        doses: line.doses,
        method: line.method.map(str::to_owned),
        reason: line.reason.map(str::to_owned),
    };
    (0_i16..).zip(&facts.lines).map(row).collect()
}

/// Referrals of a live head.
pub(crate) fn referral_rows(programme: Uuid, head: &Folded) -> Vec<record_referral::Model> {
    let Some((facts, _)) = head.live() else { return Vec::new() };
    let row = |(n, referral): (i16, &crate::records::ReferralFacts)| record_referral::Model {
        programme_id: programme,
        record_id: head.id,
        n,
        service: referral.service.to_string(),
        provider: referral.provider.as_ref().map(ToString::to_string),
        way: referral.way.as_str().to_owned(),
        status: referral.status.as_str().to_owned(),
        rank: referral.status.rank(),
        slip: referral.slip.clone(),
    };
    (0_i16..).zip(&facts.body.referrals).map(row).collect()
}
