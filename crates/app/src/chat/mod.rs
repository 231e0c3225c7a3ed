//! The chat of a room: stored and ordered by the server, so that nothing is lost.

use chrono::{DateTime, Utc};
use kafedra_store::chat;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::AppState;

mod list;
mod remove;
mod send;

pub const CODES: &[crate::Code] = &[send::FORBIDDEN_HERE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, send::send))
        .routes(routes!(remove::remove))
}

/// One message.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub id: Uuid,
    /// Place in the room's chat, from 1; removed messages leave holes.
    pub seq: i64,
    pub seat_id: Uuid,
    /// The author's name when it was sent.
    pub name: String,
    /// Plain text; never markup.
    pub body: String,
    pub sent_at: DateTime<Utc>,
}

impl From<chat::Model> for Message {
    fn from(message: chat::Model) -> Self {
        Self {
            id: message.id,
            seq: message.seq,
            seat_id: message.seat_id,
            name: message.name,
            body: message.body,
            sent_at: message.sent_at,
        }
    }
}
