//! The figures themselves.

use axum::{Json, extract::State};
use chrono::{Datelike, NaiveDate};
use futures_util::future::try_join_all;
use kafedra_model::{
    indicator::{Definition, Evidence, Question, Settings, Slice, Source, Value},
    passport::{Indicator as Planned, Passport, Unit},
    quarter::Quarter,
    traffic_light::TrafficLight,
};
use kafedra_store::{
    indicator::{self, Count},
    indicator_signature, own_indicator_value,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Asked,
    named::{self, Indicator},
    passport, settings_of, settle, shown,
};
use crate::{ApiResult, AppState, Caller, extract::Params, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorList {
    day: NaiveDate,
    /// The caller may sign quarters.
    may_sign: bool,
    /// The caller may enter values of those that are not counted.
    may_enter: bool,
    /// The three of the passport, how many of each group were trained, then the installation's own.
    items: Vec<IndicatorFigure>,
}

/// One indicator on the day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorFigure {
    key: String,
    /// Of the installation's own; null for those that every installation has.
    #[schema(required)]
    name: Option<String>,
    /// In the passport; null for what it has no plan for.
    #[schema(required)]
    ordinal: Option<u32>,
    source: Source,
    unit: Unit,
    /// Hundredths: 88% is 8800, 7 is 700. Null where there is nobody to count, or nothing entered.
    #[schema(required)]
    value: Option<i64>,
    /// 0 of 0 where the value is entered.
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
    let me = caller.actor()?;
    let day = asked.day(&state);
    let db = &state.store.db;
    let settings = settings_of(db).await?;
    let passport = passport(db).await?;
    settle(&state, Evidence::Dissemination).await?;
    let named = named::all(db).await?;
    // Side by side: each asks the database some times, and none waits for another.
    let figures = named.iter().map(|one| {
        let (state, asked, settings, passport) = (&state, &asked, &settings, passport.as_ref());
        async move {
            match &one.source {
                Source::Computed(definition) => {
                    computed(state, asked, (one, definition), day, settings, passport).await
                }
                Source::Entered(_) => entered(state, asked, one, day).await,
            }
        }
    });
    let items = try_join_all(figures.collect::<Vec<_>>()).await?;
    Ok(Json(IndicatorList {
        day,
        may_sign: me.signs_quarters(),
        may_enter: me.executes_project(),
        items,
    }))
}

async fn computed(
    state: &AppState,
    asked: &Asked,
    (one, definition): (&Indicator, &Definition),
    day: NaiveDate,
    settings: &Settings,
    passport: Option<&Passport>,
) -> ApiResult<IndicatorFigure> {
    let db = &state.store.db;
    let question = asked.question(definition, day, settings.clone());
    let base = definition.base;
    let planned = one.planned(passport);
    let (count, present) = indicator::city_and_present(db, &question).await?;
    let value = count.value(base);
    // Coverage has neither a plan nor quarters of its own.
    let quarters = if one.ordinal.is_some() || one.own.is_some() {
        quarters(state, asked, one, &question, planned, count).await?
    } else {
        Vec::new()
    };
    let without = (definition.evidence != Evidence::ReadyKit)
        .then(|| present.value(base))
        .flatten();
    let plan = planned.and_then(|one| one.planned(Quarter::of(day)));
    Ok(IndicatorFigure {
        key: one.key.clone(),
        name: one.own.as_ref().map(|own| own.name.clone()),
        ordinal: one.ordinal,
        source: one.source.clone(),
        unit: one.source.unit(),
        value: shown(value),
        counted: count.counted,
        members: count.members,
        without_parental_leave: shown(without),
        plan,
        light: settings.lights.indicator(value, plan),
        base_year: planned.map(|one| one.base_year),
        base_value: planned.map(|one| one.base_value),
        quarters,
    })
}

/// What was entered last by the day, and in each quarter of its year; it is of the whole city alone.
async fn entered(
    state: &AppState,
    asked: &Asked,
    one: &Indicator,
    day: NaiveDate,
) -> ApiResult<IndicatorFigure> {
    let whole = asked.slice() == Slice::default();
    let rows = match &one.own {
        Some(own) if whole => own_indicator_value::of_indicator(&state.store.db, own.id).await?,
        _ => Vec::new(),
    };
    let mut quarters = Vec::new();
    for number in 1..=4 {
        let Some(quarter) = Quarter::new(day.year(), number) else {
            continue;
        };
        let last = rows.iter().rfind(|row| row.is_of(quarter));
        quarters.push(QuarterFigure {
            year: quarter.year,
            quarter: number,
            plan: None,
            value: last.map(|row| row.value),
            counted: 0,
            members: 0,
            light: TrafficLight::Grey,
            revision: last.map_or(0, |row| row.revision),
            to_sign: false,
        });
    }
    let today = Quarter::of(day);
    let number = i32::try_from(today.number).unwrap_or_default();
    let known = rows
        .iter()
        .rfind(|row| (row.year, row.quarter) <= (today.year, number));
    Ok(IndicatorFigure {
        key: one.key.clone(),
        name: one.own.as_ref().map(|own| own.name.clone()),
        ordinal: None,
        source: one.source.clone(),
        unit: one.source.unit(),
        value: known.map(|row| row.value),
        counted: 0,
        members: 0,
        without_parental_leave: None,
        plan: None,
        light: TrafficLight::Grey,
        base_year: None,
        base_value: None,
        quarters,
    })
}

async fn quarters(
    state: &AppState,
    asked: &Asked,
    one: &Indicator,
    question: &Question,
    planned: Option<&Planned>,
    on_the_day: Count,
) -> ApiResult<Vec<QuarterFigure>> {
    let db = &state.store.db;
    let (base, day) = (question.definition.base, question.day);
    // Signatures are of the whole city, everybody in it.
    let whole = asked.slice() == Slice::default() && !asked.without_parental_leave;
    let signed = if whole {
        indicator_signature::history(db, &one.key, day.year()..=day.year()).await?
    } else {
        Vec::new()
    };
    let today = state.today();
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
                let question = Question {
                    day: quarter.last_day(),
                    ..question.clone()
                };
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
            light: question.settings.lights.indicator(value, plan),
            revision: last.map_or(0, |row| row.revision),
            to_sign: whole && last.is_none() && quarter.last_day() < today,
        });
    }
    Ok(figures)
}
