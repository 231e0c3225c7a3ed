//! The certificates of an event.

use axum::{Json, extract::State};
use kafedra_store::certificate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Certificate;
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateList {
    /// By number, the revoked ones too.
    items: Vec<Certificate>,
    total: usize,
}

/// Every certificate that was given out for an event, for those who may change it.
#[utoipa::path(
    get,
    path = "/events/{id}/certificates",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = CertificateList),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<CertificateList>> {
    Standing::changing(&state, &caller, id).await?;
    let rows = certificate::of_event(&state.store.db, id).await?;
    let items: Vec<_> = rows
        .into_iter()
        .map(|row| Certificate::of(&state, row))
        .collect();
    Ok(Json(CertificateList {
        total: items.len(),
        items,
    }))
}
