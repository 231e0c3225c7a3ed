//! What the reports of a quarter say beside its figures: cause, corrective action, forecast. A month's
//! report says what its quarter's does.
//!
//! A forecast is computed where the platform counts the value; words speak before it.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{Datelike, NaiveDate};
use kafedra_model::{
    Actor,
    indicator::{self as rules, Evidence, Question, Slice, Value},
    passport::{
        Hundredths,
        remark::{Remark, Subject, is_reported},
    },
    quarter::Quarter,
};
use kafedra_store::{
    actual_value, checkpoint_done, indicator,
    project_remark::{self, Model, Place},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    current::Current,
    facts,
    get::{Project, whole},
    period::{Seal, quarter},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, STALE},
    form::{FUTURE, Form},
    indicator::{settings_of, settle},
    list::List,
    problem::{NOT_FOUND, Problem},
};

/// What is said of one subject in a quarter.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodRemark {
    subject: Subject,
    #[serde(flatten)]
    remark: Remark,
    /// Where the platform's own figure will stand on 31 December at the pace of the year so far;
    /// hundredths.
    #[schema(required)]
    computed_forecast: Option<Hundredths>,
    /// To be sent back with an edit; 0 where nothing was written yet.
    version: i32,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemarkEdit {
    subject: Subject,
    /// Of the deviation; up to 1000 characters, as each of the texts.
    #[serde(default)]
    cause: String,
    #[serde(default)]
    corrective_action: String,
    /// In place of the computed one.
    #[serde(default)]
    forecast: String,
    /// That the editor saw.
    version: i32,
    /// Why a signed period is corrected.
    #[serde(default)]
    reason: String,
}

/// What is written for a quarter, by subject.
pub async fn of_quarter(
    db: &impl ConnectionTrait,
    current: &Current,
    quarter: Quarter,
) -> ApiResult<Vec<(Subject, Model)>> {
    let rows = project_remark::of_project(db, current.id()).await?;
    let mut of_quarter: Vec<(Subject, Model)> = rows
        .into_iter()
        .filter(|row| row.quarter() == Some(quarter))
        .filter_map(|row| Some((row.subject()?, row)))
        .collect();
    of_quarter.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(of_quarter)
}

/// Where the indicators that the platform counts will stand at the end of the quarter's year, by
/// ordinal: as of the quarter's last day, or of `day` while it runs. None for what was entered by
/// hand, and none on the year's last day.
pub async fn forecasts(
    state: &AppState,
    current: &Current,
    quarter: Quarter,
    day: NaiveDate,
) -> ApiResult<BTreeMap<u32, Value>> {
    let day = day.min(quarter.last_day());
    let is_last = (day.month(), day.day()) == (12, 31);
    let mut forecasts = BTreeMap::new();
    if day < quarter.first_day() || is_last {
        return Ok(forecasts);
    }
    let db = &state.store.db;
    let settings = settings_of(db).await?;
    settle(state, Evidence::Dissemination).await?;
    for one in &current.passport.indicators {
        let Some(definition) = facts::definition(one) else {
            continue;
        };
        let place = actual_value::Place {
            project: current.id(),
            ordinal: one.ordinal,
            quarter,
        };
        if actual_value::find(db, place).await?.is_some() {
            continue;
        }
        let question = Question {
            definition,
            day,
            slice: Slice::default(),
            without_parental_leave: false,
            settings: settings.clone(),
        };
        let facts = indicator::facts(db, &question).await?;
        // A city's records take some tens of milliseconds: not on the threads that serve everybody.
        let forecast = tokio::task::spawn_blocking(move || rules::forecast(&facts, &question))
            .await
            .map_err(ApiError::internal)?;
        if let Some(pace) = forecast.pace {
            forecasts.insert(one.ordinal, pace);
        }
    }
    Ok(forecasts)
}

/// Every subject that the quarter's report tells of: indicators, checkpoints, the budget; and any
/// other of which something was written.
async fn subjects(
    db: &impl ConnectionTrait,
    current: &Current,
    quarter: Quarter,
) -> ApiResult<Vec<Subject>> {
    let days = (quarter.first_day(), quarter.last_day());
    let done: BTreeMap<String, NaiveDate> = checkpoint_done::of_project(db, current.id())
        .await?
        .into_iter()
        .map(|row| (row.checkpoint, row.done_on))
        .collect();
    let indicators = current.passport.indicators.iter();
    let indicators = indicators.map(|one| Subject::Indicator {
        ordinal: one.ordinal,
    });
    let checkpoints = current.passport.checkpoints().filter(|one| {
        let done_on = done.get(&one.number).copied();
        is_reported(days, one.end.last_day(), done_on)
    });
    let checkpoints = checkpoints.map(|one| Subject::Checkpoint {
        number: one.number.clone(),
    });
    Ok(indicators
        .chain(checkpoints)
        .chain([Subject::Budget])
        .collect())
}

/// What the report of a quarter says beside its figures, one item a subject. Everyone signed in reads
/// it.
#[utoipa::path(
    get,
    path = "/project/periods/{year}/{quarter}/remarks",
    tag = "project",
    params(("year" = i32, Path), ("quarter" = u32, Path)),
    responses(
        (status = 200, body = List<PeriodRemark>),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Path((year, number)): Path<(String, String)>,
) -> ApiResult<Json<List<PeriodRemark>>> {
    caller.person()?;
    let quarter = quarter(&year, &number)?;
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let today = state.today();
    let mut forecasts = forecasts(&state, &current, quarter, today).await?;
    let written = of_quarter(db, &current, quarter).await?;
    let mut subjects = subjects(db, &current, quarter).await?;
    for (subject, _) in &written {
        if !subjects.contains(subject) && subject.is_of(&current.passport) {
            subjects.push(subject.clone());
        }
    }
    let items: Vec<PeriodRemark> = subjects
        .into_iter()
        .map(|subject| {
            let row = written.iter().find(|(of, _)| *of == subject);
            let forecast = match &subject {
                Subject::Indicator { ordinal } => forecasts.remove(ordinal),
                _ => None,
            };
            PeriodRemark {
                subject,
                remark: row.map(|(_, row)| row.remark()).unwrap_or_default(),
                computed_forecast: forecast.map(Value::rounded),
                version: row.map_or(0, |(_, row)| row.version),
            }
        })
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// Writes what is said of one subject in a quarter that has begun; in a signed quarter this is a
/// correction. Executors of the project may: officials of the committee, methodologists and
/// administrators.
#[utoipa::path(
    put,
    path = "/project/periods/{year}/{quarter}/remarks",
    tag = "project",
    params(("year" = i32, Path), ("quarter" = u32, Path)),
    request_body = RemarkEdit,
    responses(
        (status = 200, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale` with what was written as `current`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path((year, number)): Path<(String, String)>,
    Body(edit): Body<RemarkEdit>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let quarter = quarter(&year, &number)?;
    let now = state.clock.now();
    let mut form = Form::default();
    let remark = Remark {
        cause: form.optional_line("cause", &edit.cause, 1_000),
        corrective_action: form.optional_line("correctiveAction", &edit.corrective_action, 1_000),
        forecast: form.optional_line("forecast", &edit.forecast, 1_000),
    };
    if quarter.first_day() > state.day(now) {
        form.refuse("quarter", &FUTURE);
    }
    form.done()?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    if !edit.subject.is_of(&current.passport) {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let seal = Seal::of(&db, &current, quarter, me, &edit.reason, now).await?;
    let place = Place {
        project: current.id(),
        quarter,
        subject: edit.subject,
    };
    let written = project_remark::put(&db, &place, remark, edit.version, me.person.id, now).await?;
    if !written {
        drop(db);
        return Err(stale(&state, &current, &place).await?);
    }
    seal.renew(&db, &current).await?;
    db.commit().await?;
    whole(&state, &caller).await
}

/// Another edit came first: what it wrote goes along.
async fn stale(state: &AppState, current: &Current, place: &Place) -> ApiResult<ApiError> {
    let written = of_quarter(&state.store.db, current, place.quarter).await?;
    let theirs = written.into_iter().find(|(of, _)| *of == place.subject);
    Ok(match theirs {
        Some((subject, row)) => ApiError::new(&STALE).with_current(&PeriodRemark {
            subject,
            remark: row.remark(),
            computed_forecast: None,
            version: row.version,
        }),
        None => ApiError::new(&STALE),
    })
}
