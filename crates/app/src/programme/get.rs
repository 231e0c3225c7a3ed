//! Reading a programme.

use axum::{Json, extract::State};

use super::{Programme, view};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
};

/// An event's programme, for everyone who may know of the event.
#[utoipa::path(
    get,
    path = "/events/{id}/programme",
    tag = "programme",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Programme),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Programme>> {
    let standing = Standing::of(&state, &caller, id).await?;
    let seen = standing.event.updated_at;
    Ok(Json(view(&state.store.db, id, seen).await?))
}
