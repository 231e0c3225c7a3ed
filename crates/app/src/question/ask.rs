//! Asking.

use axum::{Json, extract::State};
use kafedra_model::{
    question::{LONGEST, State as QuestionState},
    text::{self, BadText},
};
use kafedra_store::question;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{NOT_ANONYMOUS, Question, counted};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::{FieldCode, Problem, REQUIRED, TOO_LONG},
    room::Place,
};

/// Longest idempotency key, in characters.
const KEY_LENGTH: usize = 64;

#[derive(Debug, Deserialize, ToSchema)]
pub struct QuestionDraft {
    /// 1 to 1000 characters of plain text.
    text: String,
    /// Nobody sees the asker's name; only where the room's rules allow it.
    #[serde(default)]
    anonymous: bool,
    /// The client's own name for this question, 1 to 64 characters: asking again under the same key
    /// stores nothing new.
    key: String,
}

/// Asks a question. Where moderators read questions first, only they and the asker see it until then.
#[utoipa::path(
    post,
    path = "/rooms/{id}/questions",
    tag = "question",
    params(("id" = Uuid, Path)),
    request_body = QuestionDraft,
    responses(
        (status = 200, body = Question),
        (status = 403, body = Problem, description = "`seat.waiting`, `kit.no_voice`, …"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn ask(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<QuestionDraft>,
) -> ApiResult<Json<Question>> {
    let text =
        text::paragraph(&draft.text, LONGEST).map_err(|bad| ApiError::field("text", why(bad)))?;
    let key = text::line(&draft.key, KEY_LENGTH).map_err(|bad| ApiError::field("key", why(bad)))?;
    let turn = state.live.turn(id).await;
    let place = Place::inside(&state, &caller, id).await?;
    place.own_voice()?;
    if draft.anonymous && !place.room.anonymous_questions {
        return Err(ApiError::field("anonymous", &NOT_ANONYMOUS));
    }
    let now = state.clock.now();
    state.limits.questions.take(place.seat.id, now)?;
    let db = &state.store.db;
    let moderates = place.room.may(&place.seat).moderate;
    let draft = question::Draft {
        text,
        anonymous: draft.anonymous,
        key,
        state: QuestionState::first(place.room.review_questions, moderates),
    };
    let asked = question::ask(db, &place.seat, draft, now).await?;
    let question = counted(db, asked.question).await?;
    if asked.is_new {
        turn.tell_question(place.seat.id, &question);
    }
    Ok(Json(question))
}

fn why(bad: BadText) -> &'static FieldCode {
    match bad {
        BadText::TooLong => &TOO_LONG,
        BadText::Empty | BadText::Deceptive => &REQUIRED,
    }
}
