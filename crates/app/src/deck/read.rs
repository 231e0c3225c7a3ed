//! The PDF of a deck.

use axum::{extract::State, http::HeaderMap, response::Response};

use super::{NOT_READY, find};
use crate::{ApiResult, AppState, Caller, extract::Id, file, problem::Problem};

/// The PDF of a deck, for those who know of the event and those inside its rooms. Readers may ask for
/// parts of it.
#[utoipa::path(
    get,
    path = "/decks/{id}/file",
    tag = "deck",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 206, description = "the part that was asked for"),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`deck.not_ready`"),
    )
)]
pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (deck, _) = find(&state, &caller, id).await?;
    let hash = deck.file_hash.ok_or(&NOT_READY)?;
    let stem = deck
        .name
        .rsplit_once('.')
        .map_or(&*deck.name, |(stem, _)| stem);
    file::send(&state, &hash, &format!("{stem}.pdf"), &headers).await
}
