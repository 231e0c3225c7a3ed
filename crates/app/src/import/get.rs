//! One import.

use axum::{Json, extract::State};

use super::{Found, ImportDetails, details};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// An import, for whoever began it and the keepers of the city's register.
#[utoipa::path(
    get,
    path = "/imports/{id}",
    tag = "import",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = ImportDetails),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`import.file_gone`"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    id: Id,
) -> ApiResult<Json<ImportDetails>> {
    let found = Found::of(&state, &caller, id).await?;
    Ok(Json(details(&state, found.row, found.kind).await?))
}
