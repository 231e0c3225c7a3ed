//! Silence in the room.

use std::collections::HashSet;

use axum::{extract::State, http::StatusCode};
use kafedra_model::seat::Status;
use kafedra_store::seat;
use livekit_protocol::TrackSource;

use super::Place;
use crate::{
    ApiResult, AppState, Caller, extract::Id, media::MediaError, problem::Problem,
    seat::mute::mute_tracks,
};

/// Mutes the microphones of everybody whom the caller may moderate. They may unmute again
/// unless the room forbids it.
#[utoipa::path(
    post,
    path = "/rooms/{id}/mute-all",
    tag = "room",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem, description = "`media.away`"),
    )
)]
pub async fn mute_all(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let place = Place::moderating(&state, &caller, id).await?;
    let spared: HashSet<String> = seat::of_room(&state.store.db, id, &[Status::Admitted])
        .await?
        .into_iter()
        .filter(|seat| !place.seat.role().may_moderate(seat.role()))
        .map(|seat| seat.id.to_string())
        .collect();
    let participants = state
        .media_server
        .participants(id)
        .await
        .map_err(MediaError::away)?;
    let loud = participants
        .iter()
        .filter(|participant| !spared.contains(&participant.identity));
    mute_tracks(&state, id, loud, &[TrackSource::Microphone]).await?;
    Ok(StatusCode::NO_CONTENT)
}
