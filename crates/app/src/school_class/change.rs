//! Renaming a class, giving it to another teacher, deleting it.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{Action, school_class::LABEL_LENGTH};
use kafedra_store::{guardian_consent, pupil, school_class};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Keeper, NOT_OF_SCHOOL, create::works_at, line, view::SchoolClass};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    file,
    lesson::Lessons,
    problem::{NOT_FOUND, Problem},
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolClassPatch {
    label: Option<String>,
    teacher_id: Option<Uuid>,
}

/// Changes a class.
#[utoipa::path(
    patch,
    path = "/school-classes/{id}",
    tag = "school-class",
    params(("id" = Uuid, Path)),
    request_body = SchoolClassPatch,
    responses(
        (status = 200, body = SchoolClass),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(patch): Body<SchoolClassPatch>,
) -> ApiResult<Json<SchoolClass>> {
    let class = Keeper::of(&state, &caller, id).await?.class;
    let db = &state.store.db;
    let label = match &patch.label {
        Some(typed) => line("label", typed, LABEL_LENGTH)?,
        None => class.label,
    };
    let teacher = patch.teacher_id.unwrap_or(class.teacher_id);
    if teacher != class.teacher_id && !works_at(&state, db, teacher, class.institution_id).await? {
        return Err(ApiError::field("teacherId", &NOT_OF_SCHOOL));
    }
    school_class::update(db, id, label, teacher).await?;
    let class = school_class::find(db, id).await?.ok_or(&NOT_FOUND)?;
    Ok(Json(SchoolClass::one(db, class).await?))
}

/// Deletes a class with its pupils' names, codes and consents, for good. Its lessons stay, without
/// a class.
#[utoipa::path(
    delete,
    path = "/school-classes/{id}",
    tag = "school-class",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let lessons = Lessons::of(&state, id).await?;
    let change = state.store.write().await?;
    let pupils: Vec<Uuid> = pupil::of_class(&change, id)
        .await?
        .iter()
        .map(|pupil| pupil.id)
        .collect();
    let scans = guardian_consent::scans(&change, &pupils).await?;
    pupil::delete(&change, &pupils).await?;
    school_class::delete(&change, id).await?;
    let details = format!("{}: {}", keeper.class.label, pupils.len());
    keeper
        .note(&state, &change, Action::PupilsErased, details)
        .await?;
    change.commit().await?;
    lessons.tell(&state, id, None).await?;
    for scan in scans {
        file::forget(&state, &scan).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
