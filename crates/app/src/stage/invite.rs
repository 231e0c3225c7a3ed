//! Asking somebody on the stage.

use axum::{Json, extract::State};
use kafedra_model::seat::Status;

use super::{has_stage, put};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::Problem,
    room::Place,
    seat::{NOT_INSIDE, view::Seat},
};

/// Invites a listener on the stage; moderators only. Inviting twice is no error.
#[utoipa::path(
    put,
    path = "/rooms/{id}/seats/{seat}/stage",
    tag = "stage",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`stage.none`, `seat.not_inside`"),
    )
)]
pub async fn invite(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    has_stage(&place)?;
    let seat = place.subordinate(&state, seat).await?;
    if seat.status() != Status::Admitted {
        return Err(ApiError::new(&NOT_INSIDE));
    }
    let to = seat.stage().invite();
    Ok(Json(put(&state, turn, &place, seat, to).await?))
}
