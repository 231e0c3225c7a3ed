//! The rules of the domain as pure functions and types: no I/O, no async, no clock.
//!
//! One noun, one module, the same name as in `store`, `app` and the client.
//! To add a noun: a module here with its rules and their tests, then its
//! table in `store`, its routes in `app`.

pub mod access;
mod argon;
pub mod association;
pub mod certificate;
pub mod consent;
pub mod deck;
pub mod demo;
pub mod employment;
pub mod erasure;
pub mod event;
pub mod event_role;
pub mod event_template;
pub mod file;
pub mod guardian_consent;
pub mod ical;
pub mod import;
pub mod indicator;
pub mod institution;
pub mod invitee;
pub mod kit;
pub mod letter;
pub mod locale;
pub mod login;
pub mod minutes;
pub mod name;
pub mod notice;
pub mod passport;
pub mod password;
pub mod poll;
pub mod portfolio;
pub mod position;
pub mod presence;
pub mod professional_development;
pub mod programme;
pub mod qualification_category;
pub mod quarter;
pub mod question;
pub mod registration;
pub mod reminder;
pub mod role;
pub mod room;
pub mod running_order;
pub mod school_class;
pub mod seat;
pub mod series;
pub mod slip;
pub mod snils;
pub mod stage;
pub mod text;
pub mod traffic_light;
pub mod validator;

pub use access::Action;
pub use event::{Audience, EventKind, EventStatus};
pub use event_role::EventRole;
pub use institution::InstitutionKind;
pub use locale::Locale;
pub use position::PositionGroup;
pub use programme::ItemKind;
pub use role::{Actor, Grant, Role, Scope};
pub use room::Lobby;
pub use seat::SeatRole;
