//! The caller's own events.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_store::{event, person};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::Event;
use crate::{ApiResult, AppState, Caller, extract::Params, problem::Problem};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Span {
    /// Only events that end at this time or later.
    from: Option<DateTime<Utc>>,
    /// Only events that start before this time.
    to: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EventList {
    /// Earliest first, 500 at most.
    items: Vec<Event>,
    total: usize,
}

/// Events that the caller hosts, is invited to, or has a seat in.
#[utoipa::path(
    get,
    path = "/events",
    tag = "event",
    params(Span),
    responses((status = 200, body = EventList), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(span): Params<Span>,
) -> ApiResult<Json<EventList>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let events = event::of_person(db, me, span.from, span.to).await?;
    let organisers = person::named(db, events.iter().map(|(event, _)| event.organiser_id)).await?;
    let items: Vec<Event> = events
        .into_iter()
        .map(|(event, room)| {
            let organiser = organisers
                .iter()
                .find(|person| person.id == event.organiser_id);
            Event::of(&state, event, &room, organiser, me)
        })
        .collect();
    Ok(Json(EventList {
        total: items.len(),
        items,
    }))
}
