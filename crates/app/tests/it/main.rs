#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail")]

mod authorisation;
mod requests;
mod session;
