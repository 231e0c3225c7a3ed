//! Planning an event.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{EventKind, Lobby, event::check_times};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Plan, Wrong, ZONE, store, view::Event};
use crate::{ApiError, ApiResult, AppState, Caller, extract::Body, problem::Problem};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventDraft {
    /// 1 to 200 characters.
    title: String,
    kind: EventKind,
    starts_at: DateTime<Utc>,
    /// Later than the beginning, by a day at most.
    ends_at: DateTime<Utc>,
    /// IANA name; `Europe/Moscow` when left out.
    timezone: Option<String>,
    /// Who waits to be let in; guests when left out.
    lobby: Option<Lobby>,
    /// Whether people without an account may come by the link; yes when left out.
    guests_allowed: Option<bool>,
    /// People who see the event among their own.
    invitee_ids: Option<Vec<Uuid>>,
}

/// Plans an event; anyone signed in may, and is its host.
#[utoipa::path(
    post,
    path = "/events",
    tag = "event",
    request_body = EventDraft,
    responses(
        (status = 200, body = Event),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<EventDraft>,
) -> ApiResult<Json<Event>> {
    let me = caller.person()?.person.id;
    let mut wrong = Wrong::new();
    let title = super::title(&draft.title, &mut wrong);
    let checked = check_times(draft.starts_at, draft.ends_at, state.clock.now());
    super::times(checked, &mut wrong);
    let timezone = draft.timezone.unwrap_or_else(|| ZONE.to_owned());
    super::zone(&timezone, &mut wrong);
    let asked = draft.invitee_ids.unwrap_or_default();
    let invitees = super::invitees(&state.store.db, &asked, me, &mut wrong).await?;
    ApiError::fields(wrong)?;
    let transaction = state.store.write().await?;
    let plan = Plan {
        title,
        kind: draft.kind,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        timezone,
        lobby: draft.lobby.unwrap_or(Lobby::Guests),
        guests_allowed: draft.guests_allowed.unwrap_or(true),
        organiser: me,
        invitees,
    };
    let (event, room) = store(&state, &transaction, plan).await?;
    transaction.commit().await?;
    Ok(Json(Event::whole(&state, event, &room, me).await?))
}
