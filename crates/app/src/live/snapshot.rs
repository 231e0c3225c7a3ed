//! Everything a newcomer to a room's stream needs to know.

use chrono::{DateTime, Utc};
use kafedra_model::seat::Status;
use kafedra_store::{chat, presence_check, seat};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ApiResult, AppState,
    chat::Message,
    deck::Showing,
    lesson, poll,
    presence_check::{CheckCount, PresenceCheck},
    question,
    room::{Place, view::Room},
    running_order::RunningOrder,
    seat::view::Seat,
};

/// Messages that a snapshot brings; older ones are asked for page by page.
const MESSAGES: u64 = 200;

/// The room as `place`'s seat may see it. Who waits, or was turned away, learns the title and
/// whether the meeting goes on, no more; who waits for the live part, what will happen in it.
pub(super) async fn of(state: &AppState, place: &Place) -> ApiResult<Value> {
    let now = state.clock.now();
    let me = Seat::of(&place.room, &place.seat);
    if !place.room.admits(&place.seat) {
        let mut room = json!({
            "title": place.event.title,
            "status": place.event.course(&place.room).status(now),
        });
        let mut running_order = None;
        if me.status == Status::Admitted {
            room["mode"] = json!(place.room.mode());
            room["phase"] = json!(place.room.course().phase());
            running_order = Some(RunningOrder::of(&state.store.db, &place.room, now).await?);
        }
        return Ok(json!({
            "room": room,
            "runningOrder": running_order,
            "me": me,
            "seats": [],
            "hands": [],
            "chat": [],
            "check": null,
            "lesson": null,
            "showing": null,
            "questions": question::Asked::default(),
            "polls": poll::Asked::default(),
        }));
    }
    let db = &state.store.db;
    let visible: &[Status] = if me.may.moderate {
        &[Status::Admitted, Status::Waiting]
    } else {
        &[Status::Admitted]
    };
    let seats: Vec<Seat> = seat::of_room(db, place.room.id, visible)
        .await?
        .iter()
        .filter(|seat| seat.status() != Status::Waiting || state.live.waits(seat))
        .map(|seat| Seat::of(&place.room, seat))
        .collect();
    let since = place.room.readable_since(&place.seat);
    let messages: Vec<Message> = chat::page(db, place.room.id, since, None, MESSAGES)
        .await?
        .into_iter()
        .map(Message::from)
        .collect();
    Ok(json!({
        "room": Room::of(state, &place.room, &place.event),
        "me": me,
        "seats": seats,
        "hands": hands(state, place.room.id).await?,
        "chat": messages,
        "check": check(state, place, now).await?,
        "lesson": lesson::of_seat(state, &place.room, &place.seat).await?,
        "showing": Showing::of(state, place.room.id).await?,
        "runningOrder": RunningOrder::of(db, &place.room, now).await?,
        "questions": question::Asked::seen_from(db, place).await?,
        "polls": poll::Asked::seen_from(db, place).await?,
    }))
}

/// The presence check that is open, and whether this seat has answered it.
async fn check(state: &AppState, place: &Place, now: DateTime<Utc>) -> ApiResult<Value> {
    let db = &state.store.db;
    let Some(row) = presence_check::open(db, place.room.id, now).await? else {
        return Ok(Value::Null);
    };
    let count = if place.room.kept_by(&place.seat) {
        Some(CheckCount::of(db, place.room.id, row.id).await?)
    } else {
        None
    };
    Ok(json!({
        "asked": PresenceCheck::from(&row),
        "answered": presence_check::has_answered(db, row.id, place.seat.id).await?,
        "count": count,
    }))
}

/// Seats with a raised hand, first raised first.
pub(super) async fn hands(state: &AppState, room: Uuid) -> Result<Vec<Uuid>, sea_orm::DbErr> {
    Ok(seat::hands(&state.store.db, room)
        .await?
        .into_iter()
        .map(|seat| seat.id)
        .collect())
}
