//! Rooms, participants and the forwarding of their media: a selective forwarding unit that speaks
//! LiveKit's protocol, without a clock, a socket or a runtime inside.
//!
//! # How to drive it
//!
//! [`Sfu`] is one value. A host gives it what happens and takes out what is to be done:
//!
//! - in: [`Sfu::join`], [`Sfu::signal`], [`Sfu::closed`], [`Sfu::call`], [`Sfu::receive`],
//!   [`Sfu::handle_timeout`];
//! - out: [`Sfu::poll_output`] and [`Sfu::poll_transmit`] until both are empty, then
//!   [`Sfu::poll_timeout`] for the time at which to call [`Sfu::handle_timeout`].
//!
//! **The drain rule.** After [`Sfu::receive`], call [`Sfu::flush`], once for all datagrams that
//! came together: packets are written to every subscriber first, and each is encrypted and sent
//! in one go. All other calls flush by themselves. Then drain the outputs.
//!
//! Time is a parameter of every call, randomness is seeded by [`Setup::seed`]: a test replays a
//! meeting of an hour in a second, and twice the same way.
//!
//! # The way of a media packet
//!
//! `peer` (decrypts, names section and layer) → `publication` (which track, which layer) →
//! `forward` (does it go on, with which numbers) → `egress` (the subscriber's `peer`).
//!
//! # What is not here
//!
//! Tokens and their verification, WebSockets and HTTP, sockets: the crate `kafedra-rtc`. LiveKit's
//! first dialect (two peer connections) is refused at [`Sfu::join`]; its place is `room::negotiate`,
//! beside the dialect with one.

mod api;
mod config;
mod counters;
mod downlink;
mod egress;
mod engine;
mod forward;
mod id;
mod join;
mod layers;
mod output;
mod participant;
mod peer;
mod publication;
mod quality;
mod room;
mod sdp;
mod section;
mod speakers;

pub use api::{ApiCall, ApiError, ApiReply};
pub use config::{Config, TokenClaims, TokenMint};
pub use counters::{Counters, Figure};
pub use engine::{Setup, SetupError, Sfu};
pub use id::{ConnectionId, ParticipantSid, RoomSid, TrackSid};
pub use join::{Dialect, Grants, Join, JoinError};
pub use output::{Datagram, Output, Transmit};
pub use room::{MemberKey, PeerId, RoomKey};
