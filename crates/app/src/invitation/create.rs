//! A new link into an institution.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use chrono::TimeDelta;
use kafedra_model::{Action, Grant, Role, Scope};
use kafedra_store::{invitation, position};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{url, view::Invitation};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Body,
    form::Form,
    institution::existing,
    problem::{FORBIDDEN, FieldCode, Problem, UNKNOWN},
    role_grant::MISFIT,
    schema, secret,
};

pub const OUT_OF_RANGE: FieldCode = FieldCode {
    code: "out_of_range",
    ru: "Слишком мало или слишком много. До 500 человек и до 90 дней.",
    en: "Too few or too many. Up to 500 people and up to 90 days.",
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationDraft {
    institution_id: Uuid,
    /// The position everyone gets; left out where they choose it themselves.
    position_code: Option<String>,
    /// A role in the institution, for those who may give it.
    #[schema(value_type = Option<schema::Role>)]
    role: Option<String>,
    /// How many people may use it, 1 to 500.
    max_uses: i32,
    /// 1 to 90.
    expires_in_days: i64,
}

/// Makes a link by which people join an institution. The link is in this answer and nowhere else.
#[utoipa::path(
    post,
    path = "/invitations",
    tag = "invitations",
    request_body = InvitationDraft,
    responses(
        (status = 201, body = Invitation),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<InvitationDraft>,
) -> ApiResult<(StatusCode, Json<Invitation>)> {
    let by = &caller
        .allowed(|by| by.keeps_institution(draft.institution_id))?
        .actor;
    let institution = existing(&state, draft.institution_id).await?;
    let db = &state.store.db;
    let mut form = Form::default();
    if let Some(code) = &draft.position_code {
        let today = state.today();
        let found = position::find(db, code).await?;
        form.choice("positionCode", found.filter(|row| row.is_in_force(today)));
    }
    if let Some(role) = &draft.role {
        let role = Role::parse(role).ok_or_else(|| ApiError::field("role", &UNKNOWN))?;
        let scope = Scope::Institution(institution.id);
        if !by.may_grant(Grant { role, scope }) {
            return Err(ApiError::new(&FORBIDDEN));
        }
        if !role.fits(scope) {
            form.refuse("role", &MISFIT);
        }
    }
    if !(1..=500).contains(&draft.max_uses) {
        form.refuse("maxUses", &OUT_OF_RANGE);
    }
    if !(1..=90).contains(&draft.expires_in_days) {
        form.refuse("expiresInDays", &OUT_OF_RANGE);
    }
    if institution.archived_at.is_some() {
        form.refuse("institutionId", &UNKNOWN);
    }
    form.done()?;

    let token = secret::token();
    let now = state.clock.now();
    let expires_at = now + TimeDelta::days(draft.expires_in_days);
    let change = state.store.write().await?;
    let row = invitation::create(
        &change,
        invitation::Draft {
            institution_id: Some(institution.id),
            position_code: draft.position_code,
            role: draft.role.clone(),
            max_uses: draft.max_uses,
            created_by: Some(by.person_id),
            ..invitation::Draft::new(invitation::Kind::Link, secret::hash(&token), expires_at)
        },
        now,
    )
    .await?;
    let details = draft.role.unwrap_or_default();
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::InvitationCreated,
        Some(institution.id),
        details,
    )
    .await?;
    change.commit().await?;
    let names = HashMap::from([(institution.id, institution.short_name)]);
    let shown = Invitation::of(row, &names, now, Some(url(&state, &token)));
    Ok((StatusCode::CREATED, Json(shown)))
}
