//! Signing a quarter: the figure is frozen with everybody it counted; a correction is one more
//! revision, with its reason.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Datelike, Utc};
use kafedra_model::{
    Action, Actor,
    passport::period::{self, Unsigned},
    quarter::Quarter,
};
use kafedra_store::{
    Connection,
    indicator::{self, Count, Shown},
    indicator_signature::{self, Model, Signed},
    person,
    search::Slice,
};
use sea_orm::{EntityTrait, SqlErr};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Asked, NOT_OVER, SIGNED_MEANWHILE,
    members::{Names, proofs_of},
    named::{self, Indicator},
    settings_of, settle, shown,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, Params},
    form::Form,
    list::List,
    problem::{MALFORMED, NOT_FOUND, Problem, REQUIRED},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignatureDraft {
    year: i32,
    #[schema(minimum = 1, maximum = 4)]
    quarter: u32,
    /// The revision that the signer saw; 0 where there was none.
    seen_revision: u32,
    /// Why it is corrected; up to 500 characters, needed from the second revision on.
    #[serde(default)]
    reason: String,
}

/// A signed quarter.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorSignature {
    id: Uuid,
    year: i32,
    quarter: i32,
    revision: i32,
    /// Hundredths.
    #[schema(required)]
    value: Option<i64>,
    counted: i32,
    members: i32,
    reason: String,
    signed_by: String,
    signed_at: DateTime<Utc>,
}

/// Signs an indicator's quarter once it is over; officials of the committee and administrators may.
/// The figure is counted at this moment from the records as they stand.
#[utoipa::path(
    post,
    path = "/indicators/{key}/signatures",
    tag = "indicators",
    params(("key" = String, Path)),
    request_body = SignatureDraft,
    responses(
        (status = 201, body = IndicatorSignature),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`indicator.quarter_not_over`, `indicator.signed_meanwhile`"),
        (status = 422, body = Problem, description = "A correction without its reason"),
    )
)]
pub async fn sign(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Body(draft): Body<SignatureDraft>,
) -> ApiResult<(StatusCode, Json<IndicatorSignature>)> {
    let me = caller.allowed(Actor::signs_quarters)?;
    let indicator = named::find(&state.store.db, &key).await?;
    let definition = indicator.definition()?;
    let quarter =
        Quarter::new(draft.year, draft.quarter).ok_or_else(|| ApiError::new(&MALFORMED))?;
    let mut form = Form::default();
    let reason = form.optional_line("reason", &draft.reason, 500);
    form.done()?;
    settle(&state, definition.evidence).await?;
    let now = state.clock.now();
    // Figure and evidence are of one moment: nobody writes in between.
    let change = state.store.write().await?;
    let latest = indicator_signature::latest(&change, &indicator.key, quarter).await?;
    let latest = latest.map_or(0, |row| u32::try_from(row.revision).unwrap_or_default());
    let (_, revision) = period::sign(
        quarter,
        state.day(now),
        latest,
        draft.seen_revision,
        &reason,
    )
    .map_err(|why| match why {
        Unsigned::NotOver => ApiError::new(&NOT_OVER),
        Unsigned::NoReason => ApiError::field("reason", &REQUIRED),
        Unsigned::Changed => ApiError::new(&SIGNED_MEANWHILE),
    })?;
    let signed = Signed {
        revision,
        reason,
        by: me.person.id,
        at: now,
    };
    let row = freeze(&state, &change, &indicator, quarter, signed).await?;
    change.commit().await?;
    let name = me.person.full_name();
    Ok((StatusCode::CREATED, Json(view(definition.base, row, name))))
}

/// Counts a quarter as the records stand and keeps the figure with everybody it counts.
///
/// What is counted from events has to be settled before.
pub(crate) async fn freeze(
    state: &AppState,
    change: &impl Connection,
    one: &Indicator,
    quarter: Quarter,
    signed: Signed,
) -> ApiResult<Model> {
    let settings = settings_of(change).await?;
    let question = Asked::default().question(one.definition()?, quarter.last_day(), settings);
    let page = indicator::page(change, &question, Shown::All, Slice::ALL).await?;
    let ids: Vec<Uuid> = page.iter().map(|one| one.id).collect();
    let counted = page.iter().filter(|one| one.is_counted == 1).count();
    let mut proofs = proofs_of(change, &question, &ids).await?;
    let names = Names::of(change, &question, &page).await?;
    let evidence: Vec<_> = page
        .into_iter()
        .map(|one| {
            let proofs = proofs.remove(&one.id).unwrap_or_default();
            names.member(one, proofs)
        })
        .collect();
    let evidence = serde_json::to_string(&evidence).map_err(ApiError::internal)?;
    let by = Some(signed.by);
    let row = indicator_signature::create(
        change,
        &one.key,
        quarter,
        (counted as u64, ids.len() as u64),
        evidence,
        signed,
    )
    .await
    .map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::new(&SIGNED_MEANWHILE),
        _ => error.into(),
    })?;
    let details = format!("{} {}-{}", one.key, quarter.year, quarter.number);
    record(state, change, by, Action::IndicatorSigned, None, details).await?;
    Ok(row)
}

fn view(base: kafedra_model::indicator::Base, row: Model, signed_by: String) -> IndicatorSignature {
    let count = Count {
        members: row.members.into(),
        counted: row.counted.into(),
    };
    IndicatorSignature {
        id: row.id,
        year: row.year,
        quarter: row.quarter,
        revision: row.revision,
        value: shown(count.value(base)),
        counted: row.counted,
        members: row.members,
        reason: row.reason,
        signed_by,
        signed_at: row.signed_at,
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Year {
    /// The current one where it is left out.
    year: Option<i32>,
}

/// Every revision of a year's quarters, the oldest first.
#[utoipa::path(
    get,
    path = "/indicators/{key}/signatures",
    tag = "indicators",
    params(("key" = String, Path), Year),
    responses(
        (status = 200, body = List<IndicatorSignature>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn history(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Params(asked): Params<Year>,
) -> ApiResult<Json<List<IndicatorSignature>>> {
    caller.person()?;
    let db = &state.store.db;
    let indicator = named::find(db, &key).await?;
    let base = indicator.definition()?.base;
    let year = asked.year.unwrap_or_else(|| state.today().year());
    let rows = indicator_signature::history(db, &indicator.key, year..=year).await?;
    let signers = person::named(db, rows.iter().map(|row| row.signed_by)).await?;
    let items: Vec<IndicatorSignature> = rows
        .into_iter()
        .map(|row| {
            let signer = signers.iter().find(|one| one.id == row.signed_by);
            let name = signer.map(person::Model::full_name).unwrap_or_default();
            view(base, row, name)
        })
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// Everybody whom a signed figure counted, as it was signed; for readers of the city's register.
#[utoipa::path(
    get,
    path = "/indicator-signatures/{id}/evidence",
    tag = "indicators",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Vec<super::members::IndicatorMember>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn evidence(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<serde_json::Value>> {
    let by = caller.allowed(Actor::reads_city_register)?.person.id;
    let db = &state.store.db;
    let row = indicator_signature::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    record(
        &state,
        db,
        Some(by),
        Action::IndicatorOpened,
        None,
        row.indicator,
    )
    .await?;
    serde_json::from_str(&row.evidence)
        .map(Json)
        .map_err(ApiError::internal)
}
