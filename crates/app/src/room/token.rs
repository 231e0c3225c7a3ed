//! The token with which an admitted seat joins the media server.

use axum::{Json, extract::State};
use kafedra_store::room;
use uuid::Uuid;

use super::{Place, view::Room};
use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    media::{
        MediaError,
        token::{self, MediaToken},
    },
    problem::Problem,
};

/// A media token for the caller's seat, once it is admitted; the first one makes the event live.
#[utoipa::path(
    post,
    path = "/rooms/{id}/token",
    tag = "room",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = MediaToken),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`seat.none`, `seat.waiting`, `seat.refused`, `seat.removed`"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`, `event.cancelled`"),
        (status = 503, body = Problem, description = "`media.away`"),
    )
)]
pub async fn token(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<MediaToken>> {
    let place = Place::inside(&state, &caller, id).await?;
    // Asked for every time: a restarted media server has forgotten the room and its size.
    state
        .media_server
        .open_room(&id.to_string(), place.room.capacity.unsigned_abs())
        .await
        .map_err(MediaError::away)?;
    if place.room.started_at.is_none() {
        start(&state, id).await?;
    }
    // Read again: while the media server was asked, a moderator may have decided otherwise.
    let place = Place::inside(&state, &caller, id).await?;
    Ok(Json(token::of_seat(
        &state.media,
        &place.room,
        &place.seat,
    )?))
}

async fn start(state: &AppState, id: Uuid) -> ApiResult<()> {
    let now = state.clock.now();
    let turn = state.live.turn(id).await;
    if room::start(&state.store.db, id, now).await? {
        let (room, event) = super::find(state, id).await?;
        turn.tell_room(&Room::of(&room, &event, now));
    }
    Ok(())
}
