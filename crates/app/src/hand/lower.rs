//! Lowering one hand: one's own, or another's by a moderator.

use axum::{extract::State, http::StatusCode};
use kafedra_store::{room, seat};
use uuid::Uuid;

use crate::{
    ApiResult, AppState, Caller,
    extract::{Id, Ids},
    live::Turn,
    problem::Problem,
    room::Place,
    seat::view::Seat,
};

/// Lowers the caller's hand; where it is down already, nothing changes.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/hand",
    tag = "hand",
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn lower(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    lower_these(&state, &turn, &place.room, &[place.seat.id]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lowers the hand of somebody whom the caller may moderate.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/seats/{seat}/hand",
    tag = "hand",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn lower_of(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    if seat != place.seat.id {
        place.subordinate(&state, seat).await?;
    }
    lower_these(&state, &turn, &place.room, &[seat]).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn lower_these(
    state: &AppState,
    turn: &Turn,
    room: &room::Model,
    seats: &[Uuid],
) -> ApiResult<()> {
    let lowered = seat::lower_hands(&state.store.db, seats).await?;
    for seat in &lowered {
        turn.tell_seat(&Seat::of(room, seat));
    }
    if !lowered.is_empty() {
        turn.tell_hands(state, room.id);
    }
    Ok(())
}
