//! One institution.

use axum::{Json, extract::State};
use kafedra_store::employment;

use super::{Institution, existing};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// One institution, with how many people work there.
#[utoipa::path(
    get,
    path = "/institutions/{id}",
    tag = "institutions",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Institution),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Institution>> {
    caller.person()?;
    let row = existing(&state, id).await?;
    let today = state.clock.now().date_naive();
    let people = employment::headcounts(&state.store.db, vec![id], today).await?;
    let count = people.get(&id).copied().unwrap_or(0);
    Ok(Json(Institution::of(row, Some(count))))
}
