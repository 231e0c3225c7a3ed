//! Changes to an association.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Action, Actor};
use kafedra_store::association;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    AssociationDraft, draft_of, existing,
    get::{AssociationPage, page},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, STALE},
    problem::Problem,
};

/// What to change; fields left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssociationPatch {
    #[serde(flatten)]
    draft: AssociationDraft,
    /// Takes the association out of use, or back into it.
    archived: Option<bool>,
    /// `updatedAt` as it was read; an edit made from an older state is refused.
    updated_at: Option<DateTime<Utc>>,
}

/// Changes an association: its name, who leads it, whether it is at work.
#[utoipa::path(
    patch,
    path = "/associations/{id}",
    tag = "association",
    params(("id" = Uuid, Path)),
    request_body = AssociationPatch,
    responses(
        (status = 200, body = AssociationPage),
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
    Body(patch): Body<AssociationPatch>,
) -> ApiResult<Json<AssociationPage>> {
    let by = caller.allowed(Actor::keeps_city_register)?;
    let before = existing(&state, id).await?;
    let now = state.clock.now();
    let draft = patch.draft.over(&state.store.db, draft_of(&before)).await?;
    let archived_at = match patch.archived {
        None => before.archived_at,
        Some(true) => before.archived_at.or(Some(now)),
        Some(false) => None,
    };
    let seen = patch.updated_at.unwrap_or(before.updated_at);
    let change = state.store.write().await?;
    let row = association::update(&change, id, seen, draft, archived_at, now)
        .await?
        .ok_or_else(|| ApiError::new(&STALE))?;
    record(
        &state,
        &change,
        Some(by.person.id),
        Action::AssociationChanged,
        Some(id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok(Json(page(&state, row, &by.actor).await?))
}
