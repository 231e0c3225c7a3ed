//! What polls and votes of an event came to, for its page and its minutes.

use axum::{Json, extract::State};
use kafedra_model::poll::State as PollState;
use kafedra_store::{event, poll, room};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    names::{self, NamedAnswer},
    view::{Eye, Poll, PollResult},
};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
    room::still_open,
};

/// A poll that is over, with the names that may be shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct PollOutcome {
    pub poll: Poll,
    /// Of an open formal vote for everybody, of a poll by name for those who prepare the event; else
    /// empty.
    pub names: Vec<NamedAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PollOutcomes {
    /// In the order in which they were prepared.
    items: Vec<PollOutcome>,
}

/// Polls and votes of an event that are over, in all its rooms; whoever knows of the event may read them.
#[utoipa::path(
    get,
    path = "/events/{id}/polls",
    tag = "poll",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = PollOutcomes),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn polls(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<PollOutcomes>> {
    let standing = Standing::of(&state, &caller, id).await?;
    let items = of_event(&state, &standing.event, standing.may_prepare()).await?;
    Ok(Json(PollOutcomes { items }))
}

/// Those of an event that are over: closed, or left open at the end of the meeting.
pub(crate) async fn of_event(
    state: &AppState,
    event: &event::Model,
    moderates: bool,
) -> ApiResult<Vec<PollOutcome>> {
    let db = &state.store.db;
    let now = state.clock.now();
    let rooms = room::of_events(db, [event.id]).await?;
    let ids = rooms.iter().map(|room| room.id).collect();
    let mut outcomes = Vec::new();
    for row in poll::of_rooms(db, ids).await? {
        let over = rooms
            .iter()
            .any(|room| room.id == row.room_id && still_open(room, event, now).is_err());
        let eye = Eye { moderates, over };
        if row.state() == PollState::Draft || !eye.is_closed(&row) {
            continue;
        }
        let result = PollResult::of(db, event, &row).await?;
        let Some(poll) = Poll::seen(&row, &result, eye) else {
            continue;
        };
        let names = if eye.sees_names(&row) {
            names::of(state, row.id).await?
        } else {
            Vec::new()
        };
        outcomes.push(PollOutcome { poll, names });
    }
    Ok(outcomes)
}
