//! People by name: the register for its keepers, a directory of colleagues for everyone else.

use std::collections::HashMap;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Actor, Role, name};
use kafedra_store::{
    employment, institution,
    person::{self, Filter},
    position,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging},
    position::name_of,
    problem::{FORBIDDEN, Problem, UNKNOWN},
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Words that the name must hold; case and «ё» do not matter.
    q: Option<String>,
    /// Only people who work there today.
    institution_id: Option<Uuid>,
    /// Only holders of this role; for readers of the city's register.
    role: Option<String>,
    /// Archived people instead of living ones; for readers of the city's register.
    archived: Option<bool>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// One line of the register.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    id: Uuid,
    family_name: String,
    given_name: String,
    #[schema(required)]
    patronymic: Option<String>,
    /// Null for readers who may not open the card.
    #[schema(required)]
    email: Option<String>,
    /// Of the main employment, else of any that lasts.
    #[schema(required)]
    institution_id: Option<Uuid>,
    #[schema(required)]
    institution_name: Option<String>,
    #[schema(required)]
    position_name: Option<String>,
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
    /// The reader may open the card.
    may_open: bool,
}

/// People by name.
///
/// Readers of the city's register see everyone. Others see the people of their own institutions, and
/// with at least two letters in `q` find any colleague in the city, without contacts.
#[utoipa::path(
    get,
    path = "/people",
    tag = "people",
    params(Query),
    responses(
        (status = 200, body = List<PersonRow>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<PersonRow>>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let day = state.clock.now().date_naive();
    let words = query.q.unwrap_or_default();
    let archived = query.archived.unwrap_or(false);
    if !by.reads_city_register() && (query.role.is_some() || archived) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if let Some(role) = &query.role
        && Role::parse(role).is_none()
    {
        return Err(ApiError::field("role", &UNKNOWN));
    }
    let searches = name::fold(&words).chars().count() >= 2;
    let institutions = match query.institution_id {
        Some(id) if by.reads_city_register() || by.reads_institution(id) || searches => {
            Some(vec![id])
        }
        None if by.reads_city_register() || searches => None,
        asked => {
            let mut own = own_institutions(&state, by).await?;
            if let Some(id) = asked {
                own.retain(|institution| *institution == id);
                if own.is_empty() {
                    return Err(ApiError::new(&FORBIDDEN));
                }
            }
            Some(own)
        }
    };
    let filter = Filter {
        words,
        institutions,
        role: query.role,
        archived,
        day,
    };
    let paging = Paging::new(query.page, query.per_page);
    let (people, total) = person::list(db, &filter, paging.slice()).await?;

    let mut employments: HashMap<Uuid, Vec<employment::Model>> = HashMap::new();
    for row in employment::of_people(db, people.iter().map(|p| p.id).collect()).await? {
        if row.lasts(day) {
            employments.entry(row.person_id).or_default().push(row);
        }
    }
    let mut ids: Vec<Uuid> = employments
        .values()
        .flatten()
        .map(|row| row.institution_id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let institution_names = institution::short_names(db, ids).await?;
    let position_names: HashMap<String, String> = position::all(db)
        .await?
        .into_iter()
        .map(|row| (row.code.clone(), name_of(&row)))
        .collect();
    let items = people
        .into_iter()
        .map(|person| {
            let works = employments.remove(&person.id).unwrap_or_default();
            let places: Vec<Uuid> = works.iter().map(|row| row.institution_id).collect();
            let shown = works.iter().max_by_key(|row| (row.is_main, row.from_date));
            let may_open = by.reads_person(person.id, &places);
            PersonRow {
                id: person.id,
                family_name: person.family_name,
                given_name: person.given_name,
                patronymic: Some(person.patronymic).filter(|name| !name.is_empty()),
                email: person.email.filter(|_| may_open),
                institution_id: shown.map(|row| row.institution_id),
                institution_name: shown
                    .and_then(|row| institution_names.get(&row.institution_id).cloned()),
                position_name: shown
                    .and_then(|row| position_names.get(&row.position_code).cloned()),
                archived_at: person.archived_at,
                may_open,
            }
        })
        .collect();
    Ok(Json(paging.list(items, total)))
}

/// Where the reader works or holds a role.
async fn own_institutions(state: &AppState, by: &Actor) -> ApiResult<Vec<Uuid>> {
    let day = state.clock.now().date_naive();
    let mut own: Vec<Uuid> = employment::of_person(&state.store.db, by.person_id)
        .await?
        .into_iter()
        .filter(|row| row.lasts(day))
        .map(|row| row.institution_id)
        .collect();
    own.extend(by.institutions_as(Role::Coordinator));
    own.extend(by.institutions_as(Role::Director));
    own.sort_unstable();
    own.dedup();
    Ok(own)
}
