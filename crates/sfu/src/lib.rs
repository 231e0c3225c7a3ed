//! Rooms, participants and forwarding, without a clock, a socket or a runtime.

mod api;
mod config;
mod counters;
mod id;
mod join;

pub use api::{ApiCall, ApiError, ApiReply};
pub use config::{Config, TokenClaims, TokenMint};
pub use counters::{Counters, Figure};
pub use id::{ConnectionId, ParticipantSid, RoomSid, TrackSid};
pub use join::{Dialect, Grants, Join, JoinError};
