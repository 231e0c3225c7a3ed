//! A person's documents.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::professional_development;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Development, Standing, views};
use crate::{ApiResult, AppState, Caller, access_log::record, extract::Id, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DevelopmentList {
    /// The latest first.
    items: Vec<Development>,
    /// The caller may add one.
    may_add: bool,
}

/// A person's documents of professional development, for whoever may read their card. A look at
/// somebody else's is written to the access log.
#[utoipa::path(
    get,
    path = "/people/{id}/documents",
    tag = "documents",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = DevelopmentList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<DevelopmentList>> {
    let standing = Standing::of(&state, &caller, id).await?;
    let db = &state.store.db;
    if !standing.is_own() {
        let by = Some(standing.me);
        record(&state, db, by, Action::DocumentsViewed, Some(id), "").await?;
    }
    let rows = professional_development::of_person(db, id).await?;
    Ok(Json(DevelopmentList {
        items: views(&state, &standing, rows).await?,
        may_add: standing.writes(),
    }))
}
