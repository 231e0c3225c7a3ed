//! What moderators do with a question.

use axum::{Json, extract::State};
use kafedra_model::{
    question::{LONGEST_ANSWER, State as QuestionState},
    text,
};
use kafedra_store::question;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Question, counted};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Ids},
    problem::{NOT_FOUND, Problem, REQUIRED, TOO_LONG, UNKNOWN},
    room::Place,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct QuestionEdit {
    /// `open` approves or shows again, `now` is being answered, `live` was answered aloud, `hidden`.
    state: Option<QuestionState>,
    /// An answer in writing, 1 to 2000 characters; the state becomes `written`.
    answer: Option<String>,
}

/// Approves, hides, marks or answers a question; moderators only. Of two questions only one is
/// answered now: the other counts as answered aloud.
#[utoipa::path(
    patch,
    path = "/rooms/{id}/questions/{question}",
    tag = "question",
    params(("id" = Uuid, Path), ("question" = Uuid, Path)),
    request_body = QuestionEdit,
    responses(
        (status = 200, body = Question),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, question): Ids,
    Body(edit): Body<QuestionEdit>,
) -> ApiResult<Json<Question>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let row = question::find(db, id, question).await?.ok_or(&NOT_FOUND)?;
    if row.state() == QuestionState::Withdrawn {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let changed = match (edit.answer, edit.state) {
        (Some(answer), _) => {
            let answer = text::paragraph(&answer, LONGEST_ANSWER).map_err(|bad| {
                let why = match bad {
                    text::BadText::TooLong => &TOO_LONG,
                    _ => &REQUIRED,
                };
                ApiError::field("answer", why)
            })?;
            question::answer(db, question, answer, place.seat.name.clone()).await?
        }
        (None, None) => return Err(ApiError::field("state", &REQUIRED)),
        (None, Some(QuestionState::Written)) => {
            return Err(ApiError::field("answer", &REQUIRED));
        }
        (None, Some(to)) if !row.state().may_become(to) => {
            return Err(ApiError::field("state", &UNKNOWN));
        }
        (None, Some(to)) => {
            if to == QuestionState::Now {
                for other in question::answered_now(db, id).await? {
                    let asker = other.seat_id;
                    let done = question::set_state(db, other.id, QuestionState::Live).await?;
                    if let Some(done) = done.filter(|done| done.id != question) {
                        turn.tell_question(asker, &counted(db, done).await?);
                    }
                }
            }
            question::set_state(db, question, to).await?
        }
    };
    let changed = changed.ok_or(&NOT_FOUND)?;
    let asker = changed.seat_id;
    let view = counted(db, changed).await?;
    turn.tell_question(asker, &view);
    Ok(Json(view))
}
