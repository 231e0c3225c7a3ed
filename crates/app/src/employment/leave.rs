//! Leaves: away from work and still employed. The indicators show a variant without those who look
//! after a child.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::{Action, indicator::LeaveKind};
use kafedra_store::{
    employment::{self, Model},
    employment_leave,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BACKWARDS, date};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, Ids},
    form::Form,
    list::List,
    person::Known,
    problem::{FORBIDDEN, INVALID, NOT_FOUND, Problem},
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Leave {
    id: Uuid,
    kind: LeaveKind,
    starts_on: NaiveDate,
    /// The last day, itself included; null while nobody knows it.
    #[schema(required)]
    ends_on: Option<NaiveDate>,
}

impl Leave {
    fn of(row: &employment_leave::Model) -> Self {
        let leave = row.leave();
        Self {
            id: row.id,
            kind: leave.kind,
            starts_on: leave.from,
            ends_on: leave.to,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaveDraft {
    kind: LeaveKind,
    /// `2017-02-01`.
    #[schema(value_type = NaiveDate)]
    starts_on: String,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    ends_on: Option<String>,
}

/// The employment of this id, or 404.
async fn existing(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Model> {
    caller.person()?;
    employment::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}

/// The leaves of an employment, the latest first, for whoever may read the person's card.
#[utoipa::path(
    get,
    path = "/employments/{id}/leaves",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = List<Leave>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<List<Leave>>> {
    let row = existing(&state, &caller, id).await?;
    let db = &state.store.db;
    let known = Known::of(&state, db, row.person_id).await?;
    if !caller
        .actor()?
        .reads_person(row.person_id, &known.institutions())
    {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let rows = employment_leave::of_employment(db, id).await?;
    let items: Vec<Leave> = rows.iter().map(Leave::of).collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// Adds a leave; whoever keeps the institution may.
#[utoipa::path(
    post,
    path = "/employments/{id}/leaves",
    tag = "people",
    params(("id" = Uuid, Path)),
    request_body = LeaveDraft,
    responses(
        (status = 201, body = Leave),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`employment.backwards`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<LeaveDraft>,
) -> ApiResult<(StatusCode, Json<Leave>)> {
    let row = existing(&state, &caller, id).await?;
    let by = caller
        .allowed(|by| by.keeps_institution(row.institution_id))?
        .person
        .id;
    Known::of(&state, &state.store.db, row.person_id)
        .await?
        .living()?;
    let mut form = Form::default();
    let from = date(&mut form, "startsOn", &draft.starts_on);
    let typed_end = draft.ends_on.as_deref().map(str::trim).unwrap_or_default();
    let to = match typed_end {
        "" => None,
        typed => date(&mut form, "endsOn", typed),
    };
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.refuse("endsOn", &BACKWARDS);
    }
    form.done()?;
    let from = from.ok_or_else(|| ApiError::new(&INVALID))?;
    let change = state.store.write().await?;
    let leave = employment_leave::create(&change, id, draft.kind, from, to).await?;
    record(
        &state,
        &change,
        Some(by),
        Action::EmploymentChanged,
        Some(row.person_id),
        "leave",
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(Leave::of(&leave))))
}

/// Removes a leave that was entered by mistake.
#[utoipa::path(
    delete,
    path = "/employments/{id}/leaves/{leaveId}",
    tag = "people",
    params(("id" = Uuid, Path), ("leaveId" = Uuid, Path)),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, leave): Ids,
) -> ApiResult<StatusCode> {
    let row = existing(&state, &caller, id).await?;
    let by = caller
        .allowed(|by| by.keeps_institution(row.institution_id))?
        .person
        .id;
    let change = state.store.write().await?;
    if employment_leave::find(&change, id, leave).await?.is_none() {
        return Err(ApiError::new(&NOT_FOUND));
    }
    employment_leave::delete(&change, leave).await?;
    record(
        &state,
        &change,
        Some(by),
        Action::EmploymentChanged,
        Some(row.person_id),
        "leave",
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
