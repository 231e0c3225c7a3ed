//! Payments: what was spent, from which source, when and what for.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::{
    Actor,
    passport::{FundingSource, Kopecks, budget},
    quarter::Quarter,
};
use kafedra_store::payment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    codes::{AMOUNT, TOO_MANY},
    current::Current,
    get::{Project, whole},
    period::Seal,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, Params},
    form::{FUTURE, Form},
    problem::{NOT_FOUND, Problem, TOO_LONG},
};

/// A thousand million roubles.
const MOST_KOPECKS: Kopecks = 100_000_000_000;
const MOST: u64 = 5_000;

#[derive(Debug, Deserialize, ToSchema)]
pub struct PaymentDraft {
    source: FundingSource,
    on: NaiveDate,
    kopecks: Kopecks,
    /// Up to 500 characters.
    purpose: String,
    /// Why a signed period is corrected.
    #[serde(default)]
    reason: String,
}

/// One payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectPayment {
    pub id: Uuid,
    #[serde(flatten)]
    pub payment: budget::Payment,
}

impl ProjectPayment {
    /// `None` for a source of a newer version.
    pub fn of(row: payment::Model) -> Option<Self> {
        Some(Self {
            id: row.id,
            payment: row.payment()?,
        })
    }
}

/// Enters a payment; in a signed quarter this is a correction. Executors of the project may:
/// officials of the committee, methodologists and administrators.
#[utoipa::path(
    post,
    path = "/project/payments",
    tag = "project",
    request_body = PaymentDraft,
    responses(
        (status = 201, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.period_signed`, `project.no_facts_now`, `project.closed`, `project.too_many`"),
        (status = 422, body = Problem),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<PaymentDraft>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    let me = caller.allowed(Actor::executes_project)?;
    let now = state.clock.now();
    let mut form = Form::default();
    let purpose = form.line("purpose", &draft.purpose, 500);
    if draft.kopecks <= 0 {
        form.refuse("kopecks", &AMOUNT);
    } else if draft.kopecks > MOST_KOPECKS {
        form.refuse("kopecks", &TOO_LONG);
    }
    if draft.on > state.day(now) {
        form.refuse("on", &FUTURE);
    }
    form.done()?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    if payment::count(&db, current.id()).await? >= MOST {
        return Err(ApiError::new(&TOO_MANY));
    }
    let quarter = Quarter::of(draft.on);
    let seal = Seal::of(&db, &current, quarter, me, &draft.reason, now).await?;
    let payment = budget::Payment {
        source: draft.source,
        on: draft.on,
        kopecks: draft.kopecks,
        purpose,
    };
    payment::add(&db, current.id(), payment, me.person.id, now).await?;
    seal.renew(&db, &current).await?;
    db.commit().await?;
    Ok((StatusCode::CREATED, whole(&state, &caller).await?))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Removal {
    /// Why a signed period is corrected.
    reason: String,
}

/// Takes a payment back that was entered by mistake.
#[utoipa::path(
    delete,
    path = "/project/payments/{id}",
    tag = "project",
    params(("id" = Uuid, Path), Removal),
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(asked): Params<Removal>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let row = payment::find(&db, current.id(), id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let quarter = Quarter::of(row.paid_on);
    let now = state.clock.now();
    let seal = Seal::of(&db, &current, quarter, me, &asked.reason, now).await?;
    payment::remove(&db, row.id).await?;
    seal.renew(&db, &current).await?;
    db.commit().await?;
    whole(&state, &caller).await
}
