//! What counts, where the rules leave a choice to the installation.

use axum::{Json, extract::State};
use kafedra_model::{indicator::Settings, traffic_light::Unfit};
use kafedra_store::installation;

use super::{SETTINGS, settings_of};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    problem::{FieldCode, Problem},
};

pub const SHARE: FieldCode = FieldCode {
    code: "indicator.share",
    ru: "Введите долю от 0 до 100.",
    en: "Enter a share from 0 to 100.",
};
pub const DAYS: FieldCode = FieldCode {
    code: "indicator.days",
    ru: "Введите число дней от 1 до 1000.",
    en: "Enter a number of days from 1 to 1000.",
};

pub const PERCENT: FieldCode = FieldCode {
    code: "lights.percent",
    ru: "Введите процент от 1 до 100.",
    en: "Enter a percentage from 1 to 100.",
};
pub const ORDER: FieldCode = FieldCode {
    code: "lights.order",
    ru: "Жёлтый начинается ниже зелёного. Введите меньшее число.",
    en: "Yellow begins below green. Enter a smaller number.",
};
pub const MARGIN: FieldCode = FieldCode {
    code: "lights.days",
    ru: "Введите число дней от 0 до 365.",
    en: "Enter a number of days from 0 to 365.",
};

pub const FIELD_CODES: &[FieldCode] = &[SHARE, DAYS, PERCENT, ORDER, MARGIN];

/// The settings in force; everybody signed in may know how figures come about.
#[utoipa::path(
    get,
    path = "/installation/indicators",
    tag = "indicators",
    responses((status = 200, body = Settings), (status = 401, body = Problem))
)]
pub async fn get(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Settings>> {
    caller.person()?;
    Ok(Json(settings_of(&state.store.db).await?))
}

/// Changes the settings; administrators may. Signed quarters stay as they are.
#[utoipa::path(
    put,
    path = "/installation/indicators",
    tag = "indicators",
    request_body = Settings,
    responses(
        (status = 200, body = Settings),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Body(settings): Body<Settings>,
) -> ApiResult<Json<Settings>> {
    caller.allowed(|by| by.is_administrator())?;
    let mut errors = Vec::new();
    if settings.listener_share > 100 {
        errors.push(("listenerShare".to_owned(), &SHARE));
    }
    if !(1..=1_000).contains(&settings.readiness_days) {
        errors.push(("readinessDays".to_owned(), &DAYS));
    }
    errors.extend(settings.lights.unfit().into_iter().map(|unfit| {
        let (field, code) = match unfit {
            Unfit::Percent(field) => (field, &PERCENT),
            Unfit::Order(field) => (field, &ORDER),
            Unfit::Days(field) => (field, &MARGIN),
        };
        (format!("lights.{field}"), code)
    }));
    ApiError::fields(errors)?;
    let text = serde_json::to_string(&settings).map_err(ApiError::internal)?;
    installation::set(&state.store.db, SETTINGS, &text).await?;
    Ok(Json(settings))
}
