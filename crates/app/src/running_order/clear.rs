//! Stopping the timer for good.

use axum::{Json, extract::State};
use kafedra_store::running_order;

use super::{RunningOrder, keeping, told};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// Nothing is now any more; moderators and the secretary may. Twice is no error.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/running-order",
    tag = "running order",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = RunningOrder),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn clear(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<RunningOrder>> {
    let turn = state.live.turn(id).await;
    let place = keeping(&state, &caller, id).await?;
    running_order::clear(&state.store.db, id).await?;
    Ok(Json(told(&state, &turn, &place.room).await?))
}
