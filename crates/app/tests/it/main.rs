#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up must fail"
)]

mod administrators;
mod association;
mod authorisation;
mod category;
mod certificate;
mod change_request;
mod chat;
mod consent;
mod crowd;
mod errors;
mod event;
mod held;
mod imports;
mod indicator;
mod invitations;
mod invitee;
mod kits;
mod lesson;
mod live;
mod live_session;
mod lobby;
mod mail;
mod mail_server;
mod meeting;
mod minutes;
mod moderation;
mod overview;
mod own_indicator;
mod people;
mod personal_data;
mod plan;
mod polls;
mod portfolio;
mod presence;
mod professional_development;
mod project;
mod project_evidence;
mod project_period;
mod public;
mod questions;
mod reading;
mod register;
mod registration;
mod reminder;
mod requests;
mod retention;
mod room;
mod running_order;
mod session;
mod slides;
mod snils;
mod stage;
mod webhook;

/// Two by two pixels in grey.
pub const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x00\x00\x00\x00W\xddR\xf8\x00\x00\x00\x0eIDATx\x9cc\x10\xf8\xc0\xf0A\x00\x00\x06\x06\x02\x01\xebo:o\x00\x00\x00\x00IEND\xaeB`\x82";
