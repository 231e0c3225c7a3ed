//! What is said to each page: for those who lead, never for the hall.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{deck::NOTE_LENGTH, text};
use kafedra_store::deck;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NO_SUCH_PAGE, find, find_to_change};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::{FORBIDDEN, Problem, TOO_LONG},
};

/// What is said to one page.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// From 1.
    page: i32,
    /// At most 4000 characters of plain text; empty takes the note away.
    body: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NoteList {
    /// By page; pages without a note are left out.
    items: Vec<Note>,
    total: usize,
}

/// The notes to a deck: for whoever gave it or leads it, for those who prepare the event, and for
/// moderators of its rooms.
#[utoipa::path(
    get,
    path = "/decks/{id}/notes",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = NoteList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<NoteList>> {
    let (deck, asking) = find(&state, &caller, id).await?;
    if !asking.reads_notes(&state, &deck).await? {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let items: Vec<Note> = deck::notes(&state.store.db, id)
        .await?
        .into_iter()
        .map(|note| Note {
            page: note.page,
            body: note.body,
        })
        .collect();
    Ok(Json(NoteList {
        total: items.len(),
        items,
    }))
}

/// Writes the note to one page.
#[utoipa::path(
    put,
    path = "/decks/{id}/notes",
    tag = "deck",
    params(("id" = Uuid, Path)),
    request_body = Note,
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`deck.page`, `too_long`"),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(note): Body<Note>,
) -> ApiResult<StatusCode> {
    let deck = find_to_change(&state, &caller, id).await?;
    if !(1..=deck.pages).contains(&note.page) {
        return Err(ApiError::field("page", &NO_SUCH_PAGE));
    }
    let body = text::body(&note.body);
    if body.chars().count() > NOTE_LENGTH {
        return Err(ApiError::field("body", &TOO_LONG));
    }
    deck::set_note(&state.store.db, id, note.page, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
