//! Reading minutes.

use axum::{Json, extract::State};

use super::{Minutes, prefill, readable};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// The minutes of an event. Those who keep them see the latest version, prefilled from the agenda,
/// the presence and open tasks while nothing was saved; others who know of the event see what is
/// signed, and 404 until then.
#[utoipa::path(
    get,
    path = "/events/{id}/minutes",
    tag = "minutes",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Minutes),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Minutes>> {
    let (event, may_edit, found) = readable(&state, &caller, id).await?;
    Ok(Json(match found {
        Some(row) => Minutes::of(&state.store.db, row, may_edit).await?,
        None => {
            let number = prefill::number(&state, &event).await?;
            Minutes::prefilled(number, prefill::body(&state, &event).await?)
        }
    }))
}
