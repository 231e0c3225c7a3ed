//! Writing to everybody in the room.

use axum::{Json, extract::State};
use kafedra_model::text::{self, BadText};
use kafedra_store::chat;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Message;
use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    extract::{Body, Id},
    problem::{Problem, REQUIRED, TOO_LONG, Words},
    room::Place,
};

pub const FORBIDDEN_HERE: Code = Code {
    code: "chat.forbidden",
    status: 403,
    ru: Words {
        title: "Ведущий отключил для вас чат",
        detail: "Поднимите руку, если хотите что-то сказать.",
    },
    en: Words {
        title: "The host has turned the chat off for you",
        detail: "Raise your hand if you want to say something.",
    },
};

/// Longest idempotency key, in characters.
const KEY_LENGTH: usize = 64;

#[derive(Debug, Deserialize, ToSchema)]
pub struct MessageDraft {
    /// 1 to 4000 characters of plain text.
    body: String,
    /// The client's own name for this message, 1 to 64 characters: sending it again under the
    /// same key stores nothing new.
    key: String,
}

/// Sends a message to everybody in the room.
#[utoipa::path(
    post,
    path = "/rooms/{id}/chat",
    tag = "chat",
    params(("id" = Uuid, Path)),
    request_body = MessageDraft,
    responses(
        (status = 200, body = Message),
        (status = 403, body = Problem, description = "`chat.forbidden`, `seat.waiting`, …"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn send(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<MessageDraft>,
) -> ApiResult<Json<Message>> {
    let body = text::message(&draft.body).map_err(|bad| {
        let why = match bad {
            BadText::TooLong => &TOO_LONG,
            BadText::Empty | BadText::Deceptive => &REQUIRED,
        };
        ApiError::field("body", why)
    })?;
    let key = text::line(&draft.key, KEY_LENGTH).map_err(|bad| {
        let why = match bad {
            BadText::TooLong => &TOO_LONG,
            BadText::Empty | BadText::Deceptive => &REQUIRED,
        };
        ApiError::field("key", why)
    })?;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    if !place.room.may(&place.seat).chat {
        return Err(ApiError::new(&FORBIDDEN_HERE));
    }
    let now = state.clock.now();
    state.limits.messages.take(place.seat.id, now)?;
    let sent = chat::send(&state.store.db, &place.seat, body, key, now).await?;
    let message = Message::from(sent.message);
    if sent.is_new {
        turn.tell_chat(&message);
    }
    Ok(Json(message))
}
