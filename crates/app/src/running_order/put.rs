//! Saying what is now.

use axum::{Json, extract::State};
use kafedra_model::running_order::{Timer, lasts};
use kafedra_store::running_order;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RunningOrder, items, keeping, told};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::{Problem, UNKNOWN},
    programme::MINUTES,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NowDraft {
    /// An item of the programme that takes place in this room; left out for a time without one.
    item_id: Option<Uuid>,
    /// How long it may take, from a minute to a day; the item's own time when left out.
    minutes: Option<i32>,
}

/// Makes an item the one that is now and starts its timer, in place of the one before; moderators
/// and the secretary may.
#[utoipa::path(
    put,
    path = "/rooms/{id}/running-order",
    tag = "running order",
    params(("id" = Uuid, Path)),
    request_body = NowDraft,
    responses(
        (status = 200, body = RunningOrder),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<NowDraft>,
) -> ApiResult<Json<RunningOrder>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = keeping(&state, &caller, id).await?;
    let planned = match draft.item_id {
        None => None,
        Some(item) => {
            let known = items(db, &place.room)
                .await?
                .into_iter()
                .find(|known| known.item.id == item);
            let known = known.ok_or_else(|| ApiError::field("itemId", &UNKNOWN))?;
            Some(known.item.minutes)
        }
    };
    let minutes = draft
        .minutes
        .or(planned)
        .filter(|minutes| lasts(*minutes))
        .ok_or_else(|| ApiError::field("minutes", &MINUTES))?;
    let timer = Timer::new(minutes, state.clock.now());
    running_order::put(db, id, draft.item_id, timer).await?;
    Ok(Json(told(&state, &turn, &place.room).await?))
}
