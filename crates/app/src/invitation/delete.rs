//! Revoking a link.

use axum::{extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::invitation::{self, Kind};

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

/// Revokes a link; who joined by it stays.
#[utoipa::path(
    delete,
    path = "/invitations/{id}",
    tag = "invitations",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 204, description = "Revoked"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    caller.actor()?;
    let db = &state.store.db;
    let row = invitation::find(db, id)
        .await?
        .filter(|row| row.kind == Kind::Link.as_str())
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let by = caller
        .allowed(|by| {
            row.institution_id
                .is_some_and(|id| by.keeps_institution(id))
        })?
        .person
        .id;
    let change = state.store.write().await?;
    invitation::revoke(&change, id, state.clock.now()).await?;
    record(
        &state,
        &change,
        Some(by),
        Action::InvitationRevoked,
        row.institution_id,
        "",
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
