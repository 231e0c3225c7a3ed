//! The host of the media engine: its thread and its UDP socket, LiveKit's signalling over
//! WebSocket, the server API and the webhooks.
//!
//! Bird's eye: a client's request passes [`signal`] → `admission` (token, request, room) → the
//! engine behind [`command::Media`]; the application's passes `twirp` → `room_service` → the same
//! engine; what the engine reports leaves through `webhook`. Nothing here knows what the
//! application is; nothing in the application needs more of this than LiveKit's public API.

mod addresses;
mod admission;
mod clock;
pub mod command;
mod config;
mod demux;
pub mod engine;
pub mod frame;
pub mod join_query;
mod metrics;
mod room_service;
mod server;
mod signal;
mod socket;
mod standing;
pub mod token;
mod twirp;
mod webhook;

pub use config::{Config, Keys, Limits, Rooms};
pub use server::{MediaServer, StartError, start};
