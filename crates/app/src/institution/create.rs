//! A new institution.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{Action, Actor};
use kafedra_store::institution;

use super::{Institution, InstitutionDraft};
use crate::{ApiResult, AppState, Caller, access_log::record, extract::Body, problem::Problem};

/// Adds an institution to the city's register.
#[utoipa::path(
    post,
    path = "/institutions",
    tag = "institutions",
    request_body = InstitutionDraft,
    responses(
        (status = 201, body = Institution),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<InstitutionDraft>,
) -> ApiResult<(StatusCode, Json<Institution>)> {
    let by = caller.allowed(Actor::keeps_city_register)?.person.id;
    let change = state.store.write().await?;
    let draft = draft.checked(&change, None).await?;
    let row = institution::create(&change, draft, state.clock.now()).await?;
    record(
        &state,
        &change,
        Some(by),
        Action::InstitutionCreated,
        Some(row.id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(Institution::of(row, Some(0)))))
}
