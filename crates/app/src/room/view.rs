//! Rooms as clients see them.

use chrono::{DateTime, Utc};
use kafedra_model::{EventKind, EventStatus, Lobby};
use kafedra_store::{event, room};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::seat::view::Seat;

/// A room for those inside.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    pub id: Uuid,
    pub title: String,
    pub locked: bool,
    pub lobby: Lobby,
    pub guests_allowed: bool,
    /// What ordinary participants may do.
    pub allow_unmute: bool,
    pub allow_video: bool,
    pub allow_share: bool,
    pub allow_chat: bool,
    pub status: EventStatus,
    #[schema(required)]
    pub started_at: Option<DateTime<Utc>>,
}

impl Room {
    pub fn of(room: &room::Model, event: &event::Model, now: DateTime<Utc>) -> Self {
        Self {
            id: room.id,
            title: event.title.clone(),
            locked: room.locked,
            lobby: room.lobby(),
            guests_allowed: room.guests_allowed,
            allow_unmute: room.allow_unmute,
            allow_video: room.allow_video,
            allow_share: room.allow_share,
            allow_chat: room.allow_chat,
            status: event.course(room).status(now),
            started_at: room.started_at,
        }
    }
}

/// A room for whoever holds its link.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomCard {
    pub id: Uuid,
    pub code: String,
    pub title: String,
    pub kind: EventKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub status: EventStatus,
    /// Full name of the organiser.
    pub host_name: String,
    pub guests_allowed: bool,
    pub locked: bool,
    /// How many people are connected now.
    pub present: usize,
    /// The caller's own seat, once they took one.
    #[schema(required)]
    pub my_seat: Option<Seat>,
}
