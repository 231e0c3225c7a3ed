//! Taking a deck away, and off every screen that shows it.

use axum::{extract::State, http::StatusCode};
use kafedra_store::{deck, room, showing};

use super::find_to_change;
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// Takes a deck away: whoever gave it may, those who prepare the event, and moderators of its rooms.
/// Where it is shown, the showing ends.
#[utoipa::path(
    delete,
    path = "/decks/{id}",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let deck = find_to_change(&state, &caller, id).await?;
    let mut rooms = room::of_events(&state.store.db, [deck.event_id]).await?;
    // All turns at once, so that nobody shows it meanwhile; in one order, so that two never wait for
    // each other.
    rooms.sort_by_key(|room| room.id);
    let mut turns = Vec::new();
    for room in &rooms {
        turns.push((room.id, state.live.turn(room.id).await));
    }
    let change = state.store.write().await?;
    let mut shown = Vec::new();
    for room in &rooms {
        if showing::find(&change, room.id)
            .await?
            .is_some_and(|showing| showing.deck_id == id)
        {
            shown.push(room.id);
        }
    }
    deck::remove(&change, id).await?;
    change.commit().await?;
    for (room, turn) in turns {
        if shown.contains(&room) {
            turn.tell_showing(None);
        }
        turn.tell_decks();
    }
    Ok(StatusCode::NO_CONTENT)
}
