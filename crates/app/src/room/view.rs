//! Rooms as clients see them.

use chrono::{DateTime, Utc};
use kafedra_model::{
    EventKind, EventStatus, Lobby,
    stage::{Mode, Phase},
};
use kafedra_store::{event, room};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AppState, seat::view::Seat};

/// A room for those inside.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    pub id: Uuid,
    pub title: String,
    pub locked: bool,
    pub lobby: Lobby,
    pub guests_allowed: bool,
    /// The most people connected at once.
    pub capacity: u32,
    /// What ordinary participants may do.
    pub allow_unmute: bool,
    pub allow_video: bool,
    pub allow_share: bool,
    pub allow_chat: bool,
    /// Moderators read questions before the others do.
    pub review_questions: bool,
    pub anonymous_questions: bool,
    pub status: EventStatus,
    #[schema(required)]
    pub started_at: Option<DateTime<Utc>>,
    pub mode: Mode,
    pub phase: Phase,
}

impl Room {
    pub fn of(state: &AppState, room: &room::Model, event: &event::Model) -> Self {
        Self {
            id: room.id,
            title: room.full_title(event),
            locked: room.locked,
            lobby: room.lobby(),
            guests_allowed: room.guests_allowed,
            capacity: super::capacity(state, room),
            allow_unmute: room.allow_unmute,
            allow_video: room.allow_video,
            allow_share: room.allow_share,
            allow_chat: room.allow_chat,
            review_questions: room.review_questions,
            anonymous_questions: room.anonymous_questions,
            status: event.course(room).status(state.clock.now()),
            started_at: room.started_at,
            mode: room.mode(),
            phase: room.course().phase(),
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
    /// A class takes part: whoever has no account gives a pupil's code in place of a name.
    pub by_pupil_code: bool,
    pub mode: Mode,
    pub phase: Phase,
    /// Whether the caller would only listen: nobody needs their camera or microphone.
    pub listens: bool,
    /// How many people are connected now.
    pub present: usize,
    /// The caller's own seat, once they took one.
    #[schema(required)]
    pub my_seat: Option<Seat>,
}
