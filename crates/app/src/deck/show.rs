//! Showing slides: one page for everybody in a room.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::deck::{self as rules, Refused, Shown};
use kafedra_store::{deck, room, seat, showing};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{MAY_NOT_SHOW, NO_SUCH_PAGE, NOT_READY, State as DeckState, TAKEN};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    live::Turn,
    problem::{NOT_FOUND, Problem},
    room::Place,
};

/// What a room shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Showing {
    pub deck_id: Uuid,
    /// The deck's name.
    pub name: String,
    /// How many pages it has.
    pub pages: i32,
    /// The one that everybody sees, from 1.
    pub page: i32,
    /// Seat of whoever leads.
    pub seat_id: Uuid,
}

impl Showing {
    /// What a room shows now.
    pub(crate) async fn of(state: &AppState, room: Uuid) -> Result<Option<Self>, DbErr> {
        let db = &state.store.db;
        let Some(row) = showing::find(db, room).await? else {
            return Ok(None);
        };
        let deck = deck::find(db, row.deck_id).await?;
        Ok(deck.map(|deck| Self::new(&row, deck)))
    }

    fn new(row: &showing::Model, deck: deck::Model) -> Self {
        Self {
            deck_id: deck.id,
            name: deck.name,
            pages: deck.pages,
            page: row.page,
            seat_id: row.seat_id,
        }
    }
}

/// What to show.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShowingDraft {
    deck_id: Uuid,
    /// From 1.
    page: i32,
    /// Takes the lead from whoever has it; without it a moderator turns a page for them.
    #[serde(default)]
    lead: bool,
}

/// Shows a page to everybody in the room: whoever may share may, where nobody else leads, and
/// moderators always. Everybody hears `showing` on the live stream, in the order of the turns.
#[utoipa::path(
    put,
    path = "/rooms/{id}/showing",
    tag = "deck",
    params(("id" = Uuid, Path)),
    request_body = ShowingDraft,
    responses(
        (status = 200, body = Showing),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`deck.forbidden`, `seat.waiting`, …"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`showing.taken`, `deck.not_ready`"),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem, description = "`deck.page`"),
    )
)]
pub async fn show(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<ShowingDraft>,
) -> ApiResult<Json<Showing>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    let before = allowed(&state, &place).await?;
    let deck = deck::find(db, draft.deck_id)
        .await?
        .filter(|deck| deck.event_id == place.event.id)
        .ok_or(&NOT_FOUND)?;
    if deck.state() != DeckState::Ready {
        return Err(ApiError::new(&NOT_READY));
    }
    if !(1..=deck.pages).contains(&draft.page) {
        return Err(ApiError::field("page", &NO_SUCH_PAGE));
    }
    let row = showing::Model {
        room_id: id,
        deck_id: deck.id,
        page: draft.page,
        seat_id: rules::leader(before, deck.id, place.seat.id, draft.lead),
    };
    showing::put(db, row.clone()).await?;
    let shown = Showing::new(&row, deck);
    turn.tell_showing(Some(&shown));
    Ok(Json(shown))
}

/// Ends the showing: whoever leads may, and moderators. Ending twice is no error.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/showing",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`showing.taken`"),
        (status = 410, body = Problem, description = "`room.ended`"),
    )
)]
pub async fn end(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    allowed(&state, &place).await?;
    if showing::end(&state.store.db, id).await? {
        turn.tell_showing(None);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What the room shows, for whoever may change that.
async fn allowed(state: &AppState, place: &Place) -> ApiResult<Option<Shown>> {
    let before = showing::find(&state.store.db, place.room.id)
        .await?
        .map(|row| Shown {
            deck: row.deck_id,
            leader: row.seat_id,
        });
    let may = place.room.may(&place.seat);
    match rules::show(may, before.map(|shown| shown.leader), place.seat.id) {
        Ok(()) => Ok(before),
        Err(Refused::NoRight) => Err(ApiError::new(&MAY_NOT_SHOW)),
        Err(Refused::Taken) => Err(ApiError::new(&TAKEN)),
    }
}

/// Ends the showing of somebody who may no longer share, as it ends what they publish. `room` is the
/// room as its rules are now.
pub(crate) async fn end_without_right(
    state: &AppState,
    turn: &Turn,
    room: &room::Model,
) -> ApiResult<()> {
    let db = &state.store.db;
    let Some(row) = showing::find(db, room.id).await? else {
        return Ok(());
    };
    let leader = seat::find(db, room.id, row.seat_id).await?;
    if leader.is_some_and(|leader| room.may(&leader).share) {
        return Ok(());
    }
    showing::end(db, room.id).await?;
    turn.tell_showing(None);
    Ok(())
}
