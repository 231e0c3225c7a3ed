//! The site coordinator's list: who sits before a kit, where there are no phones.

use axum::{extract::State, http::StatusCode};
use kafedra_store::{event_kit, kit, person, presence_confirmation};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::{TOO_MANY, standing::Standing},
    extract::{Body, Ids},
    problem::{FORBIDDEN, NOT_FOUND, Problem, UNKNOWN},
};

const MOST: usize = 500;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitList {
    /// Everyone before the kit, in place of the present list.
    person_ids: Vec<Uuid>,
}

/// Names the people before a kit; the coordinator of its institution may, and whoever prepares
/// the event. Until and after the event's end alike.
#[utoipa::path(
    put,
    path = "/events/{id}/kits/{kitId}/list",
    tag = "kits",
    params(("id" = Uuid, Path), ("kitId" = Uuid, Path)),
    request_body = KitList,
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn name(
    State(state): State<AppState>,
    caller: Caller,
    Ids(event, id): Ids,
    Body(asked): Body<KitList>,
) -> ApiResult<StatusCode> {
    let me = caller.person()?;
    let db = &state.store.db;
    let kit = kit::find(db, id).await?.ok_or(&NOT_FOUND)?;
    event_kit::find(db, event, id).await?.ok_or(&NOT_FOUND)?;
    // The coordinator of the site answers for it, whether or not they are invited themselves.
    if !me.actor.keeps_institution(kit.institution_id)
        && !Standing::of(&state, &caller, event).await?.may_prepare()
    {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let mut people = asked.person_ids;
    people.sort_unstable();
    people.dedup();
    if people.len() > MOST {
        return Err(ApiError::field("personIds", &TOO_MANY));
    }
    if person::named(db, people.iter().copied()).await?.len() != people.len() {
        return Err(ApiError::field("personIds", &UNKNOWN));
    }
    let change = state.store.write().await?;
    presence_confirmation::replace_list(
        &change,
        event,
        id,
        &people,
        me.person.id,
        state.clock.now(),
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
