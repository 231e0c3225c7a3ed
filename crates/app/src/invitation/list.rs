//! The links of one's institutions.

use axum::{Json, extract::State};
use kafedra_model::Role;
use kafedra_store::{institution, invitation};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::view::Invitation;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging},
    problem::{FORBIDDEN, Problem},
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Only links into this institution.
    institution_id: Option<Uuid>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// Invitation links that were not revoked, the latest first; a coordinator sees those of the own institution.
#[utoipa::path(
    get,
    path = "/invitations",
    tag = "invitations",
    params(Query),
    responses(
        (status = 200, body = List<Invitation>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<Invitation>>> {
    let by = caller.actor()?;
    let institutions = match query.institution_id {
        Some(id) if by.keeps_institution(id) => Some(vec![id]),
        None if by.keeps_city_register() => None,
        None => Some(by.institutions_as(Role::Coordinator).collect::<Vec<_>>())
            .filter(|own| !own.is_empty()),
        Some(_) => return Err(ApiError::new(&FORBIDDEN)),
    };
    if institutions.is_none() && !by.keeps_city_register() {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let db = &state.store.db;
    let paging = Paging::new(query.page, query.per_page);
    let (rows, total) = invitation::links(db, institutions, paging.slice()).await?;
    let ids = rows.iter().filter_map(|row| row.institution_id).collect();
    let names = institution::short_names(db, ids).await?;
    let now = state.clock.now();
    let items = rows
        .into_iter()
        .map(|row| Invitation::of(row, &names, now, None))
        .collect();
    Ok(Json(paging.list(items, total)))
}
