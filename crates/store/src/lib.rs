//! The database: connection, migrations, entities and queries, on SQLite and PostgreSQL alike.
//!
//! One noun, one module: its entity and the queries that handlers need, as plain async
//! functions over any [`ConnectionTrait`](sea_orm::ConnectionTrait), so that they run inside a transaction too.
//! Rules live in `kafedra-model`; nothing here decides what a person may do.
//!
//! Invariant: every query works on both databases; `tests/it` runs each on both.

pub mod access_log;
pub mod account;
pub mod chat;
pub mod connect;
pub mod connection;
pub mod consent;
pub mod dump;
pub mod employment;
pub mod event;
pub mod guest;
pub mod installation;
pub mod institution;
pub mod invitation;
pub mod invitee;
pub mod migrations;
pub mod person;
pub mod position;
pub mod problem_report;
pub mod project;
pub mod role_grant;
pub mod room;
pub mod search;
pub mod seat;
pub mod session;
pub mod slip;
pub mod webhook;

pub use connect::{Store, StoreError, is_away};
