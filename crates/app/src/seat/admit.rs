//! Letting one person in from the lobby.

use axum::{Json, extract::State};
use kafedra_store::seat;

use super::{NOT_WAITING, view::Seat};
use crate::{ApiResult, AppState, Caller, extract::Ids, problem::Problem, room::Place};

/// Admits somebody who waits; moderators only. Admitting twice is no error.
#[utoipa::path(
    post,
    path = "/rooms/{id}/seats/{seat}/admit",
    tag = "seat",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`seat.not_waiting`"),
    )
)]
pub async fn admit(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let seat = place.subordinate(&state, seat).await?;
    let from = seat.status();
    let to = from.admit().map_err(|_| &NOT_WAITING)?;
    let now = state.clock.now();
    let moved = seat::set_status(&state.store.db, seat.id, from, to, now).await?;
    let view = Seat::of(&place.room, &moved.unwrap_or(seat));
    turn.tell_seat(&view);
    Ok(Json(view))
}
