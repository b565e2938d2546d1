//! The catalogue of a programme: reading it, editing it, and adding sites. Every change is a new version.

mod replace;
pub mod routes;
mod site;

pub use replace::{ReplaceError, replace};
pub use site::{SiteError, add_sites};
