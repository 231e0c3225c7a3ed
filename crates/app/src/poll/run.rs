//! Opening a poll and closing it.

use axum::{Json, extract::State};
use kafedra_model::poll::State as PollState;
use kafedra_store::poll;

use super::{
    CLOSED, NOT_OPEN,
    view::{self, Eye, Poll, PollResult},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{NOT_FOUND, Problem},
    room::Place,
};

/// Opens a poll for answers; moderators only. Opening twice is no error.
#[utoipa::path(
    post,
    path = "/rooms/{id}/polls/{poll}/open",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    responses(
        (status = 200, body = Poll),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.closed`"),
        (status = 410, body = Problem, description = "`room.ended`"),
    )
)]
pub async fn open(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
) -> ApiResult<Json<Poll>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let known = super::known(&state, &place, poll).await?;
    let change = state.store.write().await?;
    let row = match poll::open(&change, poll, state.clock.now()).await? {
        Some(row) => row,
        None if known.state() == PollState::Closed => return Err(ApiError::new(&CLOSED)),
        None => known,
    };
    change.commit().await?;
    let result = PollResult::of(&state.store.db, &place.event, &row).await?;
    turn.tell_poll(&row, &result);
    let view = Poll::seen(&row, &result, Eye::MODERATOR).ok_or(&NOT_FOUND)?;
    Ok(Json(view))
}

/// Closes a poll for good: from here on everybody sees its numbers, and they stay as they are.
/// Moderators only; closing twice is no error.
#[utoipa::path(
    post,
    path = "/rooms/{id}/polls/{poll}/close",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    responses(
        (status = 200, body = Poll),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.not_open`"),
        (status = 410, body = Problem, description = "`room.ended`"),
    )
)]
pub async fn close(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
) -> ApiResult<Json<Poll>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let known = super::known(&state, &place, poll).await?;
    // Whoever is writing an answer finishes first; whoever comes after finds it closed.
    let ballots = state.live.ballots(id).await;
    let electors = view::electors(db, &place.event, &known).await?;
    let electors = electors.and_then(|electors| i64::try_from(electors).ok());
    let row = match poll::close(db, poll, electors, state.clock.now()).await? {
        Some(row) => row,
        None if known.state() == PollState::Draft => return Err(ApiError::new(&NOT_OPEN)),
        None => known,
    };
    drop(ballots);
    let result = PollResult::of(db, &place.event, &row).await?;
    turn.tell_poll(&row, &result);
    let view = Poll::seen(&row, &result, Eye::MODERATOR).ok_or(&NOT_FOUND)?;
    Ok(Json(view))
}
