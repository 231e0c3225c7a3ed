//! Room kits of an event: inviting them, and who sits before each.

use kafedra_store::kit;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    problem::{FORBIDDEN, NOT_FOUND},
};

mod invite;
mod list;
mod name;
mod withdraw;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(invite::invite, withdraw::withdraw))
        .routes(routes!(name::name))
}

/// The kit, where the caller may bring it to the event or take it away: whoever changes the
/// event, and the coordinator of the kit's institution where they know of the event.
async fn movable(
    state: &AppState,
    caller: &Caller,
    event: Uuid,
    id: Uuid,
) -> ApiResult<kit::Model> {
    let standing = Standing::of(state, caller, event).await?;
    let kit = kit::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    if standing.may_change() || standing.me.actor.keeps_institution(kit.institution_id) {
        Ok(kit)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}
