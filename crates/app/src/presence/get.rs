//! The presence report.

use axum::{Json, extract::State};

use super::report::{self, Presence};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
};

/// Who was there and for how long, for those who prepare the event. While it runs, up to now.
#[utoipa::path(
    get,
    path = "/events/{id}/presence",
    tag = "presence",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Presence),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Presence>> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    Ok(Json(
        report::of(&state.store.db, &standing.event, state.clock.now()).await?,
    ))
}
