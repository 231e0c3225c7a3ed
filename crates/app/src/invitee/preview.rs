//! How many people an invitation would reach.

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use kafedra_model::invitee::Group;
use kafedra_store::invitee;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Wrong, members, without_email};
use crate::{
    ApiError, ApiResult, AppState, Caller, event::standing::Standing, extract::Body,
    problem::Problem,
};

/// Whom to invite.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationList {
    #[serde(default)]
    pub person_ids: Vec<Uuid>,
    #[serde(default)]
    pub groups: Vec<Group>,
    /// The event, once it is there: those invited already are counted apart.
    pub event_id: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationPreview {
    /// People, each once, those invited already left out.
    people: usize,
    /// Of them without an address: they learn it in the application alone.
    without_email: usize,
    already: usize,
}

/// Counts whom an invitation would reach; nobody is invited yet.
#[utoipa::path(
    post,
    path = "/invitees/preview",
    tag = "invitee",
    request_body = InvitationList,
    responses(
        (status = 200, body = InvitationPreview),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn preview(
    State(state): State<AppState>,
    caller: Caller,
    Body(asked): Body<InvitationList>,
) -> ApiResult<Json<InvitationPreview>> {
    let me = caller.person()?;
    let db = &state.store.db;
    let today = state.today();
    let (organiser, invited) = match asked.event_id {
        None => (me.person.id, Vec::new()),
        Some(id) => {
            let event = Standing::changing(&state, &caller, id).await?.event;
            (event.organiser_id, invitee::of_event(db, id).await?)
        }
    };
    let mut wrong = Wrong::new();
    let groups = members(db, &asked.groups, &me.actor, today, &mut wrong).await?;
    ApiError::fields(wrong)?;
    let mut people: BTreeSet<Uuid> = asked.person_ids.into_iter().collect();
    people.extend(groups.into_iter().flat_map(|(_, people)| people));
    people.remove(&organiser);
    let all = people.len();
    for row in invited {
        people.remove(&row.person_id);
    }
    let people: Vec<Uuid> = people.into_iter().collect();
    Ok(Json(InvitationPreview {
        without_email: without_email(db, &people).await?,
        already: all - people.len(),
        people: people.len(),
    }))
}
