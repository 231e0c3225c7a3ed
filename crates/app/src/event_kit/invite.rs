//! Inviting a room kit.

use axum::{extract::State, http::StatusCode};
use kafedra_store::event_kit;

use super::movable;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{NOT_FOUND, Problem},
};

/// Invites a kit: the event shows on its screen, and it comes in without waiting. Whoever changes
/// the event may, and the coordinator of the kit's institution. Repeating it is no error.
#[utoipa::path(
    put,
    path = "/events/{id}/kits/{kitId}",
    tag = "kits",
    params(("id" = Uuid, Path), ("kitId" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn invite(
    State(state): State<AppState>,
    caller: Caller,
    Ids(event, kit): Ids,
) -> ApiResult<StatusCode> {
    let kit = movable(&state, &caller, event, kit).await?;
    if kit.archived_at.is_some() {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let code = hex::encode(rand::random::<[u8; 8]>());
    event_kit::invite(&state.store.db, event, kit.id, code).await?;
    Ok(StatusCode::NO_CONTENT)
}
