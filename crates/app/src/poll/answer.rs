//! Answering a poll, and voting.

use axum::{extract::State, http::StatusCode};
use kafedra_model::poll::{Ballot, Electorate, State as PollState};
use kafedra_store::{association_member, ballot, poll};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ANSWERED, CLOSED, NO_ELECTOR, NOT_OPEN};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    attendance::local_day,
    extract::{Body, Ids},
    problem::{NOT_FOUND, Problem, UNKNOWN},
    room::Place,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct PollAnswer {
    /// The places of the chosen options, from 0.
    choices: Vec<usize>,
}

/// Answers a poll, or votes. By name another answer takes the place of the first while the poll is
/// open; without a name the first stays, since nobody knows which it was.
#[utoipa::path(
    put,
    path = "/rooms/{id}/polls/{poll}/answer",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    request_body = PollAnswer,
    responses(
        (status = 204),
        (status = 403, body = Problem, description = "`poll.no_elector`, `kit.no_voice`, …"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.not_open`, `poll.closed`, `poll.answered`"),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
    )
)]
pub async fn answer(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
    Body(answer): Body<PollAnswer>,
) -> ApiResult<StatusCode> {
    let place = Place::inside(&state, &caller, id).await?;
    place.own_voice()?;
    let row = super::known(&state, &place, poll).await?;
    takes_answers(&row)?;
    if !may_vote(&state, &place, &row).await? {
        return Err(ApiError::new(&NO_ELECTOR));
    }
    let form = Ballot {
        options: row.options().len(),
        most: row.most(),
    };
    let choices = form
        .read(&answer.choices)
        .ok_or_else(|| ApiError::field("choices", &UNKNOWN))?;

    let ballots = state.live.ballots(id).await;
    let change = state.store.write().await?;
    let row = poll::find(&change, id, poll).await?.ok_or(&NOT_FOUND)?;
    takes_answers(&row)?;
    if row.named {
        ballot::named(&change, poll, &place.seat, &choices).await?;
    } else if !ballot::secret(&change, poll, &place.seat, &choices).await? {
        return Err(ApiError::new(&ANSWERED));
    }
    change.commit().await?;
    drop(ballots);
    let turn = state.live.turn(id).await;
    turn.tell_poll_result(&state, id, poll);
    Ok(StatusCode::NO_CONTENT)
}

fn takes_answers(row: &poll::Model) -> ApiResult<()> {
    match row.state() {
        PollState::Draft => Err(ApiError::new(&NOT_OPEN)),
        PollState::Open => Ok(()),
        PollState::Closed => Err(ApiError::new(&CLOSED)),
    }
}

/// Polls are for everybody inside; a formal vote is for those whom it names.
async fn may_vote(state: &AppState, place: &Place, row: &poll::Model) -> ApiResult<bool> {
    let Some(electorate) = row.electorate() else {
        return Ok(true);
    };
    let Some(person) = place.seat.person_id else {
        return Ok(false);
    };
    Ok(match (electorate, place.event.association_id) {
        (Electorate::Admitted, _) => true,
        (Electorate::Members, None) => false,
        (Electorate::Members, Some(association)) => {
            let day = local_day(&place.event, place.event.starts_at);
            association_member::is_member(&state.store.db, association, person, day).await?
        }
    })
}
