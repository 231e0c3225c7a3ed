//! A one-time code that makes a computer the kit.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{kit::PAIRING_MINUTES, slip as code};
use kafedra_store::kit_pairing;
use serde::Serialize;
use utoipa::ToSchema;

use super::kept;
use crate::{ApiError, ApiResult, AppState, Caller, extract::Id, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PairingCode {
    /// As it is to be typed: `ACDEF-GH347`. Shown once, never stored.
    code: String,
    expires_at: DateTime<Utc>,
}

/// A new pairing code; the kit's earlier ones no longer work.
#[utoipa::path(
    post,
    path = "/kits/{id}/pairing-code",
    tag = "kits",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = PairingCode),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn pairing_code(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<PairingCode>> {
    let kit = kept(&state, &caller, id).await?;
    let by = caller.person()?.person.id;
    let printed = code::code(rand::random());
    let normalised = code::normalise(&printed)
        .ok_or_else(|| ApiError::internal("a new pairing code cannot be read back"))?;
    let hash = state
        .hasher
        .run(move || code::hash(&normalised))
        .await?
        .map_err(ApiError::internal)?;
    let now = state.clock.now();
    let expires_at = now + TimeDelta::minutes(PAIRING_MINUTES);
    let change = state.store.write().await?;
    kit_pairing::replace(&change, kit.id, hash, by, now, expires_at).await?;
    change.commit().await?;
    Ok(Json(PairingCode {
        code: printed,
        expires_at,
    }))
}
