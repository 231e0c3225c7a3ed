//! Taking a role away.

use axum::{extract::State, http::StatusCode};
use kafedra_model::{Action, Role};
use kafedra_store::role_grant;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    person::LAST_ADMINISTRATOR,
    problem::{FORBIDDEN, NOT_FOUND, Problem},
};

/// Takes a role away. The city never loses its last administrator.
#[utoipa::path(
    delete,
    path = "/grants/{id}",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 204, description = "Taken away"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`person.last_administrator`"),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let by = &caller.allowed(|by| by.keeps_city_register())?.actor;
    let db = &state.store.db;
    let row = role_grant::find(db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let may = match row.grant() {
        Some(grant) => by.may_grant(grant),
        None => by.is_administrator(),
    };
    if !may {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let change = state.store.write().await?;
    if row.role == Role::Administrator.as_str()
        && role_grant::other_holders(&change, Role::Administrator, row.person_id).await? == 0
    {
        return Err(ApiError::new(&LAST_ADMINISTRATOR));
    }
    if !role_grant::delete(&change, id).await? {
        return Err(ApiError::new(&NOT_FOUND));
    }
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::GrantTaken,
        Some(row.person_id),
        row.role,
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
