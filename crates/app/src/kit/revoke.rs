//! Taking a kit's identity away from its computer.

use axum::{extract::State, http::StatusCode};
use kafedra_store::{kit_device, kit_pairing};

use super::kept;
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// From now on no computer is this kit, and open pairing codes no longer work. Repeating it is
/// no error.
#[utoipa::path(
    post,
    path = "/kits/{id}/revoke",
    tag = "kits",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn revoke(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let kit = kept(&state, &caller, id).await?;
    let now = state.clock.now();
    let change = state.store.write().await?;
    kit_device::revoke(&change, kit.id, now).await?;
    kit_pairing::close(&change, kit.id, now).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
