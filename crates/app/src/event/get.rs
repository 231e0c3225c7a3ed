//! One event.

use axum::{Json, extract::State};
use kafedra_model::seat::Status;
use kafedra_store::{event, invitee, room, seat, seat::Occupant};
use uuid::Uuid;

use super::view::Event;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{FORBIDDEN, NOT_FOUND, Problem},
};

/// An event, for its host, the people invited, those with a seat in it, and administrators.
/// For everyone else it does not exist.
#[utoipa::path(
    get,
    path = "/events/{id}",
    tag = "event",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Event),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Event>> {
    let me = caller.person()?.person.id;
    let (event, room) = visible(&state, &caller, id).await?;
    Ok(Json(Event::whole(&state, event, &room, me).await?))
}

/// The event and its room where the caller may know of it, else 404.
async fn visible(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> ApiResult<(event::Model, room::Model)> {
    let signed_in = caller.person()?;
    let me = signed_in.person.id;
    let db = &state.store.db;
    let (event, room) = event::with_room(db, id).await?.ok_or(&NOT_FOUND)?;
    let seated = || async {
        let seat = seat::of(db, room.id, Occupant::Person(me)).await?;
        Ok::<_, ApiError>(
            seat.is_some_and(|seat| matches!(seat.status(), Status::Waiting | Status::Admitted)),
        )
    };
    let known = event.organiser_id == me
        || signed_in.actor.is_administrator()
        || invitee::is_invited(db, id, me).await?
        || seated().await?;
    if known {
        Ok((event, room))
    } else {
        Err(ApiError::new(&NOT_FOUND))
    }
}

/// The event and its room where the caller may change it: its host and administrators.
/// 403 for others who know of it, 404 for the rest.
pub(super) async fn changeable(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> ApiResult<(event::Model, room::Model)> {
    let (event, room) = visible(state, caller, id).await?;
    let signed_in = caller.person()?;
    if event.organiser_id == signed_in.person.id || signed_in.actor.is_administrator() {
        Ok((event, room))
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}
