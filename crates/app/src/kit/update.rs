//! Changing a room kit, putting it away and taking it back.

use axum::{Json, extract::State};
use kafedra_store::{kit, kit_device};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Kit, KitDraft, kept, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, STALE},
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitEdit {
    #[serde(flatten)]
    draft: KitDraft,
    /// Put away: its computer is a kit no more, and no event can invite it.
    #[serde(default)]
    archived: bool,
    /// As it was read; another one is refused.
    version: i32,
}

/// Changes a kit; its institution's coordinator and the city's register keepers may.
#[utoipa::path(
    patch,
    path = "/kits/{id}",
    tag = "kits",
    params(("id" = Uuid, Path)),
    request_body = KitEdit,
    responses(
        (status = 200, body = Kit),
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
    Body(edit): Body<KitEdit>,
) -> ApiResult<Json<Kit>> {
    let before = kept(&state, &caller, id).await?;
    let draft = edit.draft.checked()?;
    let now = state.clock.now();
    let archived_at = edit.archived.then(|| before.archived_at.unwrap_or(now));
    let change = state.store.write().await?;
    if !kit::update(&change, id, edit.version, draft, archived_at).await? {
        return Err(ApiError::new(&STALE));
    }
    if edit.archived {
        kit_device::revoke(&change, id, now).await?;
    }
    change.commit().await?;
    let row = kit::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    Ok(Json(view(&state, &caller, row).await?))
}
