//! Giving a role.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{Action, Grant, Role, Scope};
use kafedra_store::{institution, role_grant};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    form::or_taken,
    me::{GrantView, grant_view},
    person::Known,
    problem::{FieldCode, Problem, UNKNOWN},
    schema,
};

pub const MISFIT: FieldCode = FieldCode {
    code: "grant.scope_misfit",
    ru: "Эта роль даётся не здесь: директор и координатор — в учреждении, остальные — по всему городу.",
    en: "This role is not given there: director and coordinator belong to an institution, the others to the city.",
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantDraft {
    #[schema(value_type = schema::Role)]
    role: String,
    #[schema(value_type = schema::ScopeKind)]
    scope_kind: String,
    /// Id of the institution or association; left out for the city.
    scope_id: Option<Uuid>,
}

/// Gives a person a role within a scope. Giving it twice changes nothing.
#[utoipa::path(
    post,
    path = "/people/{id}/grants",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    request_body = GrantDraft,
    responses(
        (status = 201, body = GrantView),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`grant.scope_misfit`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<GrantDraft>,
) -> ApiResult<(StatusCode, Json<GrantView>)> {
    // Those who may give no role at all learn nothing about the fields.
    caller.allowed(|by| by.keeps_city_register())?;
    let role = Role::parse(&draft.role).ok_or_else(|| ApiError::field("role", &UNKNOWN))?;
    let scope = Scope::from_parts(&draft.scope_kind, draft.scope_id)
        .ok_or_else(|| ApiError::field("scopeKind", &UNKNOWN))?;
    let grant = Grant { role, scope };
    let by = &caller.allowed(|by| by.may_grant(grant))?.actor;
    if !role.fits(scope) {
        return Err(ApiError::field("scopeKind", &MISFIT));
    }
    let db = &state.store.db;
    let exists = match scope {
        Scope::City => true,
        Scope::Institution(id) => institution::find(db, id).await?.is_some(),
        // Who leads an association is said in the association itself; roles in an event in the event.
        Scope::Association(_) | Scope::Event(_) => false,
    };
    if !exists {
        return Err(ApiError::field("scopeId", &UNKNOWN));
    }
    let known = Known::of(&state, db, id).await?;
    known.living()?;
    if let Some(held) = known.grants.iter().find(|row| row.grant() == Some(grant)) {
        return Ok((StatusCode::CREATED, Json(grant_view(db, held).await?)));
    }
    let change = state.store.write().await?;
    let row = role_grant::create(&change, id, grant, Some(by.person_id), state.clock.now())
        .await
        .map_err(or_taken("role"))?;
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::GrantGiven,
        Some(id),
        role.as_str(),
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(grant_view(db, &row).await?)))
}
