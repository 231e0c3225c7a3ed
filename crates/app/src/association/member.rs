//! Who belongs to an association.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_store::{association_member, person};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    existing,
    get::{AssociationPage, page},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::BACKWARDS,
    extract::{Body, Ids},
    problem::{FORBIDDEN, NOT_FOUND, Problem},
};

#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Membership {
    /// Today when left out.
    since: Option<NaiveDate>,
    /// The last day; left out while it lasts.
    until: Option<NaiveDate>,
}

/// Makes somebody a member, or changes since when and until when they are; for whoever leads
/// the association.
#[utoipa::path(
    put,
    path = "/associations/{id}/members/{personId}",
    tag = "association",
    params(("id" = Uuid, Path), ("personId" = Uuid, Path)),
    request_body = Membership,
    responses(
        (status = 200, body = AssociationPage),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, person): Ids,
    Body(asked): Body<Membership>,
) -> ApiResult<Json<AssociationPage>> {
    let db = &state.store.db;
    let actor = caller.actor()?;
    let association = existing(&state, id).await?;
    if !actor.leads_association(id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    person::find(db, person)
        .await?
        .filter(|person| person.archived_at.is_none())
        .ok_or(&NOT_FOUND)?;
    let since = asked.since.unwrap_or(state.today());
    if asked.until.is_some_and(|until| until < since) {
        return Err(ApiError::field("until", &BACKWARDS));
    }
    association_member::put(db, id, person, since, asked.until).await?;
    Ok(Json(page(&state, association, actor).await?))
}

/// Takes somebody out of an association as if they had never belonged to it; who leaves it gets
/// a last day instead.
#[utoipa::path(
    delete,
    path = "/associations/{id}/members/{personId}",
    tag = "association",
    params(("id" = Uuid, Path), ("personId" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, person): Ids,
) -> ApiResult<StatusCode> {
    let actor = caller.actor()?;
    existing(&state, id).await?;
    if !actor.leads_association(id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if association_member::remove(&state.store.db, id, person).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::new(&NOT_FOUND))
    }
}
