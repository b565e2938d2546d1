//! Black-box tests of the interface, over HTTP, on both databases. Folders mirror addresses.

#![cfg(test)]

mod access;
mod answers;
mod attacks;
mod auth;
mod corpus;
mod figures;
mod kinds;
mod people;
mod phone;
mod records;
mod secrets;
mod sync;
