//! Sending a letter once more.

use axum::{Json, extract::State};
use kafedra_model::letter::Fate;
use kafedra_store::{letter, person};

use super::{Letter, ON_ITS_WAY, find};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

/// Queues a letter once more that was sent, refused or given up, to the address that the person has
/// now. A letter that still waits is 409.
#[utoipa::path(
    post,
    path = "/letters/{id}/again",
    tag = "letter",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Letter),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`letter.on_its_way`"),
    )
)]
pub async fn again(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Letter>> {
    let row = find(&state, &caller, id).await?;
    if matches!(row.fate(), Fate::Queued | Fate::Retrying) {
        return Err(ApiError::new(&ON_ITS_WAY));
    }
    let db = &state.store.db;
    let address = match row.person_id {
        None => row.address,
        Some(person) => person::find(db, person)
            .await?
            .and_then(|person| person.email)
            .unwrap_or(row.address),
    };
    letter::again(db, id, address, state.clock.now()).await?;
    let row = letter::find(db, id).await?.ok_or(&NOT_FOUND)?;
    Ok(Json(Letter::of(row, caller.actor()?.is_administrator())))
}
