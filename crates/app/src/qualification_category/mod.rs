//! Qualification categories. Read by whoever may read the person's card, written by whoever keeps it.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::{
    Action,
    qualification_category::{QualificationCategory, Term},
};
use kafedra_store::qualification_category::{self as store, Model};
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
    problem::{FORBIDDEN, FieldCode, NOT_FOUND, Problem},
};

pub const BACKWARDS: FieldCode = FieldCode {
    code: "category.backwards",
    ru: "Категория заканчивается раньше, чем начинается. Проверьте даты.",
    en: "The category ends before it starts. Check the dates.",
};

pub const FIELD_CODES: &[FieldCode] = &[BACKWARDS];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(delete))
}

/// A category and the days that it holds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeldCategory {
    id: Uuid,
    category: QualificationCategory,
    from: NaiveDate,
    /// The last day; null where it has no term.
    #[schema(required)]
    until: Option<NaiveDate>,
    /// It holds today.
    holds: bool,
}

/// `None` for a category of a newer version.
fn view(row: &Model, today: NaiveDate) -> Option<HeldCategory> {
    Some(HeldCategory {
        id: row.id,
        category: QualificationCategory::parse(&row.category)?,
        from: row.from_date,
        until: row.until_date,
        holds: row.term().holds_on(today),
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CategoryDraft {
    category: QualificationCategory,
    from: NaiveDate,
    #[serde(default)]
    until: Option<NaiveDate>,
}

/// A person's categories, the latest first.
#[utoipa::path(
    get,
    path = "/people/{id}/categories",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = List<HeldCategory>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<List<HeldCategory>>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    if !by.reads_person(id, &known.institutions()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let today = state.today();
    let rows = store::of_person(db, id).await?;
    let items: Vec<HeldCategory> = rows.iter().filter_map(|row| view(row, today)).collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// Adds a category that was given; whoever keeps the person's card may.
#[utoipa::path(
    post,
    path = "/people/{id}/categories",
    tag = "people",
    params(("id" = Uuid, Path)),
    request_body = CategoryDraft,
    responses(
        (status = 201, body = HeldCategory),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`category.backwards`, `date.future`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<CategoryDraft>,
) -> ApiResult<(StatusCode, Json<HeldCategory>)> {
    let by = keeper(&state, &caller, id).await?;
    let today = state.today();
    let mut form = Form::default();
    if draft.from > today {
        form.refuse("from", &FUTURE);
    }
    if draft.until.is_some_and(|until| until < draft.from) {
        form.refuse("until", &BACKWARDS);
    }
    form.done()?;
    let term = Term {
        from: draft.from,
        until: draft.until,
    };
    let change = state.store.write().await?;
    let row = store::create(&change, id, draft.category, term).await?;
    changed(&state, &change, by, id).await?;
    change.commit().await?;
    let held = HeldCategory {
        id: row.id,
        category: draft.category,
        from: term.from,
        until: term.until,
        holds: term.holds_on(today),
    };
    Ok((StatusCode::CREATED, Json(held)))
}

/// Removes a category that was entered by mistake.
#[utoipa::path(
    delete,
    path = "/categories/{id}",
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
    caller.person()?;
    let found = store::find(&state.store.db, id).await?;
    let person = found.ok_or_else(|| ApiError::new(&NOT_FOUND))?.person_id;
    let by = keeper(&state, &caller, person).await?;
    let change = state.store.write().await?;
    store::delete(&change, id).await?;
    changed(&state, &change, by, person).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who asks, where they keep this person's card.
async fn keeper(state: &AppState, caller: &Caller, person: Uuid) -> ApiResult<Uuid> {
    let by = caller.actor()?;
    let known = Known::of(state, &state.store.db, person).await?;
    if !by.keeps_person(&known.answerable(), &known.rights()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    known.living()?;
    Ok(by.person_id)
}

async fn changed(
    state: &AppState,
    change: &sea_orm::DatabaseTransaction,
    by: Uuid,
    person: Uuid,
) -> ApiResult<()> {
    let (by, whose) = (Some(by), Some(person));
    record(
        state,
        change,
        by,
        Action::PersonChanged,
        whose,
        "categories",
    )
    .await
}
