//! «Моя школа за месяц»: what an institution's people took part in.

use std::collections::{BTreeMap, HashMap, HashSet};

use axum::{Json, extract::State};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use kafedra_model::{EventKind, EventRole};
use kafedra_store::{attendance as counted, certificate, employment, event, event_role, person};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Institution, existing};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    attendance::{self, local_day},
    extract::{Id, Params},
    form::DATE,
    problem::{FORBIDDEN, Problem},
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// «2026-11»; the present month when left out.
    month: Option<String>,
}

/// An institution's month.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionMonth {
    institution: Institution,
    /// «2026-11».
    month: String,
    /// Events where somebody of the institution was present, earliest first.
    events: Vec<MonthEvent>,
    /// Who took part, by name.
    people: Vec<MonthPerson>,
    /// Valid certificates given for the month's events to the institution's people.
    certificates: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthEvent {
    id: Uuid,
    title: String,
    kind: EventKind,
    held_on: NaiveDate,
    /// Of the institution who were present.
    people: usize,
    /// Those of them who spoke.
    speakers: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MonthPerson {
    id: Uuid,
    name: String,
    events: usize,
    /// Of presence in all of them.
    minutes: i64,
    talks: usize,
    certificates: usize,
}

/// What an institution's people took part in within a month; for its director and coordinator and
/// those who read the city's registers.
#[utoipa::path(
    get,
    path = "/institutions/{id}/month",
    tag = "institutions",
    params(("id" = Uuid, Path), Query),
    responses(
        (status = 200, body = InstitutionMonth),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn month(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(query): Params<Query>,
) -> ApiResult<Json<InstitutionMonth>> {
    let me = caller.person()?;
    let institution = existing(&state, id).await?;
    if !me.actor.reads_institution(id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let first = first_day(&state, query.month.as_deref())?;
    let next = first + Months::new(1);
    let db = &state.store.db;
    let staff = employment::staff(db, id, first, next).await?;
    let mut people: BTreeMap<Uuid, MonthPerson> = person::named(db, staff.iter().copied())
        .await?
        .into_iter()
        .map(|person| {
            let row = MonthPerson {
                id: person.id,
                name: person.full_name(),
                events: 0,
                minutes: 0,
                talks: 0,
                certificates: 0,
            };
            (person.id, row)
        })
        .collect();
    // A day around the month: zones differ, the day is settled below.
    let midnight = |day: NaiveDate| {
        DateTime::<Utc>::from_naive_utc_and_offset(day.and_time(NaiveTime::MIN), Utc)
    };
    let events = event::Entity::find()
        .filter(event::Column::StartsAt.gte(midnight(first) - TimeDelta::days(1)))
        .filter(event::Column::StartsAt.lt(midnight(next) + TimeDelta::days(1)))
        .filter(event::Column::CancelledAt.is_null())
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await?;
    let events: Vec<event::Model> = events
        .into_iter()
        .filter(|event| (first..next).contains(&local_day(event, event.starts_at)))
        .collect();
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    attendance::settle_some(&state, &ids).await?;
    let mut held: HashMap<Uuid, _> = counted::of_events(db, &ids)
        .await?
        .into_iter()
        .map(|(tally, there)| (tally.event_id, (tally.held_on, there)))
        .collect();
    let mut rows = Vec::new();
    let mut certificates = 0;
    for event in events {
        let Some((held_on, there)) = held.remove(&event.id) else {
            continue;
        };
        let present: HashMap<Uuid, i64> = there
            .into_iter()
            .map(|row| (row.person_id, row.seconds))
            .filter(|(person, seconds)| *seconds > 0 && people.contains_key(person))
            .collect();
        if present.is_empty() {
            continue;
        }
        let speakers: HashSet<Uuid> = event_role::of_event(db, event.id)
            .await?
            .into_iter()
            .filter(|row| row.role() == Some(EventRole::Speaker))
            .map(|row| row.person_id)
            .filter(|person| present.contains_key(person))
            .collect();
        let mut names = Vec::new();
        for (person, seconds) in &present {
            let Some(row) = people.get_mut(person) else {
                continue;
            };
            row.events += 1;
            row.minutes += seconds / 60;
            if speakers.contains(person) {
                row.talks += 1;
                names.push(row.name.clone());
            }
        }
        names.sort();
        for row in certificate::of_event(db, event.id).await? {
            if let (None, Some(person)) = (row.revoked_at, people.get_mut(&row.person_id)) {
                person.certificates += 1;
                certificates += 1;
            }
        }
        rows.push(MonthEvent {
            id: event.id,
            kind: event.kind(),
            title: event.title,
            held_on,
            people: present.len(),
            speakers: names,
        });
    }
    let mut people: Vec<MonthPerson> = people
        .into_values()
        .filter(|person| person.events > 0)
        .collect();
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(Json(InstitutionMonth {
        institution: Institution::of(institution, None),
        month: format!("{:04}-{:02}", first.year(), first.month()),
        events: rows,
        people,
        certificates,
    }))
}

fn first_day(state: &AppState, month: Option<&str>) -> ApiResult<NaiveDate> {
    let first = match month {
        Some(typed) => NaiveDate::parse_from_str(&format!("{typed}-01"), "%Y-%m-%d").ok(),
        None => state.today().with_day(1),
    };
    first
        .filter(|day| (2000..2100).contains(&day.year()))
        .ok_or_else(|| ApiError::field("month", &DATE))
}
