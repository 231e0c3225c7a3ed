//! Changes to an institution.

use axum::{Json, extract::State};
use kafedra_model::{Action, Actor};
use kafedra_store::institution;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Institution, InstitutionDraft, existing};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, STALE},
    form::sent,
    problem::Problem,
    schema,
};

/// What to change; fields left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionPatch {
    name: Option<String>,
    short_name: Option<String>,
    #[schema(value_type = Option<schema::InstitutionKind>)]
    kind: Option<String>,
    /// Empty to forget it.
    address: Option<String>,
    municipal: Option<bool>,
    /// Null to make it a legal entity.
    #[serde(default, deserialize_with = "sent")]
    building_of: Option<Option<Uuid>>,
    /// The version that was read; an edit made from an older one is refused.
    version: Option<i32>,
}

/// Changes an institution.
#[utoipa::path(
    patch,
    path = "/institutions/{id}",
    tag = "institutions",
    params(("id" = uuid::Uuid, Path)),
    request_body = InstitutionPatch,
    responses(
        (status = 200, body = Institution),
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
    Body(patch): Body<InstitutionPatch>,
) -> ApiResult<Json<Institution>> {
    let by = caller.allowed(Actor::keeps_city_register)?.person.id;
    let row = existing(&state, id).await?;
    let changed: Vec<&str> = [
        ("name", patch.name.is_some()),
        ("shortName", patch.short_name.is_some()),
        ("kind", patch.kind.is_some()),
        ("address", patch.address.is_some()),
        ("municipal", patch.municipal.is_some()),
        ("buildingOf", patch.building_of.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, sent)| sent.then_some(field))
    .collect();
    let draft = InstitutionDraft {
        name: patch.name.unwrap_or(row.name),
        short_name: patch.short_name.unwrap_or(row.short_name),
        kind: patch.kind.unwrap_or(row.kind),
        address: Some(patch.address.unwrap_or(row.address)),
        municipal: patch.municipal.unwrap_or(row.municipal),
        building_of: patch.building_of.unwrap_or(row.building_of),
    };
    let change = state.store.write().await?;
    let draft = draft.checked(&change, Some(id)).await?;
    let version = patch.version.unwrap_or(row.version);
    if !institution::update(&change, id, version, draft).await? {
        return Err(ApiError::new(&STALE));
    }
    record(
        &state,
        &change,
        Some(by),
        Action::InstitutionChanged,
        Some(id),
        changed.join(", "),
    )
    .await?;
    change.commit().await?;
    Ok(Json(Institution::of(existing(&state, id).await?, None)))
}
