//! Calling an event off.

use axum::{Json, extract::State};
use kafedra_model::EventStatus;
use kafedra_store::{event, room};

use super::{
    OVER,
    news::{self, News},
    scope::{Reach, others},
    standing::Standing,
    view::Event,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Id, Params},
    media::reconcile,
    problem::{NOT_FOUND, Problem},
};

/// Cancels an event, or the dates of its series that are still to come; whoever may change it
/// may. People inside are sent out. Cancelling twice is no error.
#[utoipa::path(
    post,
    path = "/events/{id}/cancel",
    tag = "event",
    params(("id" = Uuid, Path), Reach),
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event.over`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn cancel(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(reach): Params<Reach>,
) -> ApiResult<Json<Event>> {
    let db = &state.store.db;
    let mut standing = Standing::changing(&state, &caller, id).await?;
    let now = state.clock.now();
    if standing.event.course(&standing.room).status(now) == EventStatus::Ended {
        return Err(ApiError::new(&OVER));
    }
    let others = others(&state, &standing.event, reach.scope).await?;
    let transaction = state.store.write().await?;
    let mut cancelled = Vec::new();
    for one in std::iter::once(&standing.event).chain(others.iter().map(|(other, _)| other)) {
        if event::cancel(&transaction, one.id, now).await? {
            cancelled.push(one.id);
        }
    }
    news::tell(
        &state,
        &transaction,
        News::Cancelled,
        &cancelled,
        standing.me.person.id,
        &[],
    )
    .await?;
    transaction.commit().await?;
    let rooms = room::of_events(db, [id]).await?;
    for room in rooms
        .iter()
        .chain(others.iter().flat_map(|(_, rooms)| rooms))
    {
        state.live.turn(room.id).await.tell_ended();
        if room.started_at.is_some() {
            reconcile::after(&state, room.id).await?;
        }
    }
    (standing.event, standing.room) = event::with_room(db, id).await?.ok_or(&NOT_FOUND)?;
    Ok(Json(Event::whole(&state, standing).await?))
}
