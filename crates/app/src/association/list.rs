//! The city's associations.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kafedra_store::{association, association_member, event};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Association, leaders, year::year_of};
use crate::{ApiResult, AppState, Caller, extract::Params, list::List, problem::Problem};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Archived associations instead of those at work.
    archived: Option<bool>,
}

/// Associations by name, all at once: a city has a few dozen.
#[utoipa::path(
    get,
    path = "/associations",
    tag = "association",
    params(Query),
    responses((status = 200, body = List<Association>), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<Association>>> {
    let actor = caller.actor()?;
    let db = &state.store.db;
    let today = state.today();
    let rows = association::list(db, query.archived.unwrap_or(false)).await?;
    let people = leaders(db, &rows).await?;
    let members: HashMap<_, _> = association_member::counts(db, today)
        .await?
        .into_iter()
        .collect();
    let (from, to) = year_of(today);
    let meetings: HashMap<_, _> = event::meeting_counts(db, from, to)
        .await?
        .into_iter()
        .collect();
    let items: Vec<Association> = rows
        .into_iter()
        .map(|row| {
            let count = |of: &HashMap<_, i64>| of.get(&row.id).copied().unwrap_or(0);
            let counts = [count(&members), count(&meetings)];
            Association::of(row, &people, counts, actor)
        })
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}
