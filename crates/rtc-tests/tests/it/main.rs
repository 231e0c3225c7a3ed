//! The host of the media engine, seen from outside: over HTTP and WebSocket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

mod application;
mod engine;
mod fuzz;
mod join_query;
mod live;
mod signal;
mod supervision;
mod support;
mod token;
mod twirp;
mod webhook;
