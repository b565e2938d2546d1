//! Statements of the push transaction, each for a whole batch.

mod devices;
mod heads;
mod log;

pub(crate) use devices::{DeviceProgress, progress, save_progress};
pub(crate) use heads::{from_row, load_heads, save_heads, to_row};
pub(crate) use log::{
    fates, insert_ops, insert_quarantine, insert_receipt, known_ops, known_quarantined, new_epoch, quarantine_load, revisions,
};
