//! The code on a kit's screen that people confirm with their phones.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::kit::{self as pass, PairCode};
use kafedra_store::{event_kit, kit, presence_confirmation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitQr {
    /// What the picture says: the address of the page to confirm on.
    url: String,
    /// When to ask for the next one; this one is accepted for half a minute longer.
    next_at: DateTime<Utc>,
    /// The server's time, for a screen whose clock is wrong.
    now: DateTime<Utc>,
    /// How many people have confirmed before this kit.
    confirmed: u64,
}

/// The code of this half minute, for the kit itself.
#[utoipa::path(
    get,
    path = "/kit/events/{id}/qr",
    tag = "kits",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = KitQr),
        (status = 403, body = Problem, description = "`kit.not_paired`"),
        (status = 404, body = Problem),
    )
)]
pub async fn qr(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<KitQr>> {
    let kit = caller.kit()?;
    let db = &state.store.db;
    let pair = event_kit::find(db, id, kit.id).await?.ok_or(&NOT_FOUND)?;
    let now = state.clock.now();
    let (token, next) = pass::screen(&secret_of(kit)?, code_of(&pair)?, now.timestamp());
    let confirmed = presence_confirmation::by_code(db, id, kit.id).await?;
    Ok(Json(KitQr {
        url: format!("{}/q/{token}", state.settings.public_url),
        next_at: DateTime::from_timestamp(next, 0).unwrap_or(now),
        now,
        confirmed,
    }))
}

/// The key with which a kit's codes are signed.
pub(crate) fn secret_of(kit: &kit::Model) -> ApiResult<Vec<u8>> {
    hex::decode(&kit.secret).map_err(ApiError::internal)
}

/// The stored name of an event and a kit as the codes carry it.
pub(crate) fn code_of(pair: &event_kit::Model) -> ApiResult<PairCode> {
    let mut code = PairCode::default();
    hex::decode_to_slice(&pair.code, &mut code).map_err(ApiError::internal)?;
    Ok(code)
}
