//! Leaving the stage: of one's own will, or because a moderator says so.

use axum::{Json, extract::State};
use kafedra_model::stage::Stage;

use super::{has_stage, put};
use crate::{
    ApiResult, AppState, Caller,
    extract::{Id, Ids},
    problem::Problem,
    room::Place,
    seat::view::Seat,
};

/// Declines the invitation on the stage, or leaves it: the caller listens again.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/stage",
    tag = "stage",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`stage.none`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn leave(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::seated(&state, &caller, id).await?;
    has_stage(&place)?;
    let seat = place.seat.clone();
    Ok(Json(put(&state, turn, &place, seat, Stage::Off).await?))
}

/// Takes somebody off the stage, or withdraws their invitation; moderators only.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/seats/{seat}/stage",
    tag = "stage",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`stage.none`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn take_off(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    has_stage(&place)?;
    let seat = place.subordinate(&state, seat).await?;
    Ok(Json(put(&state, turn, &place, seat, Stage::Off).await?))
}
