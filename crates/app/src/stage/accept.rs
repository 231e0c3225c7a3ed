//! Coming on the stage.

use axum::{Json, extract::State};

use super::{NOT_INVITED, has_stage, put};
use crate::{
    ApiResult, AppState, Caller, extract::Id, problem::Problem, room::Place, seat::view::Seat,
};

/// Accepts the invitation on the stage: from now on the caller may be heard and seen.
#[utoipa::path(
    put,
    path = "/rooms/{id}/stage",
    tag = "stage",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`stage.none`, `stage.not_invited`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn accept(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::seated(&state, &caller, id).await?;
    has_stage(&place)?;
    let seat = place.seat.clone();
    let to = seat.stage().accept().map_err(|_| &NOT_INVITED)?;
    Ok(Json(put(&state, turn, &place, seat, to).await?))
}
