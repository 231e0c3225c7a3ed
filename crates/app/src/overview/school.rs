//! An institution at a glance: whose documents run out, and what its kits are.

use std::collections::HashMap;

use axum::{Json, extract::State};
use chrono::{Days, NaiveDate};
use kafedra_model::{
    Action,
    indicator::{KitStatus, Known},
    professional_development::Coverage,
};
use kafedra_store::{
    employment,
    indicator::{self, Shown},
    kit, kit_status, person, position, professional_development, readiness_test,
    search::Slice,
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::question;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    institution::existing,
    position::name_of,
    problem::{FORBIDDEN, Problem},
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolOverview {
    day: NaiveDate,
    /// Whom the first indicator may count.
    members: usize,
    /// Those whose last counting document runs out soon, the earliest first.
    expiring: Vec<PersonDue>,
    /// Those without a document that counts today, by name.
    without: Vec<PersonDue>,
    kits: Vec<KitStanding>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonDue {
    id: Uuid,
    name: String,
    position: String,
    #[schema(required)]
    valid_until: Option<NaiveDate>,
    #[schema(required)]
    expired_on: Option<NaiveDate>,
    /// Documents that would count once somebody verified them.
    unverified: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitStanding {
    id: Uuid,
    name: String,
    #[schema(required)]
    status: Option<KitStatus>,
    #[schema(required)]
    tested_on: Option<NaiveDate>,
    passed: bool,
    /// The last day on which that test counts, where it was passed.
    #[schema(required)]
    test_valid_until: Option<NaiveDate>,
}

/// Whose documents run out within 90 days or do not count, and how the kits stand; for those who read
/// the institution. Written to the access log.
#[utoipa::path(
    get,
    path = "/institutions/{id}/overview",
    tag = "institutions",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = SchoolOverview),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn school(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<SchoolOverview>> {
    let by = caller.actor()?;
    existing(&state, id).await?;
    if !by.reads_institution(id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let db = &state.store.db;
    let question = question(&state, db, Known::Qualification, Some(id)).await?;
    let members = indicator::page(db, &question, Shown::All, Slice::ALL).await?;
    let ids: Vec<Uuid> = members.iter().map(|one| one.id).collect();
    let details = Known::Qualification.as_str();
    record(
        &state,
        db,
        Some(by.person_id),
        Action::IndicatorOpened,
        None,
        details,
    )
    .await?;
    let mut documents: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in professional_development::of_people(db, &ids).await? {
        let of_person = documents.entry(row.person_id).or_default();
        of_person.push(row.document());
    }
    let day = question.day;
    let (mut expiring, mut without) = (Vec::new(), Vec::new());
    for person in ids.iter().copied() {
        let own = documents.remove(&person).unwrap_or_default();
        let coverage = Coverage::of(own, day);
        match coverage.valid_until {
            None => without.push((person, coverage)),
            Some(_) if coverage.ends_soon(day) => expiring.push((person, coverage)),
            Some(_) => {}
        }
    }
    // Within a day they stay in the order of names.
    expiring.sort_by_key(|(_, coverage)| coverage.valid_until);
    Ok(Json(SchoolOverview {
        day,
        members: ids.len(),
        expiring: due(db, expiring, day).await?,
        without: due(db, without, day).await?,
        kits: kits(db, id, day, question.settings.readiness_days).await?,
    }))
}

async fn due(
    db: &impl ConnectionTrait,
    people: Vec<(Uuid, Coverage)>,
    day: NaiveDate,
) -> ApiResult<Vec<PersonDue>> {
    let ids: Vec<Uuid> = people.iter().map(|(id, _)| *id).collect();
    let names: HashMap<Uuid, String> = person::named(db, ids.iter().copied())
        .await?
        .into_iter()
        .map(|row| (row.id, row.full_name()))
        .collect();
    let positions: HashMap<String, String> = position::all(db)
        .await?
        .into_iter()
        .map(|row| (row.code.clone(), name_of(&row)))
        .collect();
    let main = employment::main(db, ids, day).await?;
    Ok(people
        .into_iter()
        .map(|(id, coverage)| PersonDue {
            id,
            name: names.get(&id).cloned().unwrap_or_default(),
            position: main
                .get(&id)
                .and_then(|row| positions.get(&row.position_code))
                .cloned()
                .unwrap_or_default(),
            valid_until: coverage.valid_until,
            expired_on: coverage.expired_on,
            unverified: coverage.unverified,
        })
        .collect())
}

async fn kits(
    db: &impl ConnectionTrait,
    institution: Uuid,
    day: NaiveDate,
    readiness_days: u32,
) -> ApiResult<Vec<KitStanding>> {
    let filter = kit::Filter {
        institution: Some(institution),
        ..kit::Filter::default()
    };
    let mut standings = Vec::new();
    for row in kit::list(db, &filter).await? {
        let statuses = kit_status::of_kit(db, row.id).await?;
        let status = statuses.into_iter().find(|one| one.since <= day);
        let tests = readiness_test::of_kit(db, row.id).await?;
        let test = tests.into_iter().find(|one| one.tested_on <= day);
        let passed = test.as_ref().filter(|one| one.passed);
        standings.push(KitStanding {
            id: row.id,
            name: row.name,
            status: status.map(|one| one.change().status),
            tested_on: test.as_ref().map(|one| one.tested_on),
            passed: passed.is_some(),
            test_valid_until: passed.and_then(|one| {
                one.tested_on
                    .checked_add_days(Days::new(readiness_days.into()))
            }),
        });
    }
    Ok(standings)
}
