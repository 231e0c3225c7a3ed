//! Actual values that are entered by hand.
//!
//! Invariant: each has evidence, which was added before it.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_model::{
    Actor,
    passport::{Hundredths, Indicator, Unit},
    quarter::Quarter,
};
use kafedra_store::{
    actual_value::{self, Place},
    project_evidence::{self, Proves},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    codes::{VALUE, VALUE_UNPROVED},
    current::Current,
    get::{Project, whole},
    period::{Seal, quarter},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Params},
    form::{FUTURE, Form},
    problem::{NOT_FOUND, Problem},
};

/// A million million, in hundredths.
pub const MOST: Hundredths = 100_000_000_000_000;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ActualValueEdit {
    /// Hundredths: 88% is 8800.
    value: Hundredths,
    /// From which report or register it is, in words; up to 1000 characters.
    #[serde(default)]
    evidence: String,
    /// Why a signed period is corrected.
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Removal {
    /// Why a signed period is corrected.
    pub reason: String,
}

/// What the path names.
pub struct Target<'a> {
    pub place: Place,
    pub indicator: &'a Indicator,
}

/// The value that a path names, or 404.
pub fn target<'a>(
    current: &'a Current,
    (ordinal, quarter): (&str, Quarter),
) -> ApiResult<Target<'a>> {
    let missing = || ApiError::new(&NOT_FOUND);
    let ordinal: u32 = ordinal.parse().map_err(|_| missing())?;
    let indicator = current
        .passport
        .indicators
        .iter()
        .find(|one| one.ordinal == ordinal)
        .ok_or_else(missing)?;
    Ok(Target {
        place: Place {
            project: current.id(),
            ordinal,
            quarter,
        },
        indicator,
    })
}

/// Enters what an indicator came to in a quarter, once evidence of it was added; in a signed quarter
/// this is a correction. Executors of the project may: officials of the committee, methodologists and
/// administrators.
#[utoipa::path(
    put,
    path = "/project/actual-values/{ordinal}/{year}/{quarter}",
    tag = "project",
    params(("ordinal" = u32, Path), ("year" = i32, Path), ("quarter" = u32, Path)),
    request_body = ActualValueEdit,
    responses(
        (status = 200, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.value_unproved`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path((ordinal, year, number)): Path<(String, String, String)>,
    Body(edit): Body<ActualValueEdit>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let quarter = quarter(&year, &number)?;
    let now = state.clock.now();
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let target = target(&current, (&ordinal, quarter))?;
    let mut form = Form::default();
    let evidence = form.optional_line("evidence", &edit.evidence, 1_000);
    let most = match target.indicator.unit {
        Unit::Percent => 10_000,
        Unit::Count => MOST,
    };
    if !(0..=most).contains(&edit.value) {
        form.refuse("value", &VALUE);
    }
    if quarter.first_day() > state.day(now) {
        form.refuse("quarter", &FUTURE);
    }
    form.done()?;
    let seal = Seal::of(&db, &current, quarter, me, &edit.reason, now).await?;
    if project_evidence::count(&db, &Proves::Value(target.place)).await? == 0 {
        return Err(ApiError::new(&VALUE_UNPROVED));
    }
    let typed = (edit.value, evidence);
    actual_value::put(&db, target.place, typed, me.person.id, now).await?;
    seal.renew(&db, &current).await?;
    db.commit().await?;
    whole(&state, &caller).await
}

/// Takes an entered value away; what the platform counts speaks again.
#[utoipa::path(
    delete,
    path = "/project/actual-values/{ordinal}/{year}/{quarter}",
    tag = "project",
    params(("ordinal" = u32, Path), ("year" = i32, Path), ("quarter" = u32, Path), Removal),
    responses(
        (status = 200, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Path((ordinal, year, number)): Path<(String, String, String)>,
    Params(asked): Params<Removal>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let quarter = quarter(&year, &number)?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let place = target(&current, (&ordinal, quarter))?.place;
    let now = state.clock.now();
    let seal = Seal::of(&db, &current, quarter, me, &asked.reason, now).await?;
    if !actual_value::remove(&db, place).await? {
        return Err(ApiError::new(&NOT_FOUND));
    }
    seal.renew(&db, &current).await?;
    db.commit().await?;
    whole(&state, &caller).await
}
