//! The host of the media engine: its thread and its UDP socket, LiveKit's signalling over
//! WebSocket, the server API and the webhooks.

pub mod command;
