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
mod archive;
pub mod association;
pub mod attendance;
pub mod calendar;
pub mod caller;
pub mod certificate;
pub mod chat;
pub mod clock;
pub mod consent;
pub mod deck;
pub mod docs;
pub mod employment;
pub mod event;
pub mod event_kit;
pub mod event_role;
pub mod extract;
pub mod file;
pub mod form;
pub mod hand;
pub mod help;
pub mod import;
pub mod indicator;
pub mod institution;
pub mod invitation;
pub mod invitee;
pub mod job;
pub mod kit;
pub mod lesson;
pub mod letter;
pub mod letterhead;
pub mod limit;
pub mod list;
pub mod live;
pub mod mail;
pub mod material;
pub mod me;
pub mod media;
pub mod minutes;
pub mod news;
pub mod notice;
pub mod overview;
pub mod paper;
pub mod password;
pub mod person;
pub mod personal_data;
pub mod poll;
pub mod portfolio;
pub mod position;
pub mod presence;
pub mod presence_check;
pub mod problem;
pub mod problem_report;
pub mod professional_development;
pub mod programme;
pub mod project;
pub mod public;
pub mod qualification_category;
pub mod question;
pub mod register;
pub mod registration;
pub mod reminder;
pub mod retention;
pub mod role_grant;
pub mod room;
pub mod rounds;
pub mod router;
pub mod running_order;
pub mod schema;
pub mod school_class;
pub mod seat;
pub mod secret;
pub mod server;
pub mod session;
pub mod slip;
pub mod snils;
pub mod stage;
pub mod state;
pub mod task;
pub mod teacher_leader;
pub mod vault;
mod xml;

pub use caller::Caller;
pub use clock::Clock;
pub use deck::DeckSettings;
pub use problem::{ApiError, ApiResult, Code, FieldError};
pub use router::{openapi, router};
pub use state::{AppState, MediaConfig, Settings};
