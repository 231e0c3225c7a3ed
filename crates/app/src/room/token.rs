//! The token with which an admitted seat joins the media server.

use axum::{Json, extract::State};
use kafedra_store::room;

use super::{Place, view::Room};
use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    lesson,
    me::require_consent,
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
        (status = 403, body = Problem, description = "`consent.due`, `seat.none`, `seat.waiting`, `seat.refused`, `seat.removed`, `lesson.without_consent`, `room.backstage`"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`lesson.no_class`, `lesson.consents_missing`"),
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
    // Asked for here too: a seat taken before outlives a withdrawal.
    require_consent(&state, &caller).await?;
    lesson::gate(&state, &place.room, &place.event, &place.seat).await?;
    // Asked for every time: a restarted media server has forgotten the room and its size.
    state
        .media_server
        .open_room(&id.to_string(), super::capacity(&state, &place.room))
        .await
        .map_err(MediaError::away)?;
    if place.room.started_at.is_none() {
        start(&state, &place).await?;
    }
    // Read again: while the media server was asked, a moderator may have decided otherwise.
    let place = Place::inside(&state, &caller, id).await?;
    lesson::gate(&state, &place.room, &place.event, &place.seat).await?;
    Ok(Json(token::of_seat(
        &state.media,
        &place.room,
        &place.seat,
    )?))
}

async fn start(state: &AppState, place: &Place) -> ApiResult<()> {
    let id = place.room.id;
    let now = state.clock.now();
    let turn = state.live.turn(id).await;
    // Asked again where no consent can be withdrawn meanwhile.
    lesson::gate(state, &place.room, &place.event, &place.seat).await?;
    if room::start(&state.store.db, id, now).await? {
        let (room, event) = super::find(state, id).await?;
        turn.tell_room(&Room::of(state, &room, &event));
    }
    Ok(())
}
