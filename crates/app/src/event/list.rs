//! The caller's own events.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_store::event;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::Event;
use crate::{ApiResult, AppState, Caller, calendar::viewer, extract::Params, problem::Problem};

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

/// Events that the caller hosts, is invited to, or has a role or a seat in, and those of their
/// associations.
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
    let me = caller.person()?;
    let viewer = viewer(&state, me).await?;
    let events = event::of_person(&state.store.db, &viewer, span.from, span.to).await?;
    let items = Event::many(&state, me, events).await?;
    Ok(Json(EventList {
        total: items.len(),
        items,
    }))
}
