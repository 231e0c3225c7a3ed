//! The rules of a room: lock, lobby, guests, what participants may do.

use axum::{Json, extract::State};
use kafedra_model::{Lobby, room::Visitor, seat::Status, stage::Mode};
use kafedra_store::{room, seat};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{BAD_CAPACITY, Place, view::Room};
use crate::{
    ApiError, ApiResult, AppState, Caller, deck,
    extract::{Body, Id},
    live::Turn,
    media::reconcile,
    problem::Problem,
    seat::view::Seat,
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomEdit {
    locked: Option<bool>,
    lobby: Option<Lobby>,
    guests_allowed: Option<bool>,
    /// The most people connected at once, from 1; never more than the server allows.
    capacity: Option<u32>,
    allow_unmute: Option<bool>,
    allow_video: Option<bool>,
    allow_share: Option<bool>,
    allow_chat: Option<bool>,
    /// Making a webinar of a meeting that runs sends nobody out.
    mode: Option<Mode>,
    /// Moderators read questions before the others do.
    review_questions: Option<bool>,
    anonymous_questions: Option<bool>,
}

/// Changes the rules of a room; moderators only.
///
/// Whom a changed lobby no longer keeps is admitted at once. A smaller capacity sends nobody out. Forbidding to unmute, show video or
/// share also ends what participants publish now.
#[utoipa::path(
    patch,
    path = "/rooms/{id}",
    tag = "room",
    params(("id" = Uuid, Path)),
    request_body = RoomEdit,
    responses(
        (status = 200, body = Room),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem, description = "`room.capacity`"),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<RoomEdit>,
) -> ApiResult<Json<Room>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let capacity = match edit.capacity {
        None => None,
        Some(asked) => Some(limit(&state, asked)?),
    };
    let before = (place.room.policy(), place.room.mode());
    let held = match edit.mode {
        Some(mode) => place.room.held_as(mode, &place.event, state.clock.now()),
        None => room::Rules::default(),
    };
    let room = room::update_rules(
        db,
        id,
        room::Rules {
            locked: edit.locked,
            lobby: edit.lobby,
            guests_allowed: edit.guests_allowed,
            capacity,
            allow_unmute: edit.allow_unmute,
            allow_video: edit.allow_video,
            allow_share: edit.allow_share,
            allow_chat: edit.allow_chat,
            review_questions: edit.review_questions,
            anonymous_questions: edit.anonymous_questions,
            ..held
        },
    )
    .await?;
    let view = Room::of(&state, &room, &place.event);
    turn.tell_room(&view);
    if room.lobby() != place.room.lobby() {
        let lobby = room.lobby();
        admit(&state, &turn, &room, |seat| {
            let visitor = match seat.guest_id {
                Some(_) => Visitor::Guest,
                None => Visitor::Person,
            };
            !lobby.keeps(seat.role(), visitor)
        })
        .await?;
    }
    if (room.policy(), room.mode()) == before {
        return Ok(Json(view));
    }
    tell_rights(&state, &turn, &room).await?;
    deck::end_without_right(&state, &turn, &room).await?;
    drop(turn);
    reconcile::after(&state, id).await?;
    Ok(Json(view))
}

/// Tells everybody whom a new rule concerns what they may do now.
pub(crate) async fn tell_rights(
    state: &AppState,
    turn: &Turn,
    room: &room::Model,
) -> ApiResult<()> {
    for seat in seat::of_room(&state.store.db, room.id, &[Status::Admitted]).await? {
        if !seat.role().moderates() {
            turn.tell_seat_quietly(&Seat::of(room, &seat));
        }
    }
    Ok(())
}

/// A room's own limit as it is stored; 422 for one that the server does not allow.
fn limit(state: &AppState, asked: u32) -> ApiResult<i32> {
    i32::try_from(asked)
        .ok()
        .filter(|_| (1..=state.settings.room_capacity).contains(&asked))
        .ok_or_else(|| ApiError::field("capacity", &BAD_CAPACITY))
}

/// Admits those of the lobby whom `which` names.
pub(super) async fn admit(
    state: &AppState,
    turn: &Turn,
    room: &room::Model,
    which: impl Fn(&seat::Model) -> bool,
) -> ApiResult<()> {
    let db = &state.store.db;
    let now = state.clock.now();
    for waiting in seat::of_room(db, room.id, &[Status::Waiting]).await? {
        if !which(&waiting) {
            continue;
        }
        let admitted =
            seat::set_status(db, waiting.id, Status::Waiting, Status::Admitted, now).await?;
        if let Some(seat) = admitted {
            turn.tell_seat(&Seat::of(room, &seat));
        }
    }
    Ok(())
}
