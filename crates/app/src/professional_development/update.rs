//! Correcting a document.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::professional_development;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Development, DevelopmentDraft, found, twice, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, STALE},
    problem::Problem,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DevelopmentEdit {
    #[serde(flatten)]
    draft: DevelopmentDraft,
    /// As it was read; another one is refused.
    version: i32,
}

/// Writes a document anew. It has to be verified again.
#[utoipa::path(
    put,
    path = "/documents/{id}",
    tag = "documents",
    params(("id" = Uuid, Path)),
    request_body = DevelopmentEdit,
    responses(
        (status = 200, body = Development),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<DevelopmentEdit>,
) -> ApiResult<Json<Development>> {
    let (standing, row) = found(&state, &caller, id).await?;
    standing.allowed(standing.writes())?;
    let draft = edit.draft.checked(state.today())?;
    let change = state.store.write().await?;
    let written = professional_development::update(&change, id, edit.version, draft)
        .await
        .map_err(twice)?;
    if !written {
        return Err(ApiError::new(&STALE));
    }
    let (by, whose) = (Some(standing.me), Some(row.person_id));
    record(&state, &change, by, Action::DocumentChanged, whose, "").await?;
    change.commit().await?;
    Ok(Json(view(&state, &standing, id).await?))
}
