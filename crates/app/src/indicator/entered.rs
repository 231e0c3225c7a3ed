//! Values that are entered by hand for an indicator of the installation's own, with evidence.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use kafedra_model::{
    indicator::Source,
    passport::{Hundredths, Unit},
    quarter::Quarter,
};
use kafedra_store::{
    own_indicator_value::{self, Entered, Model},
    person,
};
use sea_orm::SqlErr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::named;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, STALE},
    form::{FUTURE, Form},
    list::List,
    problem::{MALFORMED, NOT_FOUND, Problem},
    project::{MOST, VALUE},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IndicatorValueDraft {
    year: i32,
    #[schema(minimum = 1, maximum = 4)]
    quarter: u32,
    /// Hundredths: 88% is 8800.
    value: Hundredths,
    /// From which report or register it is; up to 1000 characters.
    evidence: String,
    /// The revision that was seen; 0 where there was none.
    seen_revision: i32,
    /// Why it is corrected; up to 500 characters, needed from the second revision on.
    #[serde(default)]
    reason: String,
}

/// A value that was entered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorValue {
    year: i32,
    quarter: i32,
    revision: i32,
    /// Hundredths.
    value: Hundredths,
    evidence: String,
    reason: String,
    entered_by: String,
    entered_at: DateTime<Utc>,
}

fn view(row: Model, entered_by: String) -> IndicatorValue {
    IndicatorValue {
        year: row.year,
        quarter: row.quarter,
        revision: row.revision,
        value: row.value,
        evidence: row.evidence,
        reason: row.reason,
        entered_by,
        entered_at: row.entered_at,
    }
}

/// Enters what an indicator came to in a quarter, or corrects it with a reason. Officials of the
/// committee, methodologists and administrators may; only those who sign quarters correct.
#[utoipa::path(
    post,
    path = "/indicators/{key}/values",
    tag = "indicators",
    params(("key" = String, Path)),
    request_body = IndicatorValueDraft,
    responses(
        (status = 201, body = IndicatorValue),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem),
    )
)]
pub async fn enter(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Body(draft): Body<IndicatorValueDraft>,
) -> ApiResult<(StatusCode, Json<IndicatorValue>)> {
    let is_correction = draft.seen_revision > 0;
    let me = caller.allowed(|by| match is_correction {
        true => by.signs_quarters(),
        false => by.executes_project(),
    })?;
    let quarter =
        Quarter::new(draft.year, draft.quarter).ok_or_else(|| ApiError::new(&MALFORMED))?;
    let now = state.clock.now();
    let change = state.store.write().await?;
    let row = named::own(&change, &key).await?;
    let indicator = row.id;
    let Source::Entered(unit) = named::Indicator::try_from(row)?.source else {
        return Err(ApiError::new(&NOT_FOUND));
    };
    let mut form = Form::default();
    let evidence = form.line("evidence", &draft.evidence, 1_000);
    let reason = match is_correction {
        true => form.line("reason", &draft.reason, 500),
        false => String::new(),
    };
    let most = match unit {
        Unit::Percent => 10_000,
        Unit::Count => MOST,
    };
    if !(0..=most).contains(&draft.value) {
        form.refuse("value", &VALUE);
    }
    if quarter.first_day() > state.day(now) {
        form.refuse("quarter", &FUTURE);
    }
    form.done()?;
    let rows = own_indicator_value::of_indicator(&change, indicator).await?;
    let last = rows.iter().rfind(|row| row.is_of(quarter));
    if last.map_or(0, |row| row.revision) != draft.seen_revision {
        return Err(ApiError::new(&STALE));
    }
    let entered = Entered {
        revision: draft.seen_revision + 1,
        value: draft.value,
        evidence,
        reason,
        by: me.person.id,
        at: now,
    };
    let row = own_indicator_value::create(&change, indicator, quarter, entered)
        .await
        .map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::new(&STALE),
            _ => error.into(),
        })?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(view(row, me.person.full_name()))))
}

/// Every revision of its entered values, the quarters in their order.
#[utoipa::path(
    get,
    path = "/indicators/{key}/values",
    tag = "indicators",
    params(("key" = String, Path)),
    responses(
        (status = 200, body = List<IndicatorValue>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn history(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
) -> ApiResult<Json<List<IndicatorValue>>> {
    caller.person()?;
    let db = &state.store.db;
    let row = named::own(db, &key).await?;
    let rows = own_indicator_value::of_indicator(db, row.id).await?;
    let people = person::named(db, rows.iter().map(|row| row.entered_by)).await?;
    let items: Vec<IndicatorValue> = rows
        .into_iter()
        .map(|row| {
            let by = people.iter().find(|one| one.id == row.entered_by);
            let name = by.map(person::Model::full_name).unwrap_or_default();
            view(row, name)
        })
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}
