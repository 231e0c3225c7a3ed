//! Calling an event off.

use axum::{Json, extract::State};
use kafedra_model::EventStatus;
use kafedra_store::event;

use super::{OVER, get::changeable, view::Event};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    media::reconcile,
    problem::{NOT_FOUND, Problem},
};

/// Cancels an event; its host and administrators may. People inside are sent out. Cancelling
/// twice is no error.
#[utoipa::path(
    post,
    path = "/events/{id}/cancel",
    tag = "event",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event.over`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn cancel(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Event>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let (event, room) = changeable(&state, &caller, id).await?;
    let now = state.clock.now();
    if event.course(&room).status(now) == EventStatus::Ended {
        return Err(ApiError::new(&OVER));
    }
    let turn = state.live.turn(room.id).await;
    event::cancel(db, id, now).await?;
    turn.tell_ended();
    drop(turn);
    if room.started_at.is_some() {
        reconcile::after(&state, room.id).await?;
    }
    let (event, room) = event::with_room(db, id).await?.ok_or(&NOT_FOUND)?;
    Ok(Json(Event::whole(&state, event, &room, me).await?))
}
