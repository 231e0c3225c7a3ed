//! Trying the connection before a call.

use axum::{Json, extract::State};
use uuid::Uuid;

use super::token::{self, MediaToken};
use crate::{ApiResult, AppState, extract::Address, problem::Problem};

/// Rooms of checks begin so, which no meeting's does: their webhooks concern nobody.
const ROOM_PREFIX: &str = "check-";

/// A short-lived token for a private room of one, with which the page before a call tries
/// whether media gets through.
#[utoipa::path(
    post,
    path = "/connection-check",
    tag = "media",
    responses(
        (status = 200, body = MediaToken),
        (status = 429, body = Problem, description = "`too_many`"),
        (status = 503, body = Problem, description = "`media.away`"),
    )
)]
pub async fn check(
    State(state): State<AppState>,
    Address(address): Address,
) -> ApiResult<Json<MediaToken>> {
    state
        .limits
        .connection_checks
        .take(address, state.clock.now())?;
    let room = format!("{ROOM_PREFIX}{}", Uuid::now_v7());
    state
        .media_server
        .open_room(&room, 1)
        .await
        .map_err(super::MediaError::away)?;
    Ok(Json(token::for_check(&state.media, &room)?))
}
