//! Lists of letters.

use axum::{Json, extract::State};
use kafedra_model::letter::Fate;
use kafedra_store::letter;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Letter, are_shown};
use crate::{
    ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Id, Params},
    list::Paging,
    problem::Problem,
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct Query {
    #[param(inline)]
    fate: Option<Fate>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// One page of letters, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LetterList {
    items: Vec<Letter>,
    total: u64,
    /// Whether the caller may read what they say.
    readable: bool,
}

/// Every letter there is, for administrators.
#[utoipa::path(
    get,
    path = "/letters",
    tag = "letter",
    params(Query),
    responses(
        (status = 200, body = LetterList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn all(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<LetterList>> {
    caller.allowed(kafedra_model::Actor::is_administrator)?;
    page(&state, &caller, None, query).await
}

/// The letters of an event, for whoever may change it.
#[utoipa::path(
    get,
    path = "/events/{id}/letters",
    tag = "letter",
    params(("id" = Uuid, Path), Query),
    responses(
        (status = 200, body = LetterList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn of_event(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(query): Params<Query>,
) -> ApiResult<Json<LetterList>> {
    Standing::changing(&state, &caller, id).await?;
    page(&state, &caller, Some(id), query).await
}

async fn page(
    state: &AppState,
    caller: &Caller,
    event: Option<Uuid>,
    query: Query,
) -> ApiResult<Json<LetterList>> {
    let paging = Paging::new(query.page, query.per_page);
    let db = &state.store.db;
    let (rows, total) = letter::list(db, event, query.fate, paging.slice()).await?;
    let administrator = caller.actor()?.is_administrator();
    Ok(Json(LetterList {
        items: rows
            .into_iter()
            .map(|row| Letter::of(row, administrator))
            .collect(),
        total,
        readable: are_shown(state, caller),
    }))
}
