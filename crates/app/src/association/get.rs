//! One association with its members.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kafedra_model::Actor;
use kafedra_store::{association::Model, association_member, employment, event, institution};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Association, Member, existing, leaders, year::year_of};
use crate::{ApiResult, AppState, Caller, event::view::PersonRef, extract::Id, problem::Problem};

/// An association with its members by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssociationPage {
    #[serde(flatten)]
    association: Association,
    /// Members today.
    members: Vec<Member>,
}

/// One association, for everyone signed in.
#[utoipa::path(
    get,
    path = "/associations/{id}",
    tag = "association",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = AssociationPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<AssociationPage>> {
    let actor = caller.actor()?;
    let row = existing(&state, id).await?;
    Ok(Json(page(&state, row, actor).await?))
}

/// An association as its page shows it.
pub(super) async fn page(
    state: &AppState,
    row: Model,
    actor: &Actor,
) -> ApiResult<AssociationPage> {
    let db = &state.store.db;
    let today = state.today();
    let members = association_member::of_association(db, row.id, today).await?;
    let ids: Vec<Uuid> = members.iter().map(|(_, person)| person.id).collect();
    let mut lasting: HashMap<Uuid, Vec<employment::Model>> = HashMap::new();
    for job in employment::of_people(db, &ids).await? {
        if job.lasts(today) {
            lasting.entry(job.person_id).or_default().push(job);
        }
    }
    let works_at: HashMap<Uuid, &employment::Model> = lasting
        .iter()
        .filter_map(|(person, jobs)| Some((*person, employment::shown(jobs)?)))
        .collect();
    let names = institution::short_names(
        db,
        works_at.values().map(|job| job.institution_id).collect(),
    )
    .await?;
    let members: Vec<Member> = members
        .into_iter()
        .map(|(member, person)| Member {
            institution: works_at
                .get(&person.id)
                .and_then(|job| names.get(&job.institution_id).cloned())
                .unwrap_or_default(),
            person: PersonRef::from(&person),
            since: member.since,
            until: member.until,
        })
        .collect();
    let people = leaders(db, std::slice::from_ref(&row)).await?;
    let (from, to) = year_of(today);
    let meetings = event::meeting_counts(db, from, to)
        .await?
        .into_iter()
        .find_map(|(id, count)| (id == row.id).then_some(count))
        .unwrap_or(0);
    let counts = [i64::try_from(members.len()).unwrap_or(0), meetings];
    Ok(AssociationPage {
        association: Association::of(row, &people, counts, actor),
        members,
    })
}
