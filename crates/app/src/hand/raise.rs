//! Raising one's hand.

use axum::{extract::State, http::StatusCode};
use kafedra_store::seat;

use crate::{
    ApiResult, AppState, Caller, extract::Id, problem::Problem, room::Place, seat::view::Seat,
};

/// Raises the caller's hand behind those already up. Raising twice keeps the place.
#[utoipa::path(
    put,
    path = "/rooms/{id}/hand",
    tag = "hand",
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn raise(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    let now = state.clock.now();
    if seat::raise_hand(db, &place.seat, now).await? {
        let raised = seat::Model {
            hand_raised_at: Some(now),
            ..place.seat
        };
        turn.tell_seat(&Seat::of(&place.room, &raised));
        turn.tell_hands(&state, id);
    }
    Ok(StatusCode::NO_CONTENT)
}
