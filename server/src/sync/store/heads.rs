//! Heads, their lines and their referrals.

use std::collections::HashMap;

use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::{BodyError, RecordBody, Referral};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{StoreError, Taken, chunks, insert};
use crate::entity::{record, record_group, record_line, record_referral, referral_event};
use crate::records::Facts;
use crate::referrals::{Event, Furthest};
use crate::sync::fold::{Folded, HeadRegister, PersonRegister, PutRegister};

/// A stored head as the fold knows it.
pub(crate) fn from_row(row: record::Model, catalogue: &Catalogue) -> Result<Folded, StoreError> {
    let put = match (row.put_op, row.put_rev, row.body) {
        (Some(op), Some(rev), Some(body)) => {
            let kind = row.kind.as_deref().unwrap_or_default();
            let body = stored_body(kind, row.schema.unwrap_or(1), &body)?;
            let warnings = serde_json::from_str(&row.warnings).map_err(|e| StoreError::corrupt("record", e))?;
            Some(PutRegister {
                op,
                rev,
                facts: Facts::of(&body, catalogue),
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

/// A body as it was stored.
pub(crate) fn stored_body(kind: &str, schema: i64, text: &str) -> Result<RecordBody, StoreError> {
    let value = serde_json::from_str(text).map_err(|e| StoreError::corrupt("record", e))?;
    let schema = u32::try_from(schema).map_err(|e| StoreError::corrupt("record", e))?;
    RecordBody::read(kind, schema, value).map_err(|e: BodyError| StoreError::corrupt("record", e))
}

/// The row of a head. Typed columns stay filled when it is void, `live` says that it doesn't count.
pub(crate) fn to_row(programme: Uuid, folded: &Folded) -> Result<record::Model, StoreError> {
    let facts = folded.put.as_ref().map(|put| &put.facts);
    let contact = facts.and_then(Facts::contact);
    let common = facts.map(|f| f.body.common());
    let body = facts
        .map(|f| f.body.to_value().and_then(|value| serde_json::to_string(&value)))
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
        kind: facts.map(|f| f.body.kind().to_owned()),
        schema: facts.map(|f| i64::from(f.body.schema())),
        day: facts.map(|f| f.day),
        site: common.map(|c| c.site.to_string()),
        worker_id: facts.map(|f| f.worker),
        gender: contact.map(|c| c.gender.to_string()),
        age_band: contact.map(|c| c.age_band.to_string()),
        setting: common.map(|c| c.setting.as_str().to_owned()),
        injects: contact.map(|c| c.injects.as_str().to_owned()),
        returning: contact.map(|c| c.returning.as_str().to_owned()),
        contacts: facts.map_or(0, |f| f.contacts),
        for_others: contact.map_or(0, |c| c.for_others),
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

macro_rules! delete_parts {
    ($tx:expr, $programme:expr, $part:expr; $($table:ident),+) => { $(
        $table::Entity::delete_many()
            .filter($table::Column::ProgrammeId.eq($programme))
            .filter($table::Column::RecordId.is_in($part.iter().copied()))
            .exec($tx)
            .await?;
    )+ };
}

/// Writes heads with their parts. `existing` names those that were there before, `furthest` says how far referrals came.
pub(crate) async fn save_heads(
    tx: &DatabaseTransaction,
    programme: Uuid,
    heads: &[Folded],
    existing: &[Uuid],
    furthest: &Furthest,
) -> Result<(), StoreError> {
    for part in chunks(existing, 1) {
        delete_parts!(tx, programme, part; record_line, record_referral, referral_event, record_group);
    }
    let rows = heads.iter().map(|head| to_row(programme, head)).collect::<Result<Vec<_>, _>>()?;
    insert(tx, &rows, Taken::Replaced).await?;
    let lines: Vec<record_line::Model> = heads.iter().flat_map(|head| line_rows(programme, head)).collect();
    insert(tx, &lines, Taken::Fails).await?;
    let referrals: Vec<record_referral::Model> = heads.iter().flat_map(|head| referral_rows(programme, head, furthest)).collect();
    insert(tx, &referrals, Taken::Fails).await?;
    let events: Vec<referral_event::Model> = heads.iter().filter_map(|head| event_row(programme, head)).collect();
    insert(tx, &events, Taken::Fails).await?;
    let groups: Vec<record_group::Model> = heads.iter().flat_map(|head| group_rows(programme, head)).collect();
    insert(tx, &groups, Taken::Fails).await
}

/// The event that a live head is.
pub(crate) fn event_row(programme: Uuid, head: &Folded) -> Option<referral_event::Model> {
    let event = head.live().and_then(|(facts, _)| Event::of(&facts.body))?;
    Some(referral_event::Model {
        programme_id: programme,
        record_id: head.id,
        slip: event.slip,
        service: event.service,
        status: event.status.as_str().to_owned(),
        rank: event.status.rank(),
    })
}

/// Groups of a live tally sheet.
pub(crate) fn group_rows(programme: Uuid, head: &Folded) -> Vec<record_group::Model> {
    let Some((facts, _)) = head.live() else { return Vec::new() };
    let row = |(n, (gender, age_band, contacts))| record_group::Model {
        programme_id: programme,
        record_id: head.id,
        n,
        gender,
        age_band,
        contacts,
    };
    (0_i16..).zip(facts.groups()).map(row).collect()
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
pub(crate) fn referral_rows(programme: Uuid, head: &Folded, furthest: &Furthest) -> Vec<record_referral::Model> {
    let Some((facts, _)) = head.live() else { return Vec::new() };
    let row = |(n, referral): (i16, &Referral)| {
        let reached = furthest.of(referral);
        record_referral::Model {
            programme_id: programme,
            record_id: head.id,
            n,
            service: referral.service.to_string(),
            provider: referral.provider.as_ref().map(ToString::to_string),
            way: referral.way.as_str().to_owned(),
            status: referral.status.as_str().to_owned(),
            reached: reached.as_str().to_owned(),
            rank: reached.rank(),
            slip: referral.slip.clone(),
        }
    };
    (0_i16..).zip(facts.body.referrals()).map(row).collect()
}
