//! What a kit's screen shows: the events of today that it is invited to.

use axum::{Json, extract::State};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::EventStatus;
use kafedra_store::{event_kit, institution, room};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::pair;
use crate::{ApiResult, AppState, Caller, caller::KIT_COOKIE, problem::Problem};

/// What «today» reaches back and ahead: an event of last night may still run, and an evening's
/// screen already tells of the morning.
const BACK: TimeDelta = TimeDelta::hours(12);
const AHEAD: TimeDelta = TimeDelta::hours(24);

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitToday {
    name: String,
    place: String,
    institution_name: String,
    /// The server's time, for a screen whose clock is wrong.
    now: DateTime<Utc>,
    items: Vec<KitEvent>,
}

/// An event that invites the kit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitEvent {
    id: Uuid,
    title: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    pub(super) status: EventStatus,
    /// Code of the room to join: `/r/<code>`.
    room_code: String,
}

impl KitEvent {
    /// Events between `back` ago and `ahead` of now, earliest first.
    pub(super) async fn of_kit(
        state: &AppState,
        kit: Uuid,
        back: TimeDelta,
        ahead: TimeDelta,
    ) -> ApiResult<Vec<Self>> {
        let db = &state.store.db;
        let now = state.clock.now();
        let events = event_kit::events_of(db, kit, now - back, now + ahead).await?;
        let rooms = room::of_events(db, events.iter().map(|event| event.id)).await?;
        Ok(events
            .into_iter()
            .filter_map(|event| {
                let room = rooms.iter().find(|room| room.event_id == event.id)?;
                Some(Self {
                    id: event.id,
                    status: event.course(room).status(now),
                    starts_at: event.starts_at,
                    ends_at: event.ends_at,
                    room_code: room.code.clone(),
                    title: event.title,
                })
            })
            .collect())
    }
}

/// The kit and its events that are not over, earliest first. Renews the kit's cookie.
#[utoipa::path(
    get,
    path = "/kit/today",
    tag = "kits",
    responses((status = 200, body = KitToday), (status = 403, body = Problem, description = "`kit.not_paired`"))
)]
pub async fn today(
    State(state): State<AppState>,
    caller: Caller,
    jar: CookieJar,
) -> ApiResult<(CookieJar, Json<KitToday>)> {
    let kit = caller.kit()?;
    let db = &state.store.db;
    let now = state.clock.now();
    let mut items = KitEvent::of_kit(&state, kit.id, BACK, AHEAD).await?;
    items.retain(|event| matches!(event.status, EventStatus::Planned | EventStatus::Live));
    let names = institution::short_names(db, vec![kit.institution_id]).await?;
    let renewed = match jar.get(KIT_COOKIE).map(|cookie| cookie.value().to_owned()) {
        Some(token) => jar.add(pair::cookie(&state, &token)?),
        None => jar,
    };
    let today = KitToday {
        name: kit.name.clone(),
        place: kit.place.clone(),
        institution_name: names.get(&kit.institution_id).cloned().unwrap_or_default(),
        now,
        items,
    };
    Ok((renewed, Json(today)))
}
