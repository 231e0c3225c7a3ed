//! What a link leads to.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_model::{EventKind, event_role, room::normal_code, stage};
use kafedra_store::{connection, lesson, person, room, seat};

use super::view::RoomCard;
use crate::{
    ApiResult, AppState, Caller,
    problem::{NOT_FOUND, Problem},
    seat::{take::part_of, view::Seat},
};

/// The room of a code, for anyone who has it, signed in or not. Case, spaces and hyphens in
/// the code do not matter.
#[utoipa::path(
    get,
    path = "/rooms/by-code/{code}",
    tag = "room",
    params(("code" = String, Path, description = "`abc-defg-hij`")),
    responses((status = 200, body = RoomCard), (status = 404, body = Problem))
)]
pub async fn by_code(
    State(state): State<AppState>,
    caller: Caller,
    Path(code): Path<String>,
) -> ApiResult<Json<RoomCard>> {
    let db = &state.store.db;
    let code = normal_code(&code).ok_or(&NOT_FOUND)?;
    let (room, event) = room::find_by_code(db, &code).await?.ok_or(&NOT_FOUND)?;
    let host = person::find(db, event.organiser_id).await?;
    let occupant = super::occupant(&caller);
    let mine = match occupant {
        Some(occupant) => seat::of(db, room.id, occupant).await?,
        None => None,
    };
    let part = match (&mine, occupant) {
        (Some(seat), _) => seat.part(),
        (None, Some(occupant)) => part_of(&state, &event, occupant).await?,
        (None, None) => event_role::part(&[]),
    };
    Ok(Json(RoomCard {
        id: room.id,
        code: room.code.clone(),
        kind: EventKind::parse(&event.kind).unwrap_or(EventKind::StaffMeeting),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        status: event.course(&room).status(state.clock.now()),
        host_name: host.map(|host| host.full_name()).unwrap_or_default(),
        guests_allowed: room.guests_allowed,
        locked: room.locked,
        by_pupil_code: lesson::find(db, event.id).await?.is_some(),
        mode: room.mode(),
        phase: room.course().phase(),
        listens: stage::listens(room.mode(), part.role, part.stage),
        present: connection::present(db, room.id).await?,
        my_seat: mine.map(|seat| Seat::of(&room, &seat)),
        title: room.full_title(&event),
    }))
}
