#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail")]

mod access_log;
mod indicator;
mod reach;
mod registers;
mod schema;
mod traces;
mod upgrade;
