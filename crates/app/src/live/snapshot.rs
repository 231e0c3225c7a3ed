//! Everything a newcomer to a room's stream needs to know.

use kafedra_model::seat::Status;
use kafedra_store::{chat, seat};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ApiResult, AppState,
    chat::Message,
    room::{Place, view::Room},
    seat::view::Seat,
};

/// Messages that a snapshot brings; older ones are asked for page by page.
const MESSAGES: u64 = 200;

/// The room as `place`'s seat may see it. Who waits, or was turned away, learns the title and
/// whether the meeting goes on, no more.
pub(super) async fn of(state: &AppState, place: &Place) -> ApiResult<Value> {
    let now = state.clock.now();
    let me = Seat::of(&place.room, &place.seat);
    if me.status != Status::Admitted {
        return Ok(json!({
            "room": {
                "title": place.event.title,
                "status": place.event.course(&place.room).status(now),
            },
            "me": me,
            "seats": [],
            "hands": [],
            "chat": [],
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
        .map(|seat| Seat::of(&place.room, seat))
        .collect();
    let messages: Vec<Message> = chat::page(db, place.room.id, None, MESSAGES)
        .await?
        .into_iter()
        .map(Message::from)
        .collect();
    Ok(json!({
        "room": Room::of(&place.room, &place.event, now),
        "me": me,
        "seats": seats,
        "hands": hands(state, place.room.id).await?,
        "chat": messages,
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
