//! An indicator by institution.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_model::Actor;
use kafedra_store::{indicator, institution};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Asked, named, settings_of, settle, shown};
use crate::{ApiResult, AppState, Caller, extract::Params, list::List, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorRow {
    institution_id: Uuid,
    /// Short name.
    institution_name: String,
    /// Hundredths.
    #[schema(required)]
    value: Option<i64>,
    counted: i64,
    members: i64,
}

/// The figures of all institutions that have anybody to count, by name; for those who read the
/// city's register.
#[utoipa::path(
    get,
    path = "/indicators/{key}/institutions",
    tag = "indicators",
    params(("key" = String, Path), Asked),
    responses(
        (status = 200, body = List<IndicatorRow>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn institutions(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Params(asked): Params<Asked>,
) -> ApiResult<Json<List<IndicatorRow>>> {
    caller.allowed(Actor::reads_city_register)?;
    let db = &state.store.db;
    let indicator = named::find(db, &key).await?;
    let settings = settings_of(db).await?;
    let question = asked.question(indicator.definition()?, asked.day(&state), settings);
    settle(&state, question.definition.evidence).await?;
    let rows = indicator::by_institution(db, &question).await?;
    let names =
        institution::short_names(db, rows.iter().map(|row| row.institution).collect()).await?;
    let mut items: Vec<IndicatorRow> = rows
        .into_iter()
        .map(|row| {
            let count = indicator::Count {
                members: row.members,
                counted: row.counted,
            };
            IndicatorRow {
                institution_id: row.institution,
                institution_name: names.get(&row.institution).cloned().unwrap_or_default(),
                value: shown(count.value(question.definition.base)),
                counted: row.counted,
                members: row.members,
            }
        })
        .collect();
    items.sort_by_cached_key(|row| kafedra_model::name::fold(&row.institution_name));
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}
