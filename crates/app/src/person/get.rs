//! One person's card.

use axum::{Json, extract::State};
use kafedra_model::Action;

use super::{Known, Person};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    problem::{FORBIDDEN, Problem},
};

/// One person's card. A look at somebody else's is written to the access log.
#[utoipa::path(
    get,
    path = "/people/{id}",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Person),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Person>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    if !by.reads_person(id, &known.institutions()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if by.person_id != id {
        record(
            &state,
            db,
            Some(by.person_id),
            Action::PersonViewed,
            Some(id),
            "",
        )
        .await?;
    }
    Ok(Json(Person::of(&state, &known, by).await?))
}
