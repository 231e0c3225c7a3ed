//! The register of room kits.

use axum::{Json, extract::State};
use kafedra_store::kit;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Kit, views};
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
    /// Words that the name or the place must hold.
    q: Option<String>,
    institution_id: Option<Uuid>,
    /// Archived kits instead of living ones.
    archived: Option<bool>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// Room kits of the city; whoever plans an event chooses among them.
#[utoipa::path(
    get,
    path = "/kits",
    tag = "kits",
    params(Query),
    responses((status = 200, body = List<Kit>), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<Kit>>> {
    caller.person()?;
    let filter = kit::Filter {
        words: query.q.unwrap_or_default(),
        institution: query.institution_id,
        archived: query.archived.unwrap_or(false),
    };
    let rows = kit::list(&state.store.db, &filter).await?;
    let total = rows.len() as u64;
    let paging = Paging::new(query.page, query.per_page);
    let slice = paging.slice();
    let page = rows
        .into_iter()
        .skip(usize::try_from(slice.offset).unwrap_or(usize::MAX))
        .take(usize::try_from(slice.limit).unwrap_or(usize::MAX))
        .collect();
    let items = views(&state, &caller, page).await?;
    Ok(Json(paging.list(items, total)))
}
