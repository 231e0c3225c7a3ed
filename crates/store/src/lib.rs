//! The database: connection, migrations, entities and queries, on SQLite and PostgreSQL alike.
//!
//! One noun, one module: its entity and the queries that handlers need, as plain async
//! functions over any [`ConnectionTrait`](sea_orm::ConnectionTrait), so that they run inside a transaction too.
//! Rules live in `kafedra-model`; nothing here decides what a person may do.
//!
//! Invariant: every query works on both databases; `tests/it` runs each on both.

pub mod account;
pub mod connect;
pub mod consent;
pub mod employment;
pub mod guest;
pub mod institution;
pub mod migrations;
pub mod person;
pub mod position;
pub mod role_grant;
pub mod session;

pub use connect::{Store, StoreError};
