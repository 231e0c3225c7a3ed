//! How long each person was at an event that is over: what certificates, minutes and the pages of
//! teachers and schools are made from.
//!
//! The counting is [`report`]'s; here it is asked for people of the register alone.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use kafedra_model::presence::Interval;
use kafedra_store::{event, room};
use uuid::Uuid;

use crate::{ApiResult, AppState, presence::report};

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
    let duration = report.minutes * 60;
    Ok(Attendance {
        held_on: Some(local_day(event, started_at)),
        duration,
        seconds: report
            .items
            .into_iter()
            .filter_map(|one| {
                // By the share, which a correction has changed too; a meeting shorter than half a
                // minute has none.
                let seconds = if duration > 0 {
                    (one.share * duration as f64).round() as i64
                } else {
                    one.intervals.iter().map(length).sum()
                };
                Some((one.person_id?, seconds))
            })
            .collect(),
    })
}

/// In whole seconds, one at least.
fn length(interval: &Interval) -> i64 {
    (interval.to - interval.from).num_seconds().max(1)
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
