//! Indicators that the installation defines itself, from the same building blocks or by hand.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use kafedra_model::{
    Actor,
    indicator::{Source, Who},
    name::fold,
};
use kafedra_store::{indicator_signature, own_indicator, own_indicator_value, position};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::named::{self, Indicator};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Params, STALE},
    form::Form,
    problem::{FieldCode, Problem, TAKEN},
};

pub const BLOCKS: FieldCode = FieldCode {
    code: "indicator.blocks",
    ru: "Выберите, кого считать и по чему: комплекты бывают у учреждений, всё остальное у людей.",
    en: "Choose who is counted and by what: institutions have kits, people everything else.",
};
pub const DEFINED: FieldCode = FieldCode {
    code: "indicator.defined",
    ru: "Такой показатель уже есть. Откройте его в списке.",
    en: "There is such an indicator already. Open it in the list.",
};
pub const IN_USE: FieldCode = FieldCode {
    code: "indicator.in_use",
    ru: "По этому показателю уже есть подписанные или введённые значения. Чтобы считать иначе, заведите новый.",
    en: "There are signed or entered values of this indicator already. To count otherwise, define a new one.",
};

pub const FIELD_CODES: &[FieldCode] = &[BLOCKS, DEFINED, IN_USE];

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IndicatorDraft {
    /// Up to 200 characters.
    name: String,
    source: Source,
    /// The version that was changed; 0 for a new one.
    #[serde(default)]
    version: i32,
}

/// An indicator of the installation's own.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnIndicator {
    id: Uuid,
    name: String,
    source: Source,
    version: i32,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Version {
    /// The version that was seen.
    version: i32,
}

fn view(row: own_indicator::Model) -> ApiResult<OwnIndicator> {
    Ok(OwnIndicator {
        id: row.id,
        name: row.name,
        source: serde_json::from_str(&row.source).map_err(ApiError::internal)?,
        version: row.version,
    })
}

/// Name and source as they are kept; everything wrong with them is told at once.
async fn read(
    db: &impl ConnectionTrait,
    draft: &IndicatorDraft,
    changed: Option<&own_indicator::Model>,
) -> ApiResult<(String, String)> {
    let mut form = Form::default();
    let name = form.line("name", &draft.name, 200);
    let others: Vec<Indicator> = named::all(db)
        .await?
        .into_iter()
        .filter(|one| changed.is_none_or(|row| one.key != row.id.to_string()))
        .collect();
    let mut names = others.iter().filter_map(|one| one.own.as_ref());
    if names.any(|own| fold(&own.name) == fold(&name)) {
        form.refuse("name", &TAKEN);
    }
    let source = draft.source.clone().in_order();
    if let Source::Computed(definition) = &source {
        let known = position::all(db).await?;
        let has_unknown = match &definition.who {
            Who::Positions(codes) => codes
                .iter()
                .any(|code| known.iter().all(|row| row.code != *code)),
            _ => false,
        };
        if !definition.is_sound() || has_unknown {
            form.refuse("source", &BLOCKS);
        } else if others
            .into_iter()
            .any(|one| one.source.in_order() == source)
        {
            form.refuse("source", &DEFINED);
        }
    }
    let source = serde_json::to_string(&source).map_err(ApiError::internal)?;
    if let Some(row) = changed
        && row.source != source
        && is_used(db, row).await?
    {
        form.refuse("source", &IN_USE);
    }
    form.done()?;
    Ok((name, source))
}

async fn is_used(db: &impl ConnectionTrait, row: &own_indicator::Model) -> ApiResult<bool> {
    let years = i32::MIN..=i32::MAX;
    Ok(
        !indicator_signature::history(db, &row.id.to_string(), years)
            .await?
            .is_empty()
            || !own_indicator_value::of_indicator(db, row.id)
                .await?
                .is_empty(),
    )
}

/// Defines an indicator; officials of the committee and administrators may.
#[utoipa::path(
    post,
    path = "/indicators",
    tag = "indicators",
    request_body = IndicatorDraft,
    responses(
        (status = 201, body = OwnIndicator),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<IndicatorDraft>,
) -> ApiResult<(StatusCode, Json<OwnIndicator>)> {
    let me = caller.allowed(Actor::signs_quarters)?.person.id;
    let change = state.store.write().await?;
    let read = read(&change, &draft, None).await?;
    let row = own_indicator::create(&change, read, me, state.clock.now()).await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(view(row)?)))
}

/// An indicator of the installation's own, as it is defined.
#[utoipa::path(
    get,
    path = "/indicators/{key}",
    tag = "indicators",
    params(("key" = String, Path)),
    responses(
        (status = 200, body = OwnIndicator),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
) -> ApiResult<Json<OwnIndicator>> {
    caller.person()?;
    let row = named::own(&state.store.db, &key).await?;
    Ok(Json(view(row)?))
}

/// Changes its name, and how it is counted while nothing was signed or entered.
#[utoipa::path(
    put,
    path = "/indicators/{key}",
    tag = "indicators",
    params(("key" = String, Path)),
    request_body = IndicatorDraft,
    responses(
        (status = 200, body = OwnIndicator),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Body(draft): Body<IndicatorDraft>,
) -> ApiResult<Json<OwnIndicator>> {
    caller.allowed(Actor::signs_quarters)?;
    let change = state.store.write().await?;
    let row = named::own(&change, &key).await?;
    if row.version != draft.version {
        return Err(ApiError::new(&STALE));
    }
    let read = read(&change, &draft, Some(&row)).await?;
    let row = own_indicator::update(&change, row, read).await?;
    change.commit().await?;
    Ok(Json(view(row)?))
}

/// Takes it off the list; what was signed or entered is kept.
#[utoipa::path(
    delete,
    path = "/indicators/{key}",
    tag = "indicators",
    params(("key" = String, Path), Version),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
    )
)]
pub async fn archive(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Params(seen): Params<Version>,
) -> ApiResult<StatusCode> {
    caller.allowed(Actor::signs_quarters)?;
    let change = state.store.write().await?;
    let row = named::own(&change, &key).await?;
    if row.version != seen.version {
        return Err(ApiError::new(&STALE));
    }
    own_indicator::archive(&change, row.id, state.clock.now()).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
