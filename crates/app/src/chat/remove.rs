//! Taking a message back, or down.

use axum::{extract::State, http::StatusCode};
use kafedra_store::chat;

use crate::{
    ApiResult, AppState, Caller,
    extract::Ids,
    problem::{NOT_FOUND, Problem},
    room::Place,
};

/// Removes a message: its author may, and whoever may moderate its author. Removing twice is
/// no error.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/chat/{message}",
    tag = "chat",
    params(("id" = Uuid, Path), ("message" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, message): Ids,
) -> ApiResult<StatusCode> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    let message = chat::find(db, id, message).await?.ok_or(&NOT_FOUND)?;
    if message.seat_id != place.seat.id {
        place.subordinate(&state, message.seat_id).await?;
    }
    if chat::remove(db, message.id, place.seat.id, state.clock.now()).await? {
        turn.tell_chat_removed(message.id);
    }
    Ok(StatusCode::NO_CONTENT)
}
