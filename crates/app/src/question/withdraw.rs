//! Taking one's own question back.

use axum::{extract::State, http::StatusCode};
use kafedra_model::question::State as QuestionState;
use kafedra_store::question;

use super::Question;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{FORBIDDEN, NOT_FOUND, Problem},
    room::Place,
};

/// Withdraws a question for good; whoever asked it may. Withdrawing twice is no error.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/questions/{question}",
    tag = "question",
    params(("id" = Uuid, Path), ("question" = Uuid, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, question): Ids,
) -> ApiResult<StatusCode> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    let row = question::find(db, id, question).await?.ok_or(&NOT_FOUND)?;
    if row.seat_id != place.seat.id {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if let Some(row) = question::set_state(db, question, QuestionState::Withdrawn).await? {
        turn.tell_question(place.seat.id, &Question::of(row, 0));
    }
    Ok(StatusCode::NO_CONTENT)
}
