//! Teacher-leaders: winners and laureates of contests, entered from past ones. Read by whoever may
//! read the person's card, written by those who keep the city's register.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::{Action, Actor};
use kafedra_store::{person, teacher_leader};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    form::{FUTURE, Form},
    list::List,
    person::Known,
    problem::{FORBIDDEN, NOT_FOUND, Problem},
};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(delete))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AwardKind {
    Winner,
    Laureate,
}

/// What makes somebody a teacher-leader.
#[derive(Debug, Serialize, ToSchema)]
pub struct Award {
    id: Uuid,
    /// «Педагог года — 2016».
    contest: String,
    award: AwardKind,
    since: NaiveDate,
}

impl Award {
    fn of(row: teacher_leader::Model) -> Self {
        Self {
            id: row.id,
            contest: row.contest,
            award: if row.award == "winner" {
                AwardKind::Winner
            } else {
                AwardKind::Laureate
            },
            since: row.since,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AwardDraft {
    /// Up to 200 characters.
    contest: String,
    award: AwardKind,
    since: NaiveDate,
}

/// A person's awards, the latest first.
#[utoipa::path(
    get,
    path = "/people/{id}/awards",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = List<Award>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<List<Award>>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    if !by.reads_person(id, &known.institutions()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let items: Vec<Award> = teacher_leader::of_person(db, id)
        .await?
        .into_iter()
        .map(Award::of)
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// Adds an award; those who keep the city's register may.
#[utoipa::path(
    post,
    path = "/people/{id}/awards",
    tag = "people",
    params(("id" = Uuid, Path)),
    request_body = AwardDraft,
    responses(
        (status = 201, body = Award),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<AwardDraft>,
) -> ApiResult<(StatusCode, Json<Award>)> {
    let by = caller.allowed(Actor::keeps_city_register)?.person.id;
    let mut form = Form::default();
    let contest = form.line("contest", &draft.contest, 200);
    if draft.since > state.today() {
        form.refuse("since", &FUTURE);
    }
    form.done()?;
    let award = match draft.award {
        AwardKind::Winner => "winner",
        AwardKind::Laureate => "laureate",
    };
    let change = state.store.write().await?;
    if person::find(&change, id).await?.is_none() {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let row = teacher_leader::create(&change, id, contest, award, draft.since).await?;
    let (by, whose) = (Some(by), Some(id));
    record(&state, &change, by, Action::PersonChanged, whose, "awards").await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(Award::of(row))))
}

/// Removes an award that was entered by mistake.
#[utoipa::path(
    delete,
    path = "/awards/{id}",
    tag = "people",
    params(("id" = Uuid, Path)),
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
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let by = caller.allowed(Actor::keeps_city_register)?.person.id;
    let change = state.store.write().await?;
    let row = teacher_leader::find(&change, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    teacher_leader::delete(&change, id).await?;
    let (by, whose) = (Some(by), Some(row.person_id));
    record(&state, &change, by, Action::PersonChanged, whose, "awards").await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
