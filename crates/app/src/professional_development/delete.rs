//! A document entered by mistake goes.

use axum::{extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::{document_scan, professional_development};

use super::found;
use crate::{ApiResult, AppState, Caller, access_log::record, extract::Id, file, problem::Problem};

/// Removes a document. A verified one is removed only by whoever keeps the person's card.
#[utoipa::path(
    delete,
    path = "/documents/{id}",
    tag = "documents",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Removed"),
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
    let (standing, row) = found(&state, &caller, id).await?;
    standing.allowed(standing.deletes(&row))?;
    let scan = document_scan::of_document(&state.store.db, id).await?;
    let change = state.store.write().await?;
    professional_development::delete(&change, id).await?;
    let (by, whose) = (Some(standing.me), Some(row.person_id));
    record(&state, &change, by, Action::DocumentRemoved, whose, "").await?;
    change.commit().await?;
    if let Some(scan) = scan {
        file::forget(&state, &scan).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
