//! Starting a meeting this very minute.

use axum::{Json, extract::State};
use chrono::TimeDelta;
use kafedra_model::{EventKind, Lobby, Locale, stage::Mode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Plan, Wrong, details::Details, standing::Standing, store, view::Event};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    problem::{Problem, locale},
};

/// How long a meeting that nobody planned is expected to take.
const EXPECTED: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NowRequest {
    /// «Встреча» with the organiser's name when left out.
    title: Option<String>,
}

/// Makes a meeting that begins now: guests may come by the link, through the lobby.
#[utoipa::path(
    post,
    path = "/events/now",
    tag = "event",
    request_body = NowRequest,
    responses(
        (status = 200, body = Event),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn now(
    State(state): State<AppState>,
    caller: Caller,
    Body(asked): Body<NowRequest>,
) -> ApiResult<Json<Event>> {
    let me = &caller.person()?.person;
    let mut wrong = Wrong::new();
    let title = match asked.title.as_deref().map(str::trim) {
        None | Some("") => match locale() {
            Locale::Ru => format!("Встреча: {}", me.full_name()),
            Locale::En => format!("Meeting: {}", me.full_name()),
        },
        Some(typed) => super::title(typed, &mut wrong),
    };
    ApiError::fields(wrong)?;
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    let plan = Plan {
        title,
        kind: EventKind::StaffMeeting,
        starts_at: now,
        ends_at: now + EXPECTED,
        timezone: state.settings.zone.name().to_owned(),
        lobby: Lobby::Guests,
        guests_allowed: true,
        mode: Mode::Meeting,
        details: Details::default(),
        organiser: me.id,
        invitees: Vec::new(),
        groups: Vec::new(),
        registration: None,
        series: None,
    };
    let stored = store(&state, &transaction, plan).await?;
    kafedra_store::room::start(&transaction, stored.room.id, now).await?;
    transaction.commit().await?;
    let standing = Standing::of(&state, &caller, stored.event.id).await?;
    Ok(Json(Event::whole(&state, standing).await?))
}
