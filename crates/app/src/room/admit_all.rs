//! Letting in everybody who waits.

use axum::{extract::State, http::StatusCode};

use super::{Place, edit};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// Admits everybody who waits in the lobby; moderators only. Whoever left it goes on waiting.
#[utoipa::path(
    post,
    path = "/rooms/{id}/lobby/admit-all",
    tag = "room",
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn admit_all(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    edit::admit(&state, &turn, &place.room, |seat| state.live.waits(seat)).await?;
    Ok(StatusCode::NO_CONTENT)
}
