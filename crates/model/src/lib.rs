//! The rules of the domain as pure functions and types: no I/O, no async, no clock.
//!
//! One noun, one module, the same name as in `store`, `app` and the client.
//! To add a noun: a module here with its rules and their tests, then its
//! table in `store`, its routes in `app`.

pub mod access;
pub mod consent;
pub mod demo;
pub mod employment;
pub mod event;
pub mod institution;
pub mod locale;
pub mod login;
pub mod name;
pub mod passport;
pub mod password;
pub mod position;
pub mod role;
pub mod room;
pub mod seat;
pub mod slip;
pub mod text;

pub use access::Action;
pub use event::{EventKind, EventStatus};
pub use institution::InstitutionKind;
pub use locale::Locale;
pub use position::PositionGroup;
pub use role::{Actor, Grant, Role, Scope};
pub use room::Lobby;
pub use seat::SeatRole;
