//! A new association.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{Action, Actor};
use kafedra_store::association;

use super::{Association, AssociationDraft, leaders};
use crate::{ApiResult, AppState, Caller, access_log::record, extract::Body, problem::Problem};

/// Makes an association and names who leads it.
#[utoipa::path(
    post,
    path = "/associations",
    tag = "association",
    request_body = AssociationDraft,
    responses(
        (status = 201, body = Association),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<AssociationDraft>,
) -> ApiResult<(StatusCode, Json<Association>)> {
    let by = caller.allowed(Actor::keeps_city_register)?;
    let db = &state.store.db;
    let draft = draft.over(db, association::Draft::default()).await?;
    let change = state.store.write().await?;
    let row = association::create(&change, draft, state.clock.now()).await?;
    record(
        &state,
        &change,
        Some(by.person.id),
        Action::AssociationCreated,
        Some(row.id),
        "",
    )
    .await?;
    change.commit().await?;
    let people = leaders(db, std::slice::from_ref(&row)).await?;
    let view = Association::of(row, &people, [0, 0], &by.actor);
    Ok((StatusCode::CREATED, Json(view)))
}
