//! Pausing the timer, going on, giving more time.

use axum::{Json, extract::State};
use kafedra_model::running_order::{Timer, lasts};
use kafedra_store::running_order;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{NOTHING_NOW, RunningOrder, keeping, told};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::Problem,
    programme::MINUTES,
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NowEdit {
    paused: Option<bool>,
    /// How long it may take in all.
    minutes: Option<i32>,
}

/// Changes the timer of what is now; moderators and the secretary may.
#[utoipa::path(
    patch,
    path = "/rooms/{id}/running-order",
    tag = "running order",
    params(("id" = Uuid, Path)),
    request_body = NowEdit,
    responses(
        (status = 200, body = RunningOrder),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`running_order.nothing_now`"),
        (status = 422, body = Problem),
    )
)]
pub async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<NowEdit>,
) -> ApiResult<Json<RunningOrder>> {
    let db = &state.store.db;
    let now = state.clock.now();
    let turn = state.live.turn(id).await;
    let place = keeping(&state, &caller, id).await?;
    let row = running_order::of_room(db, id).await?.ok_or(&NOTHING_NOW)?;
    let timer = match edit.paused {
        None => row.timer(),
        Some(true) => row.timer().pause(now),
        Some(false) => row.timer().resume(now),
    };
    let minutes = edit.minutes.unwrap_or(timer.minutes);
    if !lasts(minutes) {
        return Err(ApiError::field("minutes", &MINUTES));
    }
    running_order::put(db, id, row.item_id, Timer { minutes, ..timer }).await?;
    Ok(Json(told(&state, &turn, &place.room).await?))
}
