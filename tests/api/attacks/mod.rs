//! What somebody tries who means harm. Others of the kind stand where their subject is: who may do what in `access.rs`, guesses and replays
//! of log-ins and challenges in `auth/`, malformed pushes in `sync/push/refusals.rs`, PINs in `phone.rs`, planted codes in `secrets.rs`.

mod pages;
mod payloads;
mod pushes;
mod tokens;
