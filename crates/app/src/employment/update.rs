//! Changes to a place of work: its position, its kind, its dates.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::employment;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Employment, EmploymentDraft, checked, create::second_main, shown, written};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    form::{Form, sent},
    person::Known,
    problem::{NOT_FOUND, Problem},
};

/// What to change; fields left out stay as they are. The institution never changes: end this
/// employment and add another.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EmploymentPatch {
    position_code: Option<String>,
    is_main: Option<bool>,
    #[schema(value_type = Option<chrono::NaiveDate>)]
    starts_on: Option<String>,
    /// Null to take the end back.
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<chrono::NaiveDate>)]
    ends_on: Option<Option<String>>,
}

/// Changes an employment.
#[utoipa::path(
    patch,
    path = "/employments/{id}",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    request_body = EmploymentPatch,
    responses(
        (status = 200, body = Employment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(patch): Body<EmploymentPatch>,
) -> ApiResult<Json<Employment>> {
    caller.actor()?;
    let db = &state.store.db;
    let row = employment::find(db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let by = &caller
        .allowed(|by| by.keeps_institution(row.institution_id))?
        .actor;
    let known = Known::of(&state, db, row.person_id).await?;
    known.living()?;
    let others: Vec<_> = known
        .employments
        .iter()
        .filter(|other| other.id != id)
        .map(|other| other.term())
        .collect();
    let mut form = Form::default();
    let changed: Vec<&str> = [
        ("positionCode", patch.position_code.is_some()),
        ("isMain", patch.is_main.is_some()),
        ("startsOn", patch.starts_on.is_some()),
        ("endsOn", patch.ends_on.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, sent)| sent.then_some(field))
    .collect();
    let draft = EmploymentDraft {
        institution_id: row.institution_id,
        position_code: patch
            .position_code
            .unwrap_or_else(|| row.position_code.clone()),
        is_main: patch.is_main.unwrap_or(row.is_main),
        starts_on: patch.starts_on.unwrap_or(row.from_date.to_string()),
        ends_on: patch
            .ends_on
            .unwrap_or(row.to_date.map(|date| date.to_string())),
    };
    let works = checked(db, &mut form, draft, Some(&row), &others).await?;
    form.done()?;
    let change = state.store.write().await?;
    employment::update(&change, id, written(works)?)
        .await
        .map_err(second_main)?;
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::EmploymentChanged,
        Some(row.person_id),
        changed.join(", "),
    )
    .await?;
    change.commit().await?;
    Ok(Json(shown(db, id).await?))
}
