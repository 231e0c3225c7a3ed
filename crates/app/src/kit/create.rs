//! A new room kit.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::consent;
use kafedra_store::{guest, kit};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Kit, KitDraft, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    institution,
    problem::{FORBIDDEN, Problem},
    secret,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewKit {
    institution_id: Uuid,
    #[serde(flatten)]
    draft: KitDraft,
}

/// Registers a kit at an institution; its coordinator and the city's register keepers may.
#[utoipa::path(
    post,
    path = "/kits",
    tag = "kits",
    request_body = NewKit,
    responses(
        (status = 201, body = Kit),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(asked): Body<NewKit>,
) -> ApiResult<(StatusCode, Json<Kit>)> {
    let actor = caller.actor()?;
    if !actor.keeps_institution(asked.institution_id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let institution = institution::existing(&state, asked.institution_id).await?;
    let draft = asked.draft.checked()?;
    let now = state.clock.now();
    let change = state.store.write().await?;
    // It sits in rooms as a guest of its own, who is nobody's person.
    let guest = guest::create(&change, &draft.name, consent::current().version, now).await?;
    let row = kit::create(
        &change,
        institution.id,
        guest.id,
        hex::encode(secret::random()),
        draft,
        now,
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(view(&state, &caller, row).await?)))
}
