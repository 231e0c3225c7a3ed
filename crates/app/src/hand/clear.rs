//! Lowering all hands.

use axum::{extract::State, http::StatusCode};
use kafedra_store::seat;
use uuid::Uuid;

use super::lower::lower_these;
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem, room::Place};

/// Lowers every hand in the room; moderators only.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/hands",
    tag = "hand",
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn clear(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let raised: Vec<Uuid> = seat::hands(&state.store.db, id)
        .await?
        .into_iter()
        .map(|seat| seat.id)
        .collect();
    lower_these(&state, &turn, &place.room, &raised).await?;
    Ok(StatusCode::NO_CONTENT)
}
