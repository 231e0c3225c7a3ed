//! «Моё участие»: everything of one's own in one answer.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{EventKind, EventRole, EventStatus};
use kafedra_store::{event, event_role, room};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Talk, record};
use crate::{
    ApiResult, AppState, Caller, calendar::viewer, certificate::Certificate, problem::Problem,
};

/// How far back the page reaches.
const BACK: TimeDelta = TimeDelta::days(366);

/// The caller's part in events.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Live or to come, earliest first.
    upcoming: Vec<PartEvent>,
    /// Of the last year, latest first.
    past: Vec<PartEvent>,
    /// Valid ones, latest first, those of talks too.
    certificates: Vec<Certificate>,
    /// Latest first, those to be confirmed too.
    talks: Vec<Talk>,
}

/// An event among others.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartEvent {
    id: Uuid,
    title: String,
    kind: EventKind,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    status: EventStatus,
    /// Given to the caller; empty for somebody who is invited or came.
    roles: Vec<EventRole>,
}

/// The caller's own events, certificates and talks.
#[utoipa::path(
    get,
    path = "/me/part",
    tag = "portfolio",
    responses((status = 200, body = Part), (status = 401, body = Problem))
)]
pub async fn part(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Part>> {
    let signed_in = caller.person()?;
    let me = signed_in.person.id;
    let db = &state.store.db;
    let now = state.clock.now();
    let viewer = viewer(&state, signed_in).await?;
    let events = event::of_person(db, &viewer, Some(now - BACK), None).await?;
    let ids = || events.iter().map(|event| event.id);
    let roles = event_role::of_person_in(db, me, ids()).await?;
    let rooms = room::of_events(db, ids()).await?;
    let (mut upcoming, mut past) = (Vec::new(), Vec::new());
    for event in events {
        let Some(room) = rooms.iter().find(|room| room.event_id == event.id) else {
            continue;
        };
        let status = event.course(room).status(now);
        let row = PartEvent {
            id: event.id,
            kind: event.kind(),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            status,
            roles: roles
                .iter()
                .filter(|row| row.event_id == event.id)
                .filter_map(event_role::Model::role)
                .collect(),
            title: event.title,
        };
        match status {
            EventStatus::Planned | EventStatus::Live => upcoming.push(row),
            EventStatus::Ended => past.push(row),
            EventStatus::Cancelled => {}
        }
    }
    past.reverse();
    let certificates = kafedra_store::certificate::of_person(db, me)
        .await?
        .into_iter()
        .filter(|row| row.revoked_at.is_none())
        .map(|row| Certificate::of(&state, row))
        .collect();
    Ok(Json(Part {
        upcoming,
        past,
        certificates,
        talks: record(&state, me).await?.talks,
    }))
}
