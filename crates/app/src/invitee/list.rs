//! Who is invited, by which group, and what they answered.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kafedra_model::invitee::{Answer, Group};
use kafedra_store::{invitee, invitee_group, person};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::names;
use crate::{
    ApiResult, AppState, Caller,
    event::{standing::Standing, view::PersonRef},
    extract::Id,
    problem::Problem,
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteeList {
    /// In the order in which they were invited.
    groups: Vec<InvitedGroup>,
    /// By name.
    items: Vec<Invitee>,
}

/// A group that was invited as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitedGroup {
    id: Uuid,
    group: Group,
    name: String,
    /// Whom it brought, those left out who were invited before.
    people: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitee {
    person: PersonRef,
    /// What brought them; by name where it is not given.
    #[schema(required)]
    group_id: Option<Uuid>,
    #[schema(required)]
    answer: Option<Answer>,
}

/// Everybody invited, for whoever may change the event.
#[utoipa::path(
    get,
    path = "/events/{id}/invitees",
    tag = "invitee",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = InviteeList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<InviteeList>> {
    Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    let counts = invitee::counts(db, id).await?;
    let rows = invitee_group::of_event(db, id).await?;
    let known: Vec<Group> = rows
        .iter()
        .filter_map(invitee_group::Model::group)
        .collect();
    let names = names(db, &known).await?;
    let groups = rows
        .into_iter()
        .filter_map(|row| {
            let group = row.group()?;
            Some(InvitedGroup {
                id: row.id,
                name: names.get(&group).cloned().unwrap_or_default(),
                people: counts.get(&row.id).copied().unwrap_or(0),
                group,
            })
        })
        .collect();
    let invited = invitee::of_event(db, id).await?;
    let mut people: HashMap<Uuid, person::Model> = HashMap::new();
    let ids: Vec<Uuid> = invited.iter().map(|row| row.person_id).collect();
    for some in ids.chunks(5_000) {
        let found = person::named(db, some.iter().copied()).await?;
        people.extend(found.into_iter().map(|person| (person.id, person)));
    }
    let mut items: Vec<(String, Invitee)> = invited
        .into_iter()
        .filter_map(|row| {
            let person = people.get(&row.person_id)?;
            let invitee = Invitee {
                person: PersonRef::from(person),
                group_id: row.group_id,
                answer: row.answer(),
            };
            Some((person.search_name.clone(), invitee))
        })
        .collect();
    items.sort_by(|a, b| (&a.0, a.1.person.id).cmp(&(&b.0, b.1.person.id)));
    Ok(Json(InviteeList {
        groups,
        items: items.into_iter().map(|(_, invitee)| invitee).collect(),
    }))
}
