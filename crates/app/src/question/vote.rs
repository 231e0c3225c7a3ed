//! «I want to know this too», and taking it back.

use axum::{extract::State, http::StatusCode};
use kafedra_store::question;
use uuid::Uuid;

use super::{CLOSED, OWN};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    problem::{NOT_FOUND, Problem},
    room::Place,
};

/// Votes for another's question; voting twice counts once.
#[utoipa::path(
    put,
    path = "/rooms/{id}/questions/{question}/vote",
    tag = "question",
    params(("id" = Uuid, Path), ("question" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem, description = "`question.own`, `kit.no_voice`, …"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`question.closed`"),
    )
)]
pub async fn vote(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, question): Ids,
) -> ApiResult<StatusCode> {
    let place = voting(&state, &caller, id, question).await?;
    let ballots = state.live.ballots(id).await;
    question::vote(&state.store.db, question, place.seat.id).await?;
    drop(ballots);
    let turn = state.live.turn(id).await;
    turn.tell_question_votes(&state, id, question);
    Ok(StatusCode::NO_CONTENT)
}

/// Takes one's vote back; where there is none, nothing changes.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/questions/{question}/vote",
    tag = "question",
    params(("id" = Uuid, Path), ("question" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`question.closed`"),
    )
)]
pub async fn unvote(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, question): Ids,
) -> ApiResult<StatusCode> {
    let place = voting(&state, &caller, id, question).await?;
    let ballots = state.live.ballots(id).await;
    question::unvote(&state.store.db, question, place.seat.id).await?;
    drop(ballots);
    let turn = state.live.turn(id).await;
    turn.tell_question_votes(&state, id, question);
    Ok(StatusCode::NO_CONTENT)
}

/// The place of somebody who may vote for this question.
async fn voting(state: &AppState, caller: &Caller, room: Uuid, question: Uuid) -> ApiResult<Place> {
    let place = Place::inside(state, caller, room).await?;
    place.own_voice()?;
    let row = question::find(&state.store.db, room, question)
        .await?
        .ok_or(&NOT_FOUND)?;
    let moderates = place.room.may(&place.seat).moderate;
    let own = row.seat_id == place.seat.id;
    if !row.state().seen_by(moderates, own) {
        return Err(ApiError::new(&NOT_FOUND));
    }
    if own {
        return Err(ApiError::new(&OWN));
    }
    if !row.state().takes_votes() {
        return Err(ApiError::new(&CLOSED));
    }
    Ok(place)
}
