//! Sending one person out for good.

use axum::{Json, extract::State};
use kafedra_store::seat;

use super::{NOT_INSIDE, view::Seat};
use crate::{
    ApiResult, AppState, Caller, deck, extract::Ids, media::reconcile, problem::Problem,
    room::Place,
};

/// Removes a participant, who cannot come back; moderators only.
#[utoipa::path(
    post,
    path = "/rooms/{id}/seats/{seat}/remove",
    tag = "seat",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`seat.not_inside`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let seat = place.subordinate(&state, seat).await?;
    let hand_was_up = seat.hand_seq.is_some();
    let from = seat.status();
    let to = from.remove().map_err(|_| &NOT_INSIDE)?;
    let now = state.clock.now();
    let moved = seat::set_status(&state.store.db, seat.id, from, to, now).await?;
    let seat = moved.unwrap_or(seat);
    let view = Seat::of(&place.room, &seat);
    turn.tell_seat(&view);
    if hand_was_up {
        turn.tell_hands(&state, id);
    }
    deck::end_without_right(&state, &turn, &place.room).await?;
    drop(turn);
    reconcile::after_one(&state, &place.room, &seat).await?;
    Ok(Json(view))
}
