//! Who chose what.

use axum::{Json, extract::State};
use kafedra_store::ballot;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::Eye;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{FORBIDDEN, Problem},
    room::Place,
};

/// One person's answer by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedAnswer {
    /// As it was when they answered.
    pub name: String,
    pub choices: Vec<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NamedAnswers {
    /// By name.
    items: Vec<NamedAnswer>,
}

/// Answers with names: of a poll by name its moderators see them, of an open formal vote everybody
/// inside once it is closed.
#[utoipa::path(
    get,
    path = "/rooms/{id}/polls/{poll}/names",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    responses(
        (status = 200, body = NamedAnswers),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn names(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
) -> ApiResult<Json<NamedAnswers>> {
    let place = Place::of(&state, &caller, id).await?;
    place.admitted()?;
    let row = super::known(&state, &place, poll).await?;
    let eye = Eye {
        moderates: place.room.may(&place.seat).moderate,
        over: place.still_open(state.clock.now()).is_err(),
    };
    if !eye.sees_names(&row) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    Ok(Json(NamedAnswers {
        items: of(&state, poll).await?,
    }))
}

pub(super) async fn of(state: &AppState, poll: uuid::Uuid) -> ApiResult<Vec<NamedAnswer>> {
    let names = ballot::names(&state.store.db, poll).await?;
    Ok(names
        .into_iter()
        .map(|(name, choices)| NamedAnswer { name, choices })
        .collect())
}
