//! Asking everybody whether they are there.

use axum::{Json, extract::State, http::StatusCode};
use chrono::TimeDelta;
use kafedra_model::presence::CHECK_SECONDS;
use kafedra_store::presence_check;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PresenceCheck, RUNNING, SECONDS};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::Problem,
    room::Place,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct CheckDraft {
    /// Time to answer, from 15 to 600.
    seconds: i64,
}

/// Starts a presence check; moderators may, one at a time. Everybody inside hears
/// `presence_check` on the live stream, moderators `presence_count` after it.
#[utoipa::path(
    post,
    path = "/rooms/{id}/presence-checks",
    tag = "room",
    params(("id" = Uuid, Path)),
    request_body = CheckDraft,
    responses(
        (status = 201, body = PresenceCheck),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`presence_check.running`"),
        (status = 410, body = Problem, description = "`room.ended`, `event.cancelled`"),
        (status = 422, body = Problem),
    )
)]
pub async fn ask(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<CheckDraft>,
) -> ApiResult<(StatusCode, Json<PresenceCheck>)> {
    let place = Place::moderating(&state, &caller, id).await?;
    if !CHECK_SECONDS.contains(&draft.seconds) {
        return Err(ApiError::field("seconds", &SECONDS));
    }
    let now = state.clock.now();
    let turn = state.live.turn(id).await;
    let change = state.store.write().await?;
    if presence_check::open(&change, id, now).await?.is_some() {
        return Err(ApiError::new(&RUNNING));
    }
    let until = now + TimeDelta::seconds(draft.seconds);
    let row = presence_check::ask(&change, id, place.seat.id, now, until).await?;
    // Whoever asks is there.
    presence_check::answer(&change, row.id, place.seat.id, now).await?;
    change.commit().await?;
    let check = PresenceCheck::from(&row);
    turn.tell_check(&check);
    turn.tell_answers(&state, id, row.id);
    Ok((StatusCode::CREATED, Json(check)))
}
