//! Changing a plan.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{EventKind, EventStatus, Lobby, event::check_times};
use kafedra_store::{event, invitee, room};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OVER, Wrong, get::changeable, view::Event};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, STALE},
    problem::Problem,
    room::view::Room,
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventEdit {
    title: Option<String>,
    kind: Option<EventKind>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    timezone: Option<String>,
    lobby: Option<Lobby>,
    guests_allowed: Option<bool>,
    /// Everyone who shall be invited, in place of the present list.
    invitee_ids: Option<Vec<Uuid>>,
    /// `updatedAt` as the editor saw it; when somebody else has changed the event since, the
    /// edit is refused. Left out, it is written in any case.
    updated_at: Option<DateTime<Utc>>,
}

/// Changes an event that is not over; its host and administrators may.
#[utoipa::path(
    patch,
    path = "/events/{id}",
    tag = "event",
    params(("id" = Uuid, Path)),
    request_body = EventEdit,
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `event.over`"),
        (status = 422, body = Problem),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<EventEdit>,
) -> ApiResult<Json<Event>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let now = state.clock.now();
    let (before, room_before) = changeable(&state, &caller, id).await?;
    match before.course(&room_before).status(now) {
        EventStatus::Planned | EventStatus::Live => {}
        EventStatus::Ended | EventStatus::Cancelled => return Err(ApiError::new(&OVER)),
    }
    let mut wrong = Wrong::new();
    let title = match &edit.title {
        Some(typed) => super::title(typed, &mut wrong),
        None => before.title.clone(),
    };
    let (starts_at, ends_at) = (
        edit.starts_at.unwrap_or(before.starts_at),
        edit.ends_at.unwrap_or(before.ends_at),
    );
    if (starts_at, ends_at) != (before.starts_at, before.ends_at) {
        // A beginning that stays may lie in the past: a live meeting is prolonged so.
        let seen_from = if starts_at == before.starts_at {
            now.min(starts_at)
        } else {
            now
        };
        super::times(check_times(starts_at, ends_at, seen_from), &mut wrong);
    }
    let timezone = edit.timezone.unwrap_or_else(|| before.timezone.clone());
    super::zone(&timezone, &mut wrong);
    let invitees = match &edit.invitee_ids {
        Some(asked) => Some(super::invitees(db, asked, before.organiser_id, &mut wrong).await?),
        None => None,
    };
    ApiError::fields(wrong)?;

    let turn = state.live.turn(room_before.id).await;
    let transaction = state.store.write().await?;
    let change = event::Edit {
        title,
        kind: edit
            .kind
            .map_or_else(|| before.kind.clone(), |kind| kind.as_str().to_owned()),
        starts_at,
        ends_at,
        timezone,
    };
    let seen = edit.updated_at.unwrap_or(before.updated_at);
    if !event::update(&transaction, id, seen, change, now).await? {
        return Err(ApiError::new(&STALE));
    }
    if let Some(invitees) = invitees {
        invitee::replace(&transaction, id, &invitees).await?;
    }
    let rules = room::Rules {
        lobby: edit.lobby,
        guests_allowed: edit.guests_allowed,
        ..Default::default()
    };
    let room = room::update_rules(&transaction, room_before.id, rules).await?;
    transaction.commit().await?;
    let (event, _) = event::with_room(db, id)
        .await?
        .ok_or(&crate::problem::NOT_FOUND)?;
    turn.tell_room(&Room::of(&room, &event, now));
    drop(turn);
    Ok(Json(Event::whole(&state, event, &room, me).await?))
}
