//! Records of every kind: they are stored, counted, corrected, voided, and verified like contacts.

mod catalogue;
mod development;
mod every;
mod questions;
mod referrals;
mod shifts;
