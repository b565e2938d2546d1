//! Black-box tests of the interface, over HTTP, on both databases. Folders mirror addresses.

#![cfg(test)]

mod access;
mod answers;
mod attacks;
mod auth;
mod backups;
mod corpus;
mod figures;
mod kinds;
mod people;
mod phone;
mod rebuild;
mod records;
mod secrets;
mod sync;
