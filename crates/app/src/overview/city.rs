//! The city at a glance: its schools side by side, and how many documents wait.

use std::collections::{BTreeMap, HashMap};

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::{
    Actor,
    indicator::{Evidence, Known, Question},
    professional_development::soon,
};
use kafedra_store::{
    indicator::{self, Count, Shown},
    institution, professional_development,
    search::Slice,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::question;
use crate::{ApiResult, AppState, Caller, indicator::settle, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CityOverview {
    day: NaiveDate,
    /// Documents that would count once somebody verified them.
    unverified: i64,
    /// People whose last counting document runs out soon.
    expiring: usize,
    /// By name; those that have anybody to count.
    institutions: Vec<InstitutionStanding>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionStanding {
    id: Uuid,
    /// Short name.
    name: String,
    qualification: Share,
    dissemination: Share,
    /// It has a kit that is ready today; null for what needs none.
    #[schema(required)]
    equipped: Option<bool>,
    /// Of its people, as for the city.
    expiring: usize,
    unverified: i64,
}

/// How many count, of how many.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = OverviewShare)]
pub struct Share {
    /// Hundredths of a percent; null where there is nobody to count.
    #[schema(required)]
    value: Option<i64>,
    counted: i64,
    members: i64,
}

/// Indicators of every institution today, and documents that wait or run out within 90 days; figures
/// alone, for those who read the city's register.
#[utoipa::path(
    get,
    path = "/overview",
    tag = "indicators",
    responses(
        (status = 200, body = CityOverview),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn city(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<CityOverview>> {
    caller.allowed(Actor::reads_city_register)?;
    let db = &state.store.db;
    settle(&state, Evidence::Dissemination).await?;
    let qualification = question(&state, db, Known::Qualification, None).await?;
    let day = qualification.day;
    let mut rows: BTreeMap<Uuid, InstitutionStanding> = BTreeMap::new();
    for known in [Known::Qualification, Known::Dissemination, Known::Equipment] {
        let question = Question {
            definition: known.definition(),
            ..qualification.clone()
        };
        for row in indicator::by_institution(db, &question).await? {
            let count = Count {
                members: row.members,
                counted: row.counted,
            };
            let share = Share {
                value: count
                    .value(question.definition.base)
                    .map(|value| value.rounded()),
                counted: row.counted,
                members: row.members,
            };
            let standing = rows
                .entry(row.institution)
                .or_insert_with(|| InstitutionStanding::new(row.institution));
            match known {
                Known::Qualification => standing.qualification = share,
                Known::Dissemination => standing.dissemination = share,
                _ => standing.equipped = Some(row.counted > 0),
            }
        }
    }
    // Everybody whom the first indicator may count, with where they work.
    let members = indicator::page(db, &qualification, Shown::All, Slice::ALL).await?;
    let owners: HashMap<Uuid, Uuid> = members.iter().map(|one| (one.id, one.owner)).collect();
    let mut expiring = 0;
    for person in professional_development::ending(db, day, soon(day)).await? {
        if let Some(row) = owners.get(&person).and_then(|owner| rows.get_mut(owner)) {
            row.expiring += 1;
            expiring += 1;
        }
    }
    let mut unverified = 0;
    for (person, count) in professional_development::unverified(db, day).await? {
        unverified += count;
        if let Some(row) = owners.get(&person).and_then(|owner| rows.get_mut(owner)) {
            row.unverified += count;
        }
    }
    let names = institution::short_names(db, rows.keys().copied().collect()).await?;
    let mut institutions: Vec<InstitutionStanding> = rows.into_values().collect();
    for row in &mut institutions {
        row.name = names.get(&row.id).cloned().unwrap_or_default();
    }
    institutions.sort_by_cached_key(|row| kafedra_model::name::fold(&row.name));
    Ok(Json(CityOverview {
        day,
        unverified,
        expiring,
        institutions,
    }))
}

impl InstitutionStanding {
    fn new(id: Uuid) -> Self {
        Self {
            id,
            name: String::new(),
            qualification: Share::default(),
            dissemination: Share::default(),
            equipped: None,
            expiring: 0,
            unverified: 0,
        }
    }
}
