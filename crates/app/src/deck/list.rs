//! The decks of an event.

use axum::{Json, extract::State};
use kafedra_store::deck;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Asking, Deck, rules, views};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
    room::Place,
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeckList {
    /// First given first.
    items: Vec<Deck>,
    total: usize,
    /// The caller may give one more.
    may_add: bool,
    /// PPTX and ODP are taken, too.
    converts: bool,
    /// Most pages of one deck.
    most_pages: u32,
}

/// Decks of an event, for everyone who may know of it.
#[utoipa::path(
    get,
    path = "/events/{id}/decks",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = DeckList),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn of_event(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<DeckList>> {
    let standing = Standing::of(&state, &caller, id).await?;
    let may_add = rules::may_add(standing.may_prepare(), &standing.roles);
    Ok(Json(whole(&state, &caller, id, may_add).await?))
}

/// Decks of the event whose room this is, for those inside.
#[utoipa::path(
    get,
    path = "/rooms/{id}/decks",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = DeckList),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`seat.none`, `seat.waiting`, …"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
    )
)]
pub async fn of_room(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<DeckList>> {
    let place = Place::inside(&state, &caller, id).await?;
    let may_add = place.room.may(&place.seat).share;
    Ok(Json(whole(&state, &caller, place.event.id, may_add).await?))
}

async fn whole(
    state: &AppState,
    caller: &Caller,
    event: Uuid,
    may_add: bool,
) -> ApiResult<DeckList> {
    let asking = Asking::of(state, caller, event).await?;
    let decks = deck::of_event(&state.store.db, event).await?;
    let items = views(state, &asking, decks).await?;
    Ok(DeckList {
        total: items.len(),
        items,
        may_add,
        converts: state.settings.decks.converter.is_some(),
        most_pages: state.settings.decks.pages,
    })
}
