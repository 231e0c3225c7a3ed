//! Taking an institution out of the lists, and back.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Action, Actor};
use kafedra_store::institution;
use uuid::Uuid;

use super::{Institution, existing};
use crate::{ApiResult, AppState, Caller, access_log::record, extract::Id, problem::Problem};

/// Archives an institution: it leaves the lists, its records stay.
#[utoipa::path(
    post,
    path = "/institutions/{id}/archive",
    tag = "institutions",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Institution),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn archive(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Institution>> {
    let now = state.clock.now();
    set(&state, &caller, id, Some(now), Action::InstitutionArchived).await
}

/// Brings an archived institution back.
#[utoipa::path(
    post,
    path = "/institutions/{id}/restore",
    tag = "institutions",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Institution),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn restore(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Institution>> {
    set(&state, &caller, id, None, Action::InstitutionRestored).await
}

/// Doing it twice changes nothing and is no error.
async fn set(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    at: Option<DateTime<Utc>>,
    action: Action,
) -> ApiResult<Json<Institution>> {
    let by = caller.allowed(Actor::keeps_city_register)?.person.id;
    let row = existing(state, id).await?;
    if row.archived_at.is_some() != at.is_some() {
        let change = state.store.write().await?;
        institution::set_archived(&change, id, at).await?;
        record(state, &change, Some(by), action, Some(id), "").await?;
        change.commit().await?;
    }
    Ok(Json(Institution::of(existing(state, id).await?, None)))
}
