//! Taking a room kit out of an event.

use axum::{extract::State, http::StatusCode};
use kafedra_store::event_kit;

use super::movable;
use crate::{ApiResult, AppState, Caller, extract::Ids, problem::Problem};

/// Withdraws a kit's invitation. Who was counted before it stays counted. Repeating it is no error.
#[utoipa::path(
    delete,
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
pub async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Ids(event, kit): Ids,
) -> ApiResult<StatusCode> {
    let kit = movable(&state, &caller, event, kit).await?;
    event_kit::withdraw(&state.store.db, event, kit.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
