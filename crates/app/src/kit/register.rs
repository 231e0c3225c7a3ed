//! What a room kit consists of, what it was on which days, and its readiness tests: what the third
//! indicator counts.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::indicator::{KitStatus, ReadinessTest, StatusChange};
use kafedra_store::{kit, kit_status, readiness_test};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::kept;
use crate::{
    ApiResult, AppState, Caller,
    extract::{Body, Id},
    form::{FUTURE, Form},
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitRegister {
    equipment: KitEquipment,
    /// The latest first.
    statuses: Vec<KitStatusEntry>,
    /// The latest first.
    tests: Vec<KitTest>,
}

/// What a kit consists of.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitEquipment {
    has_camera: bool,
    has_speakerphone: bool,
    has_computer: bool,
    /// To the network, fast enough for a call.
    has_channel: bool,
    /// Up to 40 characters; empty when unknown.
    #[serde(default)]
    inventory_number: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct KitStatusEntry {
    since: NaiveDate,
    status: KitStatus,
    /// Up to 300 characters.
    #[serde(default)]
    note: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KitTest {
    tested_on: NaiveDate,
    passed: bool,
    /// Up to 300 characters.
    #[serde(default)]
    note: String,
}

async fn register(state: &AppState, id: Uuid) -> ApiResult<Json<KitRegister>> {
    let db = &state.store.db;
    let row = kit::find(db, id).await?.ok_or(&NOT_FOUND)?;
    let statuses = kit_status::of_kit(db, id).await?;
    let tests = readiness_test::of_kit(db, id).await?;
    Ok(Json(KitRegister {
        equipment: KitEquipment {
            has_camera: row.has_camera,
            has_speakerphone: row.has_speakerphone,
            has_computer: row.has_computer,
            has_channel: row.has_channel,
            inventory_number: row.inventory_number,
        },
        statuses: statuses
            .into_iter()
            .map(|row| KitStatusEntry {
                since: row.since,
                status: row.change().status,
                note: row.note,
            })
            .collect(),
        tests: tests
            .into_iter()
            .map(|row| KitTest {
                tested_on: row.tested_on,
                passed: row.passed,
                note: row.note,
            })
            .collect(),
    }))
}

/// A kit's equipment, statuses and tests, for whoever keeps it.
#[utoipa::path(
    get,
    path = "/kits/{id}/register",
    tag = "kits",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = KitRegister),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<KitRegister>> {
    kept(&state, &caller, id).await?;
    register(&state, id).await
}

/// Says what a kit consists of.
#[utoipa::path(
    put,
    path = "/kits/{id}/equipment",
    tag = "kits",
    params(("id" = Uuid, Path)),
    request_body = KitEquipment,
    responses(
        (status = 200, body = KitRegister),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn equipment(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(typed): Body<KitEquipment>,
) -> ApiResult<Json<KitRegister>> {
    kept(&state, &caller, id).await?;
    let mut form = Form::default();
    let equipment = kit::Equipment {
        has_camera: typed.has_camera,
        has_speakerphone: typed.has_speakerphone,
        has_computer: typed.has_computer,
        has_channel: typed.has_channel,
        inventory_number: form.optional_line("inventoryNumber", &typed.inventory_number, 40),
    };
    form.done()?;
    kit::equip(&state.store.db, id, equipment).await?;
    register(&state, id).await
}

/// Adds a status to a kit's history.
#[utoipa::path(
    post,
    path = "/kits/{id}/statuses",
    tag = "kits",
    params(("id" = Uuid, Path)),
    request_body = KitStatusEntry,
    responses(
        (status = 201, body = KitRegister),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`date.future`"),
    )
)]
pub async fn status(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(typed): Body<KitStatusEntry>,
) -> ApiResult<(StatusCode, Json<KitRegister>)> {
    kept(&state, &caller, id).await?;
    let (by, now) = (caller.person()?.person.id, state.clock.now());
    let mut form = Form::default();
    let note = form.optional_line("note", &typed.note, 300);
    if typed.since > state.day(now) {
        form.refuse("since", &FUTURE);
    }
    form.done()?;
    let change = StatusChange {
        since: typed.since,
        status: typed.status,
    };
    kit_status::add(&state.store.db, id, change, note, Some(by), now).await?;
    Ok((StatusCode::CREATED, register(&state, id).await?))
}

/// Enters a readiness test.
#[utoipa::path(
    post,
    path = "/kits/{id}/readiness-tests",
    tag = "kits",
    params(("id" = Uuid, Path)),
    request_body = KitTest,
    responses(
        (status = 201, body = KitRegister),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`date.future`"),
    )
)]
pub async fn test(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(typed): Body<KitTest>,
) -> ApiResult<(StatusCode, Json<KitRegister>)> {
    kept(&state, &caller, id).await?;
    let (by, now) = (caller.person()?.person.id, state.clock.now());
    let mut form = Form::default();
    let note = form.optional_line("note", &typed.note, 300);
    if typed.tested_on > state.day(now) {
        form.refuse("testedOn", &FUTURE);
    }
    form.done()?;
    let test = ReadinessTest {
        on: typed.tested_on,
        passed: typed.passed,
    };
    readiness_test::add(&state.store.db, id, test, note, Some(by), now).await?;
    Ok((StatusCode::CREATED, register(&state, id).await?))
}
