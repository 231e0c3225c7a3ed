//! Rooms of an event's sections, beside its main room.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::text;
use kafedra_store::{event, room, seat};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    IN_USE, TOO_MANY_ROOMS, Wrong, add_room,
    standing::Standing,
    view::{Event, EventRoom},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, Ids},
    problem::{NOT_FOUND, Problem, REQUIRED, TOO_LONG},
    seat::DECEPTIVE,
};

/// Longest name of a section, in characters.
const TITLE_LENGTH: usize = 100;
const MOST_ROOMS: usize = 30;

#[derive(Debug, Deserialize, ToSchema)]
pub struct SectionDraft {
    /// 1 to 100 characters: «Секция 1. Начальная школа».
    title: String,
}

/// Adds a room for a section; its rules are the main room's.
#[utoipa::path(
    post,
    path = "/events/{id}/rooms",
    tag = "event",
    params(("id" = Uuid, Path)),
    request_body = SectionDraft,
    responses(
        (status = 201, body = EventRoom),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<SectionDraft>,
) -> ApiResult<(StatusCode, Json<EventRoom>)> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let title = title(&draft.title)?;
    let transaction = state.store.write().await?;
    let rooms = room::of_events(&transaction, [id]).await?;
    if rooms.len() >= MOST_ROOMS {
        return Err(ApiError::field("title", &TOO_MANY_ROOMS));
    }
    let ordinal = rooms.iter().map(|room| room.ordinal).max().unwrap_or(0) + 1;
    let room = add_room(
        &transaction,
        &standing.event,
        &standing.room,
        title,
        ordinal,
    )
    .await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(EventRoom::of(&state, &room))))
}

/// Renames a section.
#[utoipa::path(
    patch,
    path = "/events/{id}/rooms/{room}",
    tag = "event",
    params(("id" = Uuid, Path), ("room" = Uuid, Path)),
    request_body = SectionDraft,
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn rename(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, room): Ids,
    Body(draft): Body<SectionDraft>,
) -> ApiResult<Json<Event>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let title = title(&draft.title)?;
    let room = section(&state, &standing.event, room).await?;
    let turn = state.live.turn(room.id).await;
    room::rename(&state.store.db, room.id, title).await?;
    if let Some((room, event)) = room::find(&state.store.db, room.id).await? {
        turn.tell_room(&crate::room::view::Room::of(&state, &room, &event));
    }
    drop(turn);
    Ok(Json(Event::whole(&state, standing).await?))
}

/// Takes a section's room away, as long as nobody was in it; its items stay in the programme.
#[utoipa::path(
    delete,
    path = "/events/{id}/rooms/{room}",
    tag = "event",
    params(("id" = Uuid, Path), ("room" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`section.in_use`"),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, room): Ids,
) -> ApiResult<StatusCode> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let room = section(&state, &standing.event, room).await?;
    let turn = state.live.turn(room.id).await;
    let transaction = state.store.write().await?;
    let entered = room.started_at.is_some() || seat::any(&transaction, room.id).await?;
    if entered {
        return Err(ApiError::new(&IN_USE));
    }
    room::delete(&transaction, room.id).await?;
    transaction.commit().await?;
    turn.tell_ended();
    Ok(StatusCode::NO_CONTENT)
}

/// A room of the event that is not its main one, or 404.
async fn section(state: &AppState, event: &event::Model, id: uuid::Uuid) -> ApiResult<room::Model> {
    room::of_events(&state.store.db, [event.id])
        .await?
        .into_iter()
        .skip(1)
        .find(|room| room.id == id)
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}

fn title(typed: &str) -> ApiResult<String> {
    let mut wrong = Wrong::new();
    let title = text::line(typed, TITLE_LENGTH).unwrap_or_else(|bad| {
        let why = match bad {
            text::BadText::Empty => &REQUIRED,
            text::BadText::TooLong => &TOO_LONG,
            text::BadText::Deceptive => &DECEPTIVE,
        };
        wrong.push(("title".to_owned(), why));
        String::new()
    });
    ApiError::fields(wrong)?;
    Ok(title)
}
