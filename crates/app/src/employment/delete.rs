//! An employment entered by mistake goes; one that ended gets an end date instead.

use axum::{extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::employment;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

/// Removes an employment that was entered by mistake.
#[utoipa::path(
    delete,
    path = "/employments/{id}",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
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
    caller.actor()?;
    let db = &state.store.db;
    let row = employment::find(db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let by = caller
        .allowed(|by| by.keeps_institution(row.institution_id))?
        .person
        .id;
    let change = state.store.write().await?;
    employment::delete(&change, id).await?;
    record(
        &state,
        &change,
        Some(by),
        Action::EmploymentRemoved,
        Some(row.person_id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
