//! What a letter says.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Letter, are_shown, find};
use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    problem::{FORBIDDEN, Problem},
};

/// A letter with its texts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LetterText {
    #[serde(flatten)]
    letter: Letter,
    plain: String,
    html: String,
    /// What the calendar program gets.
    #[schema(required)]
    calendar: Option<String>,
}

/// A letter in full, where letters go to files: for administrators, and in the demonstration for the
/// organiser too. Letters that leave the machine hold people's secret links, and are read by them alone.
#[utoipa::path(
    get,
    path = "/letters/{id}",
    tag = "letter",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = LetterText),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<LetterText>> {
    let row = find(&state, &caller, id).await?;
    if !are_shown(&state, &caller) {
        return Err(crate::ApiError::new(&FORBIDDEN));
    }
    let (plain, html, calendar) = (row.plain.clone(), row.html.clone(), row.calendar.clone());
    Ok(Json(LetterText {
        letter: Letter::of(row, caller.actor()?.is_administrator()),
        plain,
        html,
        calendar,
    }))
}
