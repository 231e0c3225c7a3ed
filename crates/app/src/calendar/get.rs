//! Events of a span.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::EventKind;
use kafedra_store::event;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::viewer;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::{BACKWARDS, view::Event},
    extract::Params,
    problem::{FieldCode, Problem, UNKNOWN},
};

/// Longest span: a year and what a month's page shows of its neighbours.
const LONGEST: TimeDelta = TimeDelta::days(400);

pub const TOO_LONG_SPAN: FieldCode = FieldCode {
    code: "span_too_long",
    ru: "Это слишком длинный промежуток: календарь показывает не больше года.",
    en: "This span is too long: the calendar shows a year at most.",
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// Events that end later than this.
    from: DateTime<Utc>,
    /// Events that start before this.
    to: DateTime<Utc>,
    association_id: Option<Uuid>,
    /// The institution that holds it.
    institution_id: Option<Uuid>,
    /// Kinds by name, with commas between them.
    kind: Option<String>,
    /// A school subject, as events name it.
    subject: Option<String>,
    /// Only what concerns the caller.
    mine: Option<bool>,
}

/// A part of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct Calendar {
    /// Earliest first, 2,000 at most.
    items: Vec<Event>,
    total: usize,
    /// Subjects to choose from.
    subjects: Vec<String>,
}

/// What takes place in a span, as far as the caller may know of it.
#[utoipa::path(
    get,
    path = "/calendar",
    tag = "calendar",
    params(CalendarQuery),
    responses(
        (status = 200, body = Calendar),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "`span_too_long`"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<CalendarQuery>,
) -> ApiResult<Json<Calendar>> {
    let me = caller.person()?;
    if query.to <= query.from {
        return Err(ApiError::field("to", &BACKWARDS));
    }
    if query.to - query.from > LONGEST {
        return Err(ApiError::field("to", &TOO_LONG_SPAN));
    }
    let db = &state.store.db;
    let filter = event::Filter {
        association: query.association_id,
        institution: query.institution_id,
        kinds: kinds(query.kind.as_deref())?,
        subject: query.subject.filter(|subject| !subject.is_empty()),
        mine: query.mine.unwrap_or(false),
        ..event::Filter::between(query.from, query.to)
    };
    let viewer = viewer(&state, me).await?;
    let rows = event::calendar(db, &viewer, &filter).await?;
    let items = Event::many(&state, me, rows).await?;
    Ok(Json(Calendar {
        total: items.len(),
        items,
        subjects: event::subjects(db).await?,
    }))
}

fn kinds(asked: Option<&str>) -> ApiResult<Vec<EventKind>> {
    asked
        .unwrap_or_default()
        .split(',')
        .filter(|name| !name.is_empty())
        .map(|name| EventKind::parse(name).ok_or_else(|| ApiError::field("kind", &UNKNOWN)))
        .collect()
}
