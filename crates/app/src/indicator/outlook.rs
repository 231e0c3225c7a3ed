//! What would raise a figure, and where it goes.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_model::indicator::{self as rules, Evidence, Reason};
use kafedra_store::indicator;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asked, named, settings_of, settle, shown};
use crate::{ApiError, ApiResult, AppState, Caller, extract::Params, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorOutlook {
    /// Everybody who is not counted stands under one of them, those whose documents expire before
    /// the year's end besides.
    levers: Vec<IndicatorLever>,
    /// On 31 December if nothing more is done; hundredths.
    #[schema(required)]
    floor: Option<i64>,
    /// On 31 December at the pace of the year so far; hundredths.
    #[schema(required)]
    pace: Option<i64>,
    /// People who listened for long enough to events of the year; null for other indicators.
    #[schema(required)]
    reach: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorLever {
    reason: Reason,
    count: usize,
}

/// What would raise an indicator, and its forecast to the year's end.
#[utoipa::path(
    get,
    path = "/indicators/{key}/outlook",
    tag = "indicators",
    params(("key" = String, Path), Asked),
    responses(
        (status = 200, body = IndicatorOutlook),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn outlook(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Params(asked): Params<Asked>,
) -> ApiResult<Json<IndicatorOutlook>> {
    caller.person()?;
    let db = &state.store.db;
    let indicator = named::find(db, &key).await?;
    let settings = settings_of(db).await?;
    let question = asked.question(indicator.definition()?, asked.day(&state), settings);
    let evidence = question.definition.evidence;
    settle(&state, evidence).await?;
    let facts = indicator::facts(db, &question).await?;
    // A city's records take some tens of milliseconds: not on the threads that serve everybody.
    let outlook = tokio::task::spawn_blocking(move || {
        let forecast = rules::forecast(&facts, &question);
        IndicatorOutlook {
            levers: rules::levers(&facts, &question)
                .into_iter()
                .map(|lever| IndicatorLever {
                    reason: lever.reason,
                    count: lever.members.len(),
                })
                .collect(),
            floor: shown(forecast.floor),
            pace: shown(forecast.pace),
            reach: (evidence == Evidence::Dissemination)
                .then(|| rules::reach(&facts, question.day, &question.settings)),
        }
    })
    .await
    .map_err(ApiError::internal)?;
    Ok(Json(outlook))
}
