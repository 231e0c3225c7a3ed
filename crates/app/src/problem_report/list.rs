//! Reading reports.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::Actor;
use kafedra_store::problem_report;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging},
    problem::Problem,
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    page: Option<u64>,
    per_page: Option<u64>,
}

/// A problem that somebody reported.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProblemReport {
    id: Uuid,
    text: String,
    page: String,
    context: String,
    user_agent: String,
    /// Null for guests and people who were not signed in.
    #[schema(required)]
    reporter_id: Option<Uuid>,
    #[schema(required)]
    reporter_name: Option<String>,
    created_at: DateTime<Utc>,
}

/// Reports of problems, the latest first. Administrators only.
#[utoipa::path(
    get,
    path = "/problem-reports",
    tag = "problem-reports",
    params(Query),
    responses(
        (status = 200, body = List<ProblemReport>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<ProblemReport>>> {
    caller.allowed(Actor::is_administrator)?;
    let paging = Paging::new(query.page, query.per_page);
    let (rows, total) = problem_report::list(&state.store.db, paging.slice()).await?;
    let items = rows
        .into_iter()
        .map(|row| ProblemReport {
            id: row.id,
            text: row.text,
            page: row.page,
            context: row.context,
            user_agent: row.user_agent,
            reporter_id: row.person_id,
            reporter_name: Some(row.reporter_name).filter(|name| !name.is_empty()),
            created_at: row.created_at,
        })
        .collect();
    Ok(Json(paging.list(items, total)))
}
