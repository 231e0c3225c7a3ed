//! Imports that were run.

use axum::{Json, extract::State};
use kafedra_model::Actor;
use kafedra_store::import as imports;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Import, views};
use crate::{
    ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging},
    problem::Problem,
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Page {
    page: Option<u64>,
    per_page: Option<u64>,
}

/// Imports that were run, the latest first: everybody's for the keepers of the city's register, for
/// others their own.
#[utoipa::path(
    get,
    path = "/imports",
    tag = "import",
    params(Page),
    responses(
        (status = 200, body = List<Import>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(page): Params<Page>,
) -> ApiResult<Json<List<Import>>> {
    let me = caller.allowed(Actor::keeps_somewhere)?;
    let paging = Paging::new(page.page, page.per_page);
    let own = (!me.actor.keeps_city_register()).then_some(me.person.id);
    let (rows, total) = imports::list(&state.store.db, own, paging.slice()).await?;
    Ok(Json(paging.list(views(&state, rows).await?, total)))
}
