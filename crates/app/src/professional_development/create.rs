//! One more document.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::professional_development;

use super::{Development, DevelopmentDraft, Standing, twice, view};
use crate::{
    ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    problem::Problem,
};

/// Adds a document to a person, who may do so as well as whoever keeps their card. It counts once
/// it is verified.
#[utoipa::path(
    post,
    path = "/people/{id}/documents",
    tag = "documents",
    params(("id" = Uuid, Path)),
    request_body = DevelopmentDraft,
    responses(
        (status = 201, body = Development),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`document.twice`, `document.future`, `document.hours` and others"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<DevelopmentDraft>,
) -> ApiResult<(StatusCode, Json<Development>)> {
    let standing = Standing::of(&state, &caller, id).await?;
    standing.allowed(standing.writes())?;
    let now = state.clock.now();
    let draft = draft.checked(state.day(now))?;
    let by = Some(standing.me);
    let change = state.store.write().await?;
    let row = professional_development::create(&change, id, draft, by, now)
        .await
        .map_err(twice)?;
    record(&state, &change, by, Action::DocumentAdded, Some(id), "").await?;
    change.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&state, &standing, row.id).await?),
    ))
}
