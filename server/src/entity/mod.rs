//! Rows of the database, one file per table. Only stores see them; wire types are others.

pub(crate) mod audit;
pub(crate) mod catalogue;
pub(crate) mod challenge;
pub(crate) mod device;
pub(crate) mod device_author;
pub(crate) mod import_row;
pub(crate) mod invite;
pub(crate) mod op;
pub(crate) mod programme;
pub(crate) mod published_cell;
pub(crate) mod qualification;
pub(crate) mod quarantine;
pub(crate) mod receipt;
pub(crate) mod record;
pub(crate) mod record_group;
pub(crate) mod record_line;
pub(crate) mod record_referral;
pub(crate) mod referral_event;
pub(crate) mod release;
pub(crate) mod script_token;
pub(crate) mod sealing_key;
pub(crate) mod staff_login;
pub(crate) mod staff_session;
pub(crate) mod tally;
pub(crate) mod thanks;
pub(crate) mod worker;
