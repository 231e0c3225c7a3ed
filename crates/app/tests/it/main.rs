#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail")]

mod authorisation;
mod chat;
mod crowd;
mod errors;
mod event;
mod invitations;
mod live;
mod meeting;
mod moderation;
mod people;
mod requests;
mod room;
mod session;
mod webhook;
