//! The end of the back stage.

use axum::{Json, extract::State};
use kafedra_store::room;

use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    problem::Problem,
    room::{Place, view::Room},
};

/// Begins the live part of a webinar: everybody who waits comes in; moderators only. Where it is
/// live already, and in a meeting, nothing changes.
#[utoipa::path(
    post,
    path = "/rooms/{id}/go-live",
    tag = "stage",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Room),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`, `event.cancelled`"),
    )
)]
pub async fn go_live(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Room>> {
    let turn = state.live.turn(id).await;
    Place::moderating(&state, &caller, id).await?;
    let began = room::go_live(&state.store.db, id, state.clock.now()).await?;
    let (room, event) = crate::room::find(&state, id).await?;
    let view = Room::of(&state, &room, &event);
    if began {
        turn.tell_room(&view);
    }
    Ok(Json(view))
}
