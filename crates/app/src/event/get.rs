//! One event.

use axum::{Json, extract::State};

use super::{standing::Standing, view::Event};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// An event, for its host, those with a role in it, the people invited, members of the
/// association that meets, those with a seat, those who answer for the institution that holds
/// it, methodologists and administrators; one that is open to the city or public for everyone
/// signed in. For all others it does not exist.
#[utoipa::path(
    get,
    path = "/events/{id}",
    tag = "event",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Event),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Event>> {
    let standing = Standing::of(&state, &caller, id).await?;
    Ok(Json(Event::whole(&state, standing).await?))
}
