//! The register of institutions.

use axum::{Json, extract::State};
use kafedra_store::{
    employment,
    institution::{self, Sort},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Institution;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging, sorting},
    problem::{Problem, UNKNOWN},
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Words that the name must hold; case and «ё» do not matter.
    q: Option<String>,
    /// Archived institutions instead of living ones.
    archived: Option<bool>,
    /// `name`, `kind` or `people`; with a minus before it, backwards.
    sort: Option<String>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// Institutions, with how many people work there.
#[utoipa::path(
    get,
    path = "/institutions",
    tag = "institutions",
    params(Query),
    responses((status = 200, body = List<Institution>), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<Institution>>> {
    caller.person()?;
    let db = &state.store.db;
    let paging = Paging::new(query.page, query.per_page);
    let today = state.today();
    let (asked, backwards) = sorting(query.sort.as_deref());
    let sort = match asked {
        "" | "name" => Sort::Name,
        "kind" => Sort::Kind,
        "people" => Sort::People(today),
        _ => return Err(ApiError::field("sort", &UNKNOWN)),
    };
    let filter = institution::Filter {
        words: query.q.unwrap_or_default(),
        archived: query.archived.unwrap_or(false),
        sort,
        backwards,
    };
    let (rows, total) = institution::list(db, &filter, paging.slice()).await?;
    let ids = rows.iter().map(|row| row.id).collect();
    let people = employment::headcounts(db, ids, today).await?;
    let items = rows
        .into_iter()
        .map(|row| {
            let count = people.get(&row.id).copied().unwrap_or(0);
            Institution::of(row, Some(count))
        })
        .collect();
    Ok(Json(paging.list(items, total)))
}
