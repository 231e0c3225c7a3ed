//! A guest's own page, by the secret in its address.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_store::registration;

use super::{
    card::{RegistrationCard, event_of},
    withdraw::leave,
};
use crate::{
    ApiResult, AppState,
    problem::{NOT_FOUND, Problem},
};

/// The registration that a letter's link leads to.
#[utoipa::path(
    get,
    path = "/registrations/by-code/{code}",
    tag = "registration",
    params(("code" = String, Path)),
    responses((status = 200, body = RegistrationCard), (status = 404, body = Problem))
)]
pub async fn get(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<RegistrationCard>> {
    let db = &state.store.db;
    let row = registration::by_code(db, &code).await?.ok_or(&NOT_FOUND)?;
    let (event, room) = event_of(db, &row).await?;
    let card = RegistrationCard::of(&state, db, event, &room, Some(row)).await?;
    Ok(Json(card))
}

/// Withdraws it; doing it twice is no error.
#[utoipa::path(
    delete,
    path = "/registrations/by-code/{code}",
    tag = "registration",
    params(("code" = String, Path)),
    responses((status = 200, body = RegistrationCard), (status = 404, body = Problem))
)]
pub async fn withdraw(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<RegistrationCard>> {
    let db = &state.store.db;
    let row = registration::by_code(db, &code).await?.ok_or(&NOT_FOUND)?;
    let (event, room) = event_of(db, &row).await?;
    leave(&state, event, room, row).await.map(Json)
}
