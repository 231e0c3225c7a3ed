//! Saying who a guest was.

use axum::{Json, extract::State};
use kafedra_store::{attendance, person, presence_match, room, seat};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    NOT_A_GUEST,
    report::{self, Presence},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Ids},
    problem::{NOT_FOUND, Problem, UNKNOWN},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    person_id: Uuid,
}

/// Matches a guest's seat to a person: their time counts as one. Another match is replaced.
#[utoipa::path(
    post,
    path = "/events/{id}/presence/guests/{seatId}/match",
    tag = "presence",
    params(("id" = Uuid, Path), ("seatId" = Uuid, Path)),
    request_body = Match,
    responses(
        (status = 200, body = Presence),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`presence.not_a_guest`"),
        (status = 422, body = Problem),
    )
)]
pub async fn set(
    State(state): State<AppState>,
    caller: Caller,
    Ids(event, id): Ids,
    Body(asked): Body<Match>,
) -> ApiResult<Json<Presence>> {
    let standing = Standing::preparing(&state, &caller, event).await?;
    let db = &state.store.db;
    let seat = guests_seat(&state, event, id).await?;
    if person::find(db, asked.person_id).await?.is_none() {
        return Err(ApiError::field("personId", &UNKNOWN));
    }
    let now = state.clock.now();
    presence_match::set(db, seat, asked.person_id, standing.me.person.id, now).await?;
    Ok(Json(report::of(db, &standing.event, now).await?))
}

/// Takes a match back. Repeating it is no error.
#[utoipa::path(
    delete,
    path = "/events/{id}/presence/guests/{seatId}/match",
    tag = "presence",
    params(("id" = Uuid, Path), ("seatId" = Uuid, Path)),
    responses(
        (status = 200, body = Presence),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn clear(
    State(state): State<AppState>,
    caller: Caller,
    Ids(event, id): Ids,
) -> ApiResult<Json<Presence>> {
    let standing = Standing::preparing(&state, &caller, event).await?;
    let db = &state.store.db;
    let seat = guests_seat(&state, event, id).await?;
    presence_match::clear(db, seat).await?;
    attendance::forget(db, event).await?;
    Ok(Json(
        report::of(db, &standing.event, state.clock.now()).await?,
    ))
}

/// The seat, where it is one of the event's and a guest's.
async fn guests_seat(state: &AppState, event: Uuid, id: Uuid) -> ApiResult<Uuid> {
    let db = &state.store.db;
    for room in room::of_events(db, [event]).await? {
        if let Some(seat) = seat::find(db, room.id, id).await? {
            if seat.guest_id.is_some() && seat.kit_id.is_none() {
                return Ok(seat.id);
            }
            return Err(ApiError::new(&NOT_A_GUEST));
        }
    }
    Err(ApiError::new(&NOT_FOUND))
}
