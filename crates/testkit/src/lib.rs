#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up must fail"
)]
//! What tests stand on: databases of their own, a hand-moved clock, a running application.
//!
//! Invariant: a test that needs PostgreSQL fails, and says how to start it, where none
//! answers; it is never skipped.

pub mod app;
pub mod city;
pub mod clock;
pub mod database;
pub mod live;
pub mod media;
pub mod process;

pub use app::{Answer, Browser, TestApp};
pub use city::City;
pub use clock::TestClock;
pub use database::{TestDatabase, on_both, on_both_bare};
pub use live::LiveStream;
pub use media::FakeMedia;
pub use process::{Launch, Running};
