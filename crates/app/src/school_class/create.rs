//! A new class.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::school_class::LABEL_LENGTH;
use kafedra_store::{employment, school_class};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NOT_OF_SCHOOL, line, view::SchoolClass};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    problem::{FORBIDDEN, Problem},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolClassDraft {
    /// 1 to 40 characters.
    label: String,
    institution_id: Uuid,
    /// Who gives its lessons; the caller when left out.
    teacher_id: Option<Uuid>,
}

/// Makes a class: whoever works at the school makes their own, its coordinator anybody's there.
#[utoipa::path(
    post,
    path = "/school-classes",
    tag = "school-class",
    request_body = SchoolClassDraft,
    responses(
        (status = 201, body = SchoolClass),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<SchoolClassDraft>,
) -> ApiResult<(StatusCode, Json<SchoolClass>)> {
    let me = caller.person()?;
    let db = &state.store.db;
    let (school, teacher) = (
        draft.institution_id,
        draft.teacher_id.unwrap_or(me.person.id),
    );
    let works = works_at(&state, db, teacher, school).await?;
    let coordinates = me.actor.keeps_pupils(school);
    if !coordinates && (teacher != me.person.id || !works) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let label = line("label", &draft.label, LABEL_LENGTH)?;
    if !works && teacher != me.person.id {
        return Err(ApiError::field("teacherId", &NOT_OF_SCHOOL));
    }
    let class = school_class::create(db, label, school, teacher, state.clock.now()).await?;
    Ok((
        StatusCode::CREATED,
        Json(SchoolClass::one(db, class).await?),
    ))
}

/// Whether a person works at an institution today.
pub(super) async fn works_at(
    state: &AppState,
    db: &impl ConnectionTrait,
    person: Uuid,
    institution: Uuid,
) -> ApiResult<bool> {
    let today = state.today();
    Ok(employment::of_person(db, person)
        .await?
        .iter()
        .any(|job| job.institution_id == institution && job.from_date <= today && job.lasts(today)))
}
