#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail")]

mod authorisation;
mod invitations;
mod meeting;
mod moderation;
mod people;
mod requests;
mod room;
mod session;
