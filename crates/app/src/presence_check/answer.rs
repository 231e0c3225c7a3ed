//! «I am here».

use axum::{extract::State, http::StatusCode};
use kafedra_store::presence_check;

use super::OVER;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{NOT_FOUND, Problem},
    room::Place,
};

/// An answer comes in time where it was pressed in time: a slow line is nobody's fault.
const GRACE: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// Answers a presence check; answering twice counts once.
#[utoipa::path(
    put,
    path = "/rooms/{id}/presence-checks/{checkId}",
    tag = "room",
    params(("id" = Uuid, Path), ("checkId" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`presence_check.over`, `room.ended`"),
    )
)]
pub async fn answer(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, check): Ids,
) -> ApiResult<StatusCode> {
    let place = Place::inside(&state, &caller, id).await?;
    let db = &state.store.db;
    let now = state.clock.now();
    let row = presence_check::find(db, id, check)
        .await?
        .ok_or(&NOT_FOUND)?;
    if now > row.until + GRACE {
        return Err(ApiError::new(&OVER));
    }
    presence_check::answer(db, check, place.seat.id, now).await?;
    state.live.turn(id).await.tell_answers(&state, id, check);
    Ok(StatusCode::NO_CONTENT)
}
