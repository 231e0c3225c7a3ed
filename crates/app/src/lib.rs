//! The HTTP application: handlers, their OpenAPI document, the live stream.
//!
//! A request's way: [`router`] → `<noun>/<verb>.rs` → the rule in `kafedra-model` → the
//! queries in `kafedra-store`. The media server is spoken to only through LiveKit's server
//! API over HTTP, so an embedded one and an outside cluster are the same to this crate.
//!
//! Invariant: who calls is known only through [`Caller`]; every refusal is an [`ApiError`].
//! To add a route: a verb file in the noun's folder, one `routes!` line in the noun's `mod.rs`,
//! a row in the authorisation matrix of `tests/it`.

pub mod access_log;
pub mod caller;
pub mod chat;
pub mod clock;
pub mod consent;
pub mod docs;
pub mod employment;
pub mod event;
pub mod extract;
pub mod form;
pub mod hand;
pub mod institution;
pub mod invitation;
pub mod limit;
pub mod list;
pub mod live;
pub mod me;
pub mod media;
pub mod password;
pub mod person;
pub mod position;
pub mod problem;
pub mod problem_report;
pub mod project;
pub mod role_grant;
pub mod room;
pub mod router;
pub mod schema;
pub mod seat;
pub mod secret;
pub mod server;
pub mod session;
pub mod slip;
pub mod state;

pub use caller::Caller;
pub use clock::Clock;
pub use problem::{ApiError, ApiResult, Code, FieldError};
pub use router::{openapi, router};
pub use state::{AppState, MediaConfig, Settings};
