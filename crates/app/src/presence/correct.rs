//! Correcting somebody's minutes.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_store::{person, presence_correction};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MINUTES,
    report::{self, Presence},
};
use crate::{
    ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    form::Form,
    problem::{Problem, UNKNOWN},
};

/// A day: no event lasts longer.
const MOST: i32 = 24 * 60;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CorrectionDraft {
    person_id: Uuid,
    /// What shall count, from 0 to 1440.
    minutes: i32,
    /// Why; 1 to 300 characters, kept with who and when.
    reason: String,
}

/// Sets what counts for a person, whether or not they were seen. Nothing measured is lost, and
/// every earlier correction is kept.
#[utoipa::path(
    post,
    path = "/events/{id}/presence/corrections",
    tag = "presence",
    params(("id" = Uuid, Path)),
    request_body = CorrectionDraft,
    responses(
        (status = 201, body = Presence),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn correct(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<CorrectionDraft>,
) -> ApiResult<(StatusCode, Json<Presence>)> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    let db = &state.store.db;
    let mut form = Form::default();
    let reason = form.line("reason", &draft.reason, 300);
    if !(0..=MOST).contains(&draft.minutes) {
        form.refuse("minutes", &MINUTES);
    }
    if person::find(db, draft.person_id).await?.is_none() {
        form.refuse("personId", &UNKNOWN);
    }
    form.done()?;
    let now = state.clock.now();
    let by = standing.me.person.id;
    presence_correction::add(db, id, draft.person_id, draft.minutes, reason, by, now).await?;
    let presence = report::of(db, &standing.event, now).await?;
    Ok((StatusCode::CREATED, Json(presence)))
}
