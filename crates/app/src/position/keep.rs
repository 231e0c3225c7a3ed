//! Keeping the dictionary: new positions, their names, and the days on which they may be given.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::NaiveDate;
use kafedra_model::PositionGroup;
use kafedra_store::position::{self, Model};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::Position;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    form::{Form, or_taken},
    problem::{FieldCode, NOT_FOUND, Problem, TAKEN},
};

pub const CODE: FieldCode = FieldCode {
    code: "position.code",
    ru: "Код состоит из 1–40 латинских букв, цифр, точек, дефисов и подчёркиваний.",
    en: "A code has 1 to 40 Latin letters, digits, dots, hyphens and underscores.",
};
pub const BACKWARDS: FieldCode = FieldCode {
    code: "position.backwards",
    ru: "Последний день раньше первого. Проверьте даты.",
    en: "The last day is before the first. Check the dates.",
};

pub const FIELD_CODES: &[FieldCode] = &[CODE, BACKWARDS];

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionEdit {
    /// Up to 200 characters.
    name_ru: String,
    /// The Russian one where it is left empty.
    #[serde(default)]
    name_en: String,
    /// The first and the last day on which it may be given; null leaves that end open.
    #[serde(default)]
    from: Option<NaiveDate>,
    #[serde(default)]
    until: Option<NaiveDate>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionDraft {
    /// Of the classification that the city uses; never changes.
    code: String,
    /// Never changes either: past figures stand on it. End this position and add another.
    group: PositionGroup,
    name_ru: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    from: Option<NaiveDate>,
    #[serde(default)]
    until: Option<NaiveDate>,
}

/// The row with what was typed; everything wrong with it is told by the form.
fn read(form: &mut Form, row: Model, edit: &PositionEdit) -> Model {
    let name_ru = form.line("nameRu", &edit.name_ru, 200);
    let name_en = form.optional_line("nameEn", &edit.name_en, 200);
    if edit
        .from
        .zip(edit.until)
        .is_some_and(|(from, until)| until < from)
    {
        form.refuse("until", &BACKWARDS);
    }
    Model {
        name_en: if name_en.is_empty() {
            name_ru.clone()
        } else {
            name_en
        },
        name_ru,
        from_date: edit.from,
        until_date: edit.until,
        ..row
    }
}

/// Adds a position to the dictionary; administrators may.
#[utoipa::path(
    post,
    path = "/positions",
    tag = "positions",
    request_body = PositionDraft,
    responses(
        (status = 201, body = Position),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<PositionDraft>,
) -> ApiResult<(StatusCode, Json<Position>)> {
    caller.allowed(|by| by.is_administrator())?;
    let mut form = Form::default();
    let code = draft.code.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if code.is_empty() || code.len() > 40 || !code.chars().all(allowed) {
        form.refuse("code", &CODE);
    }
    let row = Model {
        code: code.to_owned(),
        name_ru: String::new(),
        name_en: String::new(),
        position_group: draft.group.as_str().to_owned(),
        from_date: None,
        until_date: None,
    };
    let edit = PositionEdit {
        name_ru: draft.name_ru,
        name_en: draft.name_en,
        from: draft.from,
        until: draft.until,
    };
    let row = read(&mut form, row, &edit);
    let change = state.store.write().await?;
    if position::find(&change, &row.code).await?.is_some() {
        form.refuse("code", &TAKEN);
    }
    form.done()?;
    let row = position::create(&change, row)
        .await
        .map_err(or_taken("code"))?;
    change.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Changes a position's names and days; administrators may. Employments that have it keep it.
#[utoipa::path(
    put,
    path = "/positions/{code}",
    tag = "positions",
    params(("code" = String, Path)),
    request_body = PositionEdit,
    responses(
        (status = 200, body = Position),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Path(code): Path<String>,
    Body(edit): Body<PositionEdit>,
) -> ApiResult<Json<Position>> {
    caller.allowed(|by| by.is_administrator())?;
    let change = state.store.write().await?;
    let row = position::find(&change, &code)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let mut form = Form::default();
    let row = read(&mut form, row, &edit);
    form.done()?;
    let row = position::update(&change, row).await?;
    change.commit().await?;
    Ok(Json(row.into()))
}
