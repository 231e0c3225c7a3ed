//! Older messages, page by page.

use axum::{Json, extract::State};
use kafedra_store::chat;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Message;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Id, Params},
    problem::Problem,
    room::Place,
    stage::BACKSTAGE,
};

const DEFAULT: u64 = 100;
const MOST: u64 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Only messages below this `seq`.
    before: Option<i64>,
    /// At most so many, 1 to 200; 100 when left out.
    limit: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageList {
    /// Oldest first.
    items: Vec<Message>,
    /// All messages of the room.
    total: u64,
}

/// Messages of the room's chat, the latest ones below `before`.
#[utoipa::path(
    get,
    path = "/rooms/{id}/chat",
    tag = "chat",
    params(("id" = Uuid, Path), Page),
    responses(
        (status = 200, body = MessageList),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(page): Params<Page>,
) -> ApiResult<Json<MessageList>> {
    let place = Place::of(&state, &caller, id).await?;
    place.admitted()?;
    if !place.room.admits(&place.seat) {
        return Err(ApiError::new(&BACKSTAGE));
    }
    let db = &state.store.db;
    let limit = page.limit.unwrap_or(DEFAULT).clamp(1, MOST);
    let since = place.room.readable_since(&place.seat);
    let messages = chat::page(db, id, since, page.before, limit).await?;
    Ok(Json(MessageList {
        items: messages.into_iter().map(Message::from).collect(),
        total: chat::count(db, id).await?,
    }))
}
