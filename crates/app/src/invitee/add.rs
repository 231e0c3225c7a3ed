//! Inviting more people to an event.

use axum::{Json, extract::State};
use kafedra_model::EventStatus;
use kafedra_store::{invitee, person};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Wrong, announce, bring, members, preview::InvitationList};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::{MOST_INVITEES, OVER, TOO_MANY, standing::Standing},
    extract::{Body, Id},
    problem::{Problem, UNKNOWN},
};

/// Who was invited just now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    people: usize,
    /// Of them without an address: they learn it in the application alone.
    without_email: usize,
}

/// Invites people and groups besides those who are; each person gets one letter. Whoever joined a
/// group since it was invited is invited now; nobody is invited twice.
#[utoipa::path(
    post,
    path = "/events/{id}/invitees",
    tag = "invitee",
    params(("id" = Uuid, Path)),
    request_body = InvitationList,
    responses(
        (status = 200, body = Invited),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event.over`"),
        (status = 422, body = Problem),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(asked): Body<InvitationList>,
) -> ApiResult<Json<Invited>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let (event, me) = (&standing.event, standing.me);
    let now = state.clock.now();
    match event.course(&standing.room).status(now) {
        EventStatus::Planned | EventStatus::Live => {}
        EventStatus::Ended | EventStatus::Cancelled => return Err(ApiError::new(&OVER)),
    }
    let db = &state.store.db;
    let mut wrong = Wrong::new();
    let groups = members(db, &asked.groups, &me.actor, state.day(now), &mut wrong).await?;
    let mut named: Vec<Uuid> = asked.person_ids;
    named.retain(|person| *person != event.organiser_id);
    named.sort_unstable();
    named.dedup();
    if named.len() > MOST_INVITEES {
        wrong.push(("personIds".to_owned(), &TOO_MANY));
    } else if person::named(db, named.iter().copied()).await?.len() != named.len() {
        wrong.push(("personIds".to_owned(), &UNKNOWN));
    }
    ApiError::fields(wrong)?;
    let transaction = state.store.write().await?;
    let mut new = invitee::add(&transaction, id, None, &named).await?;
    new.extend(bring(&state, &transaction, event, &groups, me.person.id).await?);
    let events = std::slice::from_ref(event);
    let without_email = announce(&state, &transaction, events, &new).await?;
    transaction.commit().await?;
    Ok(Json(Invited {
        people: new.len(),
        without_email,
    }))
}
