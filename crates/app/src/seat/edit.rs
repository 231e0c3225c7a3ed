//! One seat's role and its exceptions from the room's rules.

use axum::{Json, extract::State};
use kafedra_model::{SeatRole, seat::Overrides};
use kafedra_store::seat;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::Seat;
use crate::{
    ApiError, ApiResult, AppState, Caller, deck,
    extract::{Body, Ids},
    media::reconcile,
    problem::{FORBIDDEN, Problem, UNKNOWN},
    room::Place,
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatEdit {
    /// `cohost` or `participant`; the host's alone to decide.
    role: Option<SeatRole>,
    allow_unmute: Option<bool>,
    allow_video: Option<bool>,
    allow_share: Option<bool>,
    allow_chat: Option<bool>,
}

/// Makes somebody a co-host, or lets them do what the room forbids, or forbids them what it
/// allows; moderators only, each to those below.
#[utoipa::path(
    patch,
    path = "/rooms/{id}/seats/{seat}",
    tag = "seat",
    params(("id" = Uuid, Path), ("seat" = Uuid, Path)),
    request_body = SeatEdit,
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 502, body = Problem, description = "`media.late`"),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, seat): Ids,
    Body(edit): Body<SeatEdit>,
) -> ApiResult<Json<Seat>> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let seat = place.subordinate(&state, seat).await?;
    match edit.role {
        Some(SeatRole::Host) => return Err(ApiError::field("role", &UNKNOWN)),
        Some(_) if place.seat.role() != SeatRole::Host => return Err(ApiError::new(&FORBIDDEN)),
        _ => {}
    }
    let policy = place.room.policy();
    let before = seat.overrides();
    // What equals the room's rule is no exception: later changes of the rule reach it.
    let exception = |asked: Option<bool>, before, rule| match asked {
        None => before,
        Some(asked) => (asked != rule).then_some(asked),
    };
    let overrides = Overrides {
        unmute: exception(edit.allow_unmute, before.unmute, policy.unmute),
        video: exception(edit.allow_video, before.video, policy.video),
        share: exception(edit.allow_share, before.share, policy.share),
        chat: exception(edit.allow_chat, before.chat, policy.chat),
    };
    let role = edit.role.unwrap_or_else(|| seat.role());
    let seat = seat::set_rights(&state.store.db, seat.id, role, overrides)
        .await?
        .unwrap_or(seat);
    let view = Seat::of(&place.room, &seat);
    turn.tell_seat(&view);
    deck::end_without_right(&state, &turn, &place.room).await?;
    drop(turn);
    reconcile::after_one(&state, &place.room, &seat).await?;
    Ok(Json(view))
}
