//! Statements of the push transaction, each for a whole batch.

mod devices;
mod heads;
mod key;
mod log;
mod replay;
mod standing;
mod waiting;

pub(crate) use devices::{DeviceProgress, progress, save_progress};
pub(crate) use heads::{event_row, group_rows, line_rows, load_heads, referral_rows, save_heads, stored_body};
pub(crate) use key::{Key, Place};
pub(crate) use log::{Known, believe, fates, insert_ops, insert_quarantine, insert_receipt, known, quarantine_load, revisions};
pub(crate) use replay::{
    Parts, StoredHead, StoredOp, arrivals, clear_heads, device_progress, heads_of, op_page, ops_of, parts_of, recent_records, rows_of,
    set_person,
};
pub(crate) use standing::{Standing, standing};
pub(crate) use waiting::{
    DISCARDED, Held, ID_CONFLICT, RELEASED, REPAIRED, WAITING, held, held_for, note_conflict, rival, settle, settled, waiting,
};
