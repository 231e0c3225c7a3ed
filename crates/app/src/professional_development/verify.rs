//! Vouching for a document.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::professional_development;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Development, found, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, STALE},
    problem::Problem,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentVerification {
    /// False takes a verification back.
    verified: bool,
    /// The version that was compared with the paper; another one is refused.
    version: i32,
}

/// Says that a document was compared with its paper, or takes that back. Whoever keeps the person's
/// card may, for anybody but themselves.
#[utoipa::path(
    put,
    path = "/documents/{id}/verification",
    tag = "documents",
    params(("id" = Uuid, Path)),
    request_body = DocumentVerification,
    responses(
        (status = 200, body = Development),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
    )
)]
pub async fn verify(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(asked): Body<DocumentVerification>,
) -> ApiResult<Json<Development>> {
    let (standing, row) = found(&state, &caller, id).await?;
    standing.allowed(standing.verifies())?;
    let by = asked.verified.then(|| (standing.me, state.clock.now()));
    let change = state.store.write().await?;
    if !professional_development::verify(&change, id, asked.version, by).await? {
        return Err(ApiError::new(&STALE));
    }
    record(
        &state,
        &change,
        Some(standing.me),
        Action::DocumentVerified,
        Some(row.person_id),
        if asked.verified { "" } else { "taken back" },
    )
    .await?;
    change.commit().await?;
    Ok(Json(view(&state, &standing, id).await?))
}
