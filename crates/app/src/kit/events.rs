//! The events of one kit, for those who keep it.

use axum::{Json, extract::State};
use chrono::TimeDelta;

use super::{kept, today::KitEvent};
use crate::{ApiResult, AppState, Caller, extract::Id, list::List, problem::Problem};

/// What the list reaches back and ahead: a school year either way.
const REACH: TimeDelta = TimeDelta::days(366);

/// Events that invite a kit, the latest first: where its list of people is kept.
#[utoipa::path(
    get,
    path = "/kits/{id}/events",
    tag = "kits",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = List<KitEvent>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn events(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<List<KitEvent>>> {
    let kit = kept(&state, &caller, id).await?;
    let mut items = KitEvent::of_kit(&state, kit.id, REACH, REACH).await?;
    items.reverse();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}
