//! The catalogue of a programme: reading it, and adding a site as a new version of it.

pub mod routes;
mod site;

pub use site::{SiteError, add_sites};
