//! An association's school year: its meetings and what is expected of it.

use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kafedra_model::{EventKind, EventStatus, association as rules};
use kafedra_store::{event, minutes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::existing;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    calendar::viewer,
    event::view::Event,
    extract::{Id, Params},
    problem::{Problem, UNKNOWN},
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// The year in which the school year begins; the present one when left out.
    year: Option<i32>,
}

/// A school year, 1 September to 31 August.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssociationYear {
    /// The year in which it begins.
    year: i32,
    /// What the association holds in it and the caller may know of, earliest first.
    events: Vec<Event>,
    /// Meetings that stand in the plan or were held; cancelled ones do not count.
    planned: usize,
    /// Meetings that were held.
    held: usize,
    /// Meetings whose minutes are signed: what is expected is counted by them.
    minuted: usize,
    /// Meetings that are expected of each association.
    required: usize,
    /// Whether enough meetings stand in the plan.
    is_planned: bool,
    /// Whether enough meetings have signed minutes.
    is_enough: bool,
}

/// What an association plans and has held in a school year.
#[utoipa::path(
    get,
    path = "/associations/{id}/year",
    tag = "association",
    params(("id" = Uuid, Path), Query),
    responses(
        (status = 200, body = AssociationYear),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn year(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(query): Params<Query>,
) -> ApiResult<Json<AssociationYear>> {
    let me = caller.person()?;
    existing(&state, id).await?;
    let today = state.today();
    let year = query.year.unwrap_or_else(|| rules::school_year(today));
    let (from, to) = days(year).ok_or_else(|| ApiError::field("year", &UNKNOWN))?;
    let viewer = viewer(&state, me).await?;
    let filter = event::Filter {
        association: Some(id),
        ..event::Filter::between(from, to)
    };
    let rows = event::calendar(&state.store.db, &viewer, &filter).await?;
    let events = Event::many(&state, me, rows).await?;
    let meetings: Vec<&Event> = events
        .iter()
        .filter(|event| {
            event.kind == EventKind::AssociationMeeting && event.status != EventStatus::Cancelled
        })
        .collect();
    let planned = meetings.len();
    let held = meetings.iter().filter(|event| event.was_held).count();
    let ids: Vec<_> = meetings.iter().map(|event| event.id).collect();
    let minuted = minutes::with_signed(&state.store.db, ids).await?.len();
    Ok(Json(AssociationYear {
        year,
        planned,
        held,
        minuted,
        required: rules::MEETINGS_A_YEAR,
        is_planned: rules::is_enough(planned),
        is_enough: rules::is_enough(minuted),
        events,
    }))
}

/// The school year of a day.
pub(super) fn year_of(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    days(rules::school_year(day)).unwrap_or((midnight, midnight))
}

fn days(year: i32) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    if !(1900..3000).contains(&year) {
        return None;
    }
    let (from, to) = rules::school_year_days(year)?;
    Some((
        from.and_time(NaiveTime::MIN).and_utc(),
        to.and_time(NaiveTime::MIN).and_utc(),
    ))
}
