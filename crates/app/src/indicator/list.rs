//! The figures themselves.

use axum::{Json, extract::State};
use chrono::{Datelike, NaiveDate};
use kafedra_model::{
    indicator::{Evidence, Known, Settings, Slice, Value},
    passport::{Indicator, Passport},
    quarter::Quarter,
    traffic_light::{Thresholds, TrafficLight},
};
use kafedra_store::{
    indicator::{self, Count},
    indicator_signature,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asked, IndicatorUnit, passport, settings_of, settle, shown};
use crate::{ApiResult, AppState, Caller, extract::Params, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorList {
    day: NaiveDate,
    /// The caller may sign quarters.
    may_sign: bool,
    /// The three of the passport, then how many of each group were trained.
    items: Vec<IndicatorFigure>,
}

/// One indicator on the day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorFigure {
    key: Known,
    /// In the passport; null for what it has no plan for.
    #[schema(required)]
    ordinal: Option<u32>,
    unit: IndicatorUnit,
    /// Hundredths: 88% is 8800, 7 is 700. Null where there is nobody to count.
    #[schema(required)]
    value: Option<i64>,
    counted: i64,
    members: i64,
    /// The same without those on parental leave; null for institutions.
    #[schema(required)]
    without_parental_leave: Option<i64>,
    /// For the quarter of the day.
    #[schema(required)]
    plan: Option<i64>,
    light: TrafficLight,
    #[schema(required)]
    base_year: Option<i32>,
    #[schema(required)]
    base_value: Option<i64>,
    /// Of the day's year; those to come have a plan alone.
    quarters: Vec<QuarterFigure>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarterFigure {
    year: i32,
    quarter: u32,
    #[schema(required)]
    plan: Option<i64>,
    #[schema(required)]
    value: Option<i64>,
    counted: i64,
    members: i64,
    light: TrafficLight,
    /// Of the signature in force; 0 where nobody has signed, and for a part of the city.
    revision: i32,
    /// Over, and not signed yet.
    to_sign: bool,
}

/// The indicators on a day, for the city or a part of it, quarter by quarter. A signed quarter shows
/// what was signed; others follow the records as they stand.
#[utoipa::path(
    get,
    path = "/indicators",
    tag = "indicators",
    params(Asked),
    responses((status = 200, body = IndicatorList), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> ApiResult<Json<IndicatorList>> {
    let may_sign = caller.actor()?.signs_quarters();
    let day = asked.day(&state);
    let settings = settings_of(&state.store.db).await?;
    let passport = passport(&state.store.db).await?;
    settle(&state, Evidence::Dissemination).await?;
    let mut items = Vec::new();
    for known in Known::ALL {
        items.push(figure(&state, &asked, known, day, &settings, passport.as_ref()).await?);
    }
    Ok(Json(IndicatorList {
        day,
        may_sign,
        items,
    }))
}

async fn figure(
    state: &AppState,
    asked: &Asked,
    known: Known,
    day: NaiveDate,
    settings: &Settings,
    passport: Option<&Passport>,
) -> ApiResult<IndicatorFigure> {
    let db = &state.store.db;
    let mut question = asked.question(known, day, settings.clone());
    let base = question.definition.base;
    let unit = IndicatorUnit::of(base);
    let planned = planned(known, unit, passport);
    let count = indicator::city(db, &question).await?;
    let value = count.value(base);
    let quarters = match known.ordinal() {
        Some(_) => quarters(state, asked, known, day, settings, planned, count).await?,
        None => Vec::new(),
    };
    question.without_parental_leave = true;
    let without = if known == Known::Equipment {
        None
    } else {
        indicator::city(db, &question).await?.value(base)
    };
    let plan = planned.and_then(|one| one.planned(Quarter::of(day)));
    Ok(IndicatorFigure {
        key: known,
        ordinal: known.ordinal(),
        unit,
        value: shown(value),
        counted: count.counted,
        members: count.members,
        without_parental_leave: shown(without),
        plan,
        light: Thresholds::default().indicator(value, plan),
        base_year: planned.map(|one| one.base_year),
        base_value: planned.map(|one| one.base_value),
        quarters,
    })
}

/// The passport's own row for an indicator, where its unit is the same.
fn planned(known: Known, unit: IndicatorUnit, passport: Option<&Passport>) -> Option<&Indicator> {
    let ordinal = known.ordinal()?;
    passport?
        .indicators
        .iter()
        .find(|one| one.ordinal == ordinal && unit.fits(one.unit))
}

async fn quarters(
    state: &AppState,
    asked: &Asked,
    known: Known,
    day: NaiveDate,
    settings: &Settings,
    planned: Option<&Indicator>,
    on_the_day: Count,
) -> ApiResult<Vec<QuarterFigure>> {
    let db = &state.store.db;
    let base = known.definition().base;
    // Signatures are of the whole city, everybody in it.
    let whole = asked.slice() == Slice::default() && !asked.without_parental_leave;
    let signed = if whole {
        indicator_signature::history(db, known.as_str(), day.year()..=day.year()).await?
    } else {
        Vec::new()
    };
    let today = state.clock.now().date_naive();
    let mut figures = Vec::new();
    for number in 1..=4 {
        let Some(quarter) = Quarter::new(day.year(), number) else {
            continue;
        };
        let last = signed
            .iter()
            .rfind(|row| row.quarter == i32::try_from(number).unwrap_or_default());
        let count = match last {
            Some(row) => Some(Count {
                members: row.members.into(),
                counted: row.counted.into(),
            }),
            None if Quarter::of(day) == quarter => Some(on_the_day),
            None if quarter.last_day() < day => {
                let question = asked.question(known, quarter.last_day(), settings.clone());
                Some(indicator::city(db, &question).await?)
            }
            None => None,
        };
        let value: Option<Value> = count.and_then(|count| count.value(base));
        let plan = planned.and_then(|one| one.planned(quarter));
        let count = count.unwrap_or_default();
        figures.push(QuarterFigure {
            year: quarter.year,
            quarter: quarter.number,
            plan,
            value: shown(value),
            counted: count.counted,
            members: count.members,
            light: Thresholds::default().indicator(value, plan),
            revision: last.map_or(0, |row| row.revision),
            to_sign: whole && last.is_none() && quarter.last_day() < today,
        });
    }
    Ok(figures)
}
