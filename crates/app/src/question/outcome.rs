//! What was asked at an event, for its page.

use axum::{Json, extract::State};
use kafedra_store::{question, room};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Question, with_votes};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionList {
    /// The most wanted first, answered ones below.
    items: Vec<Question>,
}

/// Questions of an event that everybody saw, in all its rooms; whoever knows of the event may read them.
#[utoipa::path(
    get,
    path = "/events/{id}/questions",
    tag = "question",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = QuestionList),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn questions(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<QuestionList>> {
    Standing::of(&state, &caller, id).await?;
    let db = &state.store.db;
    let rooms = room::of_events(db, [id]).await?;
    let mut rows = question::of_rooms(db, rooms.iter().map(|room| room.id).collect()).await?;
    rows.retain(|row| row.state().seen_by(false, false));
    Ok(Json(QuestionList {
        items: with_votes(db, rows).await?,
    }))
}
