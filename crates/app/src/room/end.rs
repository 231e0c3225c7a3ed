//! The end of a meeting, for everybody.

use axum::{extract::State, http::StatusCode};
use kafedra_store::room;

use super::Place;
use crate::{ApiResult, AppState, Caller, extract::Id, media::reconcile, problem::Problem};

/// Ends the meeting for everybody and for good; moderators only.
#[utoipa::path(
    post,
    path = "/rooms/{id}/end",
    tag = "room",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn end(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    Place::moderating(&state, &caller, id).await?;
    room::end(&state.store.db, id, state.clock.now()).await?;
    turn.tell_ended();
    drop(turn);
    reconcile::after(&state, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
