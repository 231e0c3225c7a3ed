//! People by name: the register for its keepers, a directory of colleagues for everyone else.

use std::collections::HashMap;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Actor, Role, name};
use kafedra_store::{
    employment, institution,
    person::{self, Filter, Sort},
    position,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging, sorting},
    position::name_of,
    problem::{FORBIDDEN, Problem, UNKNOWN, locale},
};

/// Which people, in which order.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Selection {
    /// Words that the name must hold; case and «ё» do not matter.
    q: Option<String>,
    /// Only people who work there today.
    pub(super) institution_id: Option<Uuid>,
    /// Only holders of this role; for readers of the city's register.
    role: Option<String>,
    /// Archived people instead of living ones; for readers of the city's register.
    archived: Option<bool>,
    /// `name`, `institution` or `position`; with a minus before it, backwards. Who works nowhere
    /// comes last either way.
    sort: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Page {
    page: Option<u64>,
    per_page: Option<u64>,
}

/// One line of the register.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    id: Uuid,
    pub(super) family_name: String,
    pub(super) given_name: String,
    #[schema(required)]
    pub(super) patronymic: Option<String>,
    /// Null for readers who may not open the card.
    #[schema(required)]
    pub(super) email: Option<String>,
    /// Of the main employment, else of any that lasts.
    #[schema(required)]
    institution_id: Option<Uuid>,
    #[schema(required)]
    pub(super) institution_name: Option<String>,
    #[schema(required)]
    pub(super) position_name: Option<String>,
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
    /// The reader may open the card.
    may_open: bool,
}

/// People of the register.
///
/// Readers of the city's register see everyone. Others see the people of their own institutions, and
/// with at least two letters in `q` find any colleague in the city, without contacts.
#[utoipa::path(
    get,
    path = "/people",
    tag = "people",
    params(Selection, Page),
    responses(
        (status = 200, body = List<PersonRow>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(selection): Params<Selection>,
    Params(page): Params<Page>,
) -> ApiResult<Json<List<PersonRow>>> {
    let by = caller.actor()?;
    let filter = filter(&state, by, selection).await?;
    let paging = Paging::new(page.page, page.per_page);
    let (people, total) = person::list(&state.store.db, &filter, paging.slice()).await?;
    let items = rows(&state, by, people).await?;
    Ok(Json(paging.list(items, total)))
}

/// What the reader asks for, kept within what they may see.
pub(super) async fn filter(
    state: &AppState,
    by: &Actor,
    selection: Selection,
) -> ApiResult<Filter> {
    let words = selection.q.unwrap_or_default();
    let archived = selection.archived.unwrap_or(false);
    if !by.reads_city_register() && (selection.role.is_some() || archived) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if let Some(role) = &selection.role
        && Role::parse(role).is_none()
    {
        return Err(ApiError::field("role", &UNKNOWN));
    }
    let (asked, backwards) = sorting(selection.sort.as_deref());
    let sort = match asked {
        "" | "name" => Sort::Name,
        "institution" => Sort::Institution,
        "position" => Sort::Position(locale()),
        _ => return Err(ApiError::field("sort", &UNKNOWN)),
    };
    let searches = name::fold(&words).chars().count() >= 2;
    let institutions = match selection.institution_id {
        Some(id) if by.reads_city_register() || by.reads_institution(id) || searches => {
            Some(vec![id])
        }
        None if by.reads_city_register() || searches => None,
        asked => {
            let mut own = own_institutions(state, by).await?;
            if let Some(id) = asked {
                own.retain(|institution| *institution == id);
                if own.is_empty() {
                    return Err(ApiError::new(&FORBIDDEN));
                }
            }
            Some(own)
        }
    };
    Ok(Filter {
        words,
        institutions,
        role: selection.role,
        archived,
        day: state.today(),
        sort,
        backwards,
    })
}

/// These people as the reader sees them, in the same order.
pub(super) async fn rows(
    state: &AppState,
    by: &Actor,
    people: Vec<person::Model>,
) -> ApiResult<Vec<PersonRow>> {
    let db = &state.store.db;
    let day = state.today();
    let people_ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let mut employments: HashMap<Uuid, Vec<employment::Model>> = HashMap::new();
    for row in employment::of_people(db, &people_ids).await? {
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
    Ok(people
        .into_iter()
        .map(|person| {
            let works = employments.remove(&person.id).unwrap_or_default();
            let places: Vec<Uuid> = works.iter().map(|row| row.institution_id).collect();
            let shown = employment::shown(&works);
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
        .collect())
}

/// Where the reader works or holds a role.
async fn own_institutions(state: &AppState, by: &Actor) -> ApiResult<Vec<Uuid>> {
    let day = state.today();
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
