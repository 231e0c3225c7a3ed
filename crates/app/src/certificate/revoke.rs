//! Revoking a certificate.

use axum::{Json, extract::State};
use kafedra_store::certificate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Certificate, REVOKED};
use crate::{
    ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    form::Form,
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct Revocation {
    /// 1 to 300 characters, shown on the public page.
    reason: String,
}

/// Revokes a certificate, with a reason; those who may change its event may. It stays to be found
/// by its code, as revoked.
#[utoipa::path(
    post,
    path = "/certificates/{id}/revoke",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    request_body = Revocation,
    responses(
        (status = 200, body = Certificate),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`certificate.revoked`"),
        (status = 422, body = Problem),
    )
)]
pub async fn revoke(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(asked): Body<Revocation>,
) -> ApiResult<Json<Certificate>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let row = certificate::find(db, id).await?.ok_or(&NOT_FOUND)?;
    Standing::changing(&state, &caller, row.event_id).await?;
    let mut form = Form::default();
    let reason = form.line("reason", &asked.reason, 300);
    form.done()?;
    let row = certificate::revoke(db, id, me, reason, state.clock.now())
        .await?
        .ok_or(&REVOKED)?;
    Ok(Json(Certificate::of(&state, row)))
}
