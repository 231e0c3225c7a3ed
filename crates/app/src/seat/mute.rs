//! Muting what one person publishes: microphone, camera, screen.

use axum::{extract::State, http::StatusCode};
use livekit_protocol::{ParticipantInfo, TrackSource};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiResult, AppState, Caller,
    extract::{Body, Ids},
    media::MediaError,
    problem::Problem,
    room::Place,
};

/// What to silence.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MuteSource {
    Microphone,
    Camera,
    /// The picture and its sound.
    ScreenShare,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct MuteRequest {
    source: MuteSource,
}

/// Mutes a participant's microphone or stops their camera or screen; moderators only. They may
/// start again unless the room or their seat forbids it.
#[utoipa::path(
    post,
    path = "/rooms/{id}/seats/{seat}/mute",
    tag = "seat",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    request_body = MuteRequest,
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem, description = "`media.away`"),
    )
)]
pub async fn mute(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
    Body(asked): Body<MuteRequest>,
) -> ApiResult<StatusCode> {
    let place = Place::moderating(&state, &caller, id).await?;
    let seat = place.subordinate(&state, seat).await?;
    let identity = seat.id.to_string();
    let participants = state
        .media_server
        .participants(id)
        .await
        .map_err(MediaError::away)?;
    let theirs = participants
        .iter()
        .filter(|participant| participant.identity == identity);
    let sources: &[TrackSource] = match asked.source {
        MuteSource::Microphone => &[TrackSource::Microphone],
        MuteSource::Camera => &[TrackSource::Camera],
        MuteSource::ScreenShare => &[TrackSource::ScreenShare, TrackSource::ScreenShareAudio],
    };
    mute_tracks(&state, id, theirs, sources).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mutes the tracks of these sources that are not muted yet. The first failure stops it, and
/// the caller may simply repeat.
pub async fn mute_tracks<'a>(
    state: &AppState,
    room: Uuid,
    participants: impl Iterator<Item = &'a ParticipantInfo>,
    sources: &[TrackSource],
) -> ApiResult<()> {
    for participant in participants {
        let tracks = participant
            .tracks
            .iter()
            .filter(|track| !track.muted && sources.iter().any(|s| *s as i32 == track.source));
        for track in tracks {
            state
                .media_server
                .mute(room, &participant.identity, &track.sid)
                .await
                .map_err(MediaError::away)?;
        }
    }
    Ok(())
}
