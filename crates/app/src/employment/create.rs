//! One more place of work.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::employment;

use super::{Employment, EmploymentDraft, SECOND_MAIN, checked, shown, written};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    form::Form,
    person::Known,
    problem::{FORBIDDEN, Problem},
};

/// Adds a place of work to a person.
///
/// A coordinator takes into their own institution only people who work nowhere, or there already.
#[utoipa::path(
    post,
    path = "/people/{id}/employments",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    request_body = EmploymentDraft,
    responses(
        (status = 201, body = Employment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`employment.second_main`, `employment.backwards`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<EmploymentDraft>,
) -> ApiResult<(StatusCode, Json<Employment>)> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    let reachable =
        known.institutions().is_empty() || by.keeps_person(&known.answerable(), &known.rights());
    if !by.keeps_institution(draft.institution_id) || !reachable {
        return Err(ApiError::new(&FORBIDDEN));
    }
    known.living()?;
    let others: Vec<_> = known.employments.iter().map(|row| row.term()).collect();
    let mut form = Form::default();
    let works = checked(db, &mut form, draft, None, &others).await?;
    form.done()?;
    let change = state.store.write().await?;
    let row = employment::create(&change, id, written(works)?)
        .await
        .map_err(second_main)?;
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::EmploymentAdded,
        Some(id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(shown(db, row.id).await?)))
}

/// Two requests at once: the unique index stops the second.
pub fn second_main(error: sea_orm::DbErr) -> ApiError {
    match error.sql_err() {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => {
            ApiError::field("isMain", &SECOND_MAIN)
        }
        _ => error.into(),
    }
}
