//! The HTTP layer: route list, extractors, problems, headers, static files. Features bring handlers in their `routes.rs`.
//!
//! How a feature adds a route: write a handler in its `routes.rs` that returns `Result<impl Responder, ApiError>`, and add a line to
//! [`ROUTES`]; registration, OpenAPI, the human page and 405 follow from that line. Its access rule is enforced before the
//! handler's extractors run, and an extractor of another rule fails.
//!
//! | a handler takes | for |
//! |---|---|
//! | [`Team`], [`Admin`], [`Evaluator`], [`Staff`] | a person of those roles; derefs to [`Actor`] with `state`, `programme`, `worker`, `role` |
//! | [`Newcomer`], [`Session`] | any staff, also without the authenticator app that the server may demand; the latter no script |
//! | [`Phone`] | a device token; the same and `device` |
//! | [`Anybody`] | `state` and `peer` for routes that find out themselves who asks |
//! | [`Signature`], [`MaybeSigned`] | the headers by which a phone signs; `devices::find(…)` and `DeviceAuth::signed` check them |
//! | [`Checked<T>`] | a JSON body of the contract, limits checked, unknown fields refused |
//! | [`RawBody<K>`] | its bytes, bounded: `PushJson`, `SheetCsv`, `SmallJson`; [`parse_checked`] reads them |
//! | [`Query<T>`], [`Path<T>`] | parameters, as problems when wrong |
//!
//! [`ApiError`] is the only error of handlers: `not_found()`, `conflict(code, detail)`, `forbidden(code, detail)`, `invalid(errors)`,
//! `field(path, code)`, `too_many(seconds)`, `unavailable(detail)`, `internal(cause)`; `StoreError` converts with `?`. Lists use
//! [`cursor`] and [`place`]. What a supervisor may see of people is `people::reach(&state, programme, worker, role)`.

mod actor;
mod catch_panic;
mod cursor;
mod docs;
mod extract;
mod headers;
pub(crate) mod misfit;
mod openapi;
mod problem;
mod register;
mod routes;
mod signature;
mod site;
mod spec;
mod static_files;

pub use actor::{Actor, Admin, Anybody, Evaluator, Newcomer, Phone, SESSION_COOKIE, Session, Staff, Team};
pub use cursor::{cursor, place};
pub use extract::{BodyKind, CatalogueJson, Checked, Path, PushJson, Query, RawBody, SheetCsv, SmallJson, parse_checked};
pub use headers::finish;
pub use openapi::document;
pub use problem::ApiError;
pub use register::register;
pub use routes::ROUTES;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use signature::read as read_signature;
pub use signature::{FromCopy, MaybeSigned, Signature};
pub use site::Site;
pub use spec::{Access, Gives, Spec, Takes, Verb};
