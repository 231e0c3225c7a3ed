//! Meetings in virtual time: str0m clients on an invented network, against the whole engine.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod access;
mod fuzz;
mod layers;
mod lifetime;
mod meeting;
mod resume;
mod support;
