//! How long each person was at an event that is over: what certificates, minutes and the pages of
//! teachers and schools are made from.
//!
//! The counting is [`report`]'s; here it is asked for people of the register alone. What it came to is
//! kept in `kafedra_store::attendance` for whatever looks at many events at once; [`settle`] keeps it
//! up to date.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use kafedra_store::{attendance, event, room};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{ApiResult, AppState, presence::report};

const PERIOD: Duration = Duration::from_secs(60);

/// An event as it was held.
#[derive(Debug, Clone, Default)]
pub struct Attendance {
    /// The day it began, in its own zone; `None` while it is not over, or when nobody came.
    pub held_on: Option<NaiveDate>,
    /// What counts of it, in seconds.
    pub duration: i64,
    /// Seconds of presence by person.
    pub seconds: HashMap<Uuid, i64>,
}

/// The attendance of one event.
///
/// # Errors
///
/// A database that is away.
pub async fn of(state: &AppState, event: &event::Model) -> ApiResult<Attendance> {
    let db = &state.store.db;
    let rooms = room::of_events(db, [event.id]).await?;
    let goes_on = |room: &room::Model| room.started_at.is_some() && room.ended_at.is_none();
    if rooms.iter().any(goes_on) {
        return Ok(Attendance::default());
    }
    let report = report::of(db, event, state.clock.now()).await?;
    let Some(started_at) = report.started_at else {
        return Ok(Attendance::default());
    };
    Ok(Attendance {
        held_on: Some(local_day(event, started_at)),
        duration: report.seconds,
        seconds: report
            .items
            .into_iter()
            .filter_map(|one| Some((one.person_id?, one.seconds)))
            .collect(),
    })
}

/// Counts events that are over and were not counted yet, or where something has changed since, and from
/// how many institutions listeners came: figures are made from what was counted. Whether any event was
/// counted.
///
/// # Errors
///
/// A database that is away.
pub async fn settle(state: &AppState) -> ApiResult<bool> {
    let stale = attendance::stale(&state.store.db).await?;
    let counted = !stale.is_empty();
    count(state, stale).await?;
    let untold = attendance::without_reach(&state.store.db).await?;
    if !untold.is_empty() {
        let change = state.store.write().await?;
        attendance::tell_reach(&change, &untold).await?;
        change.commit().await?;
    }
    Ok(counted)
}

/// The same for some events, by their ids.
///
/// # Errors
///
/// A database that is away.
pub async fn settle_some(state: &AppState, events: &[Uuid]) -> ApiResult<()> {
    let stale = attendance::stale_among(&state.store.db, events).await?;
    count(state, stale).await
}

/// How long the media server may take to tell who came and left, after a room was closed.
const GOODBYES: TimeDelta = TimeDelta::seconds(30);

async fn count(state: &AppState, stale: Vec<Uuid>) -> ApiResult<()> {
    let db = &state.store.db;
    for id in stale {
        // One at a time: of two who need the same the second finds it counted.
        let _turn = state.counting.lock().await;
        if attendance::stale_among(db, &[id]).await?.is_empty() {
            continue;
        }
        let Some(event) = event::Entity::find_by_id(id).one(db).await? else {
            continue;
        };
        // What changes while this lasts is counted again, and so is what was told late.
        let as_of = state.clock.now() - GOODBYES;
        let counted = of(state, &event).await?;
        let day = counted
            .held_on
            .unwrap_or_else(|| local_day(&event, event.starts_at));
        let seconds = counted.held_on.map_or(0, |_| counted.duration);
        let change = state.store.write().await?;
        attendance::replace(&change, id, day, seconds, counted.seconds, as_of).await?;
        change.commit().await?;
    }
    Ok(())
}

/// Keeps what is counted up to date for as long as the application runs, so that pages need not wait
/// for it; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = settle(&state).await {
            let code = error.code.code;
            tracing::warn!(code, "events that are over could not be counted");
        }
    }
}

/// The calendar day of a moment where the event takes place; by UTC for a zone that is not known.
pub fn local_day(event: &event::Model, moment: DateTime<Utc>) -> NaiveDate {
    local(event, moment).date()
}

/// «15:00», by the same clock.
pub fn local_time(event: &event::Model, moment: DateTime<Utc>) -> String {
    local(event, moment).format("%H:%M").to_string()
}

fn local(event: &event::Model, moment: DateTime<Utc>) -> NaiveDateTime {
    event
        .timezone
        .parse::<chrono_tz::Tz>()
        .map_or(moment.naive_utc(), |zone| {
            moment.with_timezone(&zone).naive_local()
        })
}
