//! Employments: written by whoever keeps the institution.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::employment::{Clash, Term, check};
use kafedra_store::{
    employment::{Draft, Model},
    institution, position,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState,
    form::{DATE, Form},
    position::name_of,
    problem::{FieldCode, INVALID, NOT_FOUND},
};

mod create;
mod delete;
mod leave;
mod update;

pub const SECOND_MAIN: FieldCode = FieldCode {
    code: "employment.second_main",
    ru: "У человека уже есть основное место работы в эти дни. Сначала завершите его или отметьте новое как совместительство.",
    en: "The person already has a main place of work in these days. End it first, or mark this one as part-time.",
};
pub const BACKWARDS: FieldCode = FieldCode {
    code: "employment.backwards",
    ru: "Работа заканчивается раньше, чем начинается. Проверьте даты.",
    en: "The employment ends before it starts. Check the dates.",
};

pub const NOT_IN_FORCE: FieldCode = FieldCode {
    code: "employment.position_not_in_force",
    ru: "В день начала работы такой должности в справочнике нет. Выберите другую должность или проверьте дату.",
    en: "The dictionary has no such position on the first day of this employment. Choose another one or check the date.",
};

pub const FIELD_CODES: &[FieldCode] = &[SECOND_MAIN, BACKWARDS, NOT_IN_FORCE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(update::update, delete::delete))
        .routes(routes!(leave::list, leave::create))
        .routes(routes!(leave::delete))
}

/// Where somebody works, as what, since when.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Employment {
    id: Uuid,
    institution_id: Uuid,
    /// Short name.
    institution_name: String,
    position_code: String,
    position_name: String,
    /// The main place of work; at most one on any day.
    is_main: bool,
    starts_on: NaiveDate,
    /// The last day, itself included.
    #[schema(required)]
    ends_on: Option<NaiveDate>,
}

impl Employment {
    pub fn of(
        row: Model,
        institutions: &HashMap<Uuid, String>,
        positions: &HashMap<String, String>,
    ) -> Self {
        Self {
            id: row.id,
            institution_id: row.institution_id,
            institution_name: institutions
                .get(&row.institution_id)
                .cloned()
                .unwrap_or_default(),
            position_name: positions
                .get(&row.position_code)
                .cloned()
                .unwrap_or_default(),
            position_code: row.position_code,
            is_main: row.is_main,
            starts_on: row.from_date,
            ends_on: row.to_date,
        }
    }

    /// Lasting ones before ended ones, the main one first, then the latest.
    pub fn order(&self) -> (bool, bool, std::cmp::Reverse<NaiveDate>) {
        (
            self.ends_on.is_some(),
            !self.is_main,
            std::cmp::Reverse(self.starts_on),
        )
    }
}

/// The employment as it is now, with the names of its place and position.
async fn shown(db: &impl ConnectionTrait, id: Uuid) -> ApiResult<Employment> {
    let row = kafedra_store::employment::find(db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let institutions = institution::short_names(db, vec![row.institution_id]).await?;
    let positions = position::find(db, &row.position_code)
        .await?
        .map(|position| (row.position_code.clone(), name_of(&position)))
        .into_iter()
        .collect();
    Ok(Employment::of(row, &institutions, &positions))
}

/// What is written about an employment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmploymentDraft {
    pub institution_id: Uuid,
    pub position_code: String,
    pub is_main: bool,
    /// `2026-09-01`.
    #[schema(value_type = NaiveDate)]
    pub starts_on: String,
    /// The last day, itself included; left out while nobody knows it.
    #[schema(value_type = Option<NaiveDate>)]
    pub ends_on: Option<String>,
}

/// What a form without errors yields; [`checked`] gives `None` only together with an error.
fn written(draft: Option<Draft>) -> ApiResult<Draft> {
    draft.ok_or_else(|| ApiError::new(&INVALID))
}

/// Checks a draft against the dictionary and the person's other employments. What an employment had
/// `before` it may keep, whatever became of the dictionary since.
/// `None` when a date could not be read, which the form then tells.
pub async fn checked(
    db: &impl ConnectionTrait,
    form: &mut Form,
    draft: EmploymentDraft,
    before: Option<&Model>,
    others: &[Term],
) -> ApiResult<Option<Draft>> {
    let institution = institution::find(db, draft.institution_id).await?;
    form.choice(
        "institutionId",
        institution.filter(|row| row.archived_at.is_none()),
    );
    let position = form.choice(
        "positionCode",
        position::find(db, &draft.position_code).await?,
    );
    let from = date(form, "startsOn", &draft.starts_on);
    let typed_end = draft.ends_on.as_deref().map(str::trim).unwrap_or_default();
    let to = if typed_end.is_empty() {
        Some(None)
    } else {
        date(form, "endsOn", typed_end).map(Some)
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(None);
    };
    let term = Term {
        institution: draft.institution_id,
        is_main: draft.is_main,
        from,
        to,
    };
    let is_kept =
        before.is_some_and(|row| row.position_code == draft.position_code && row.from_date == from);
    if !is_kept && position.is_some_and(|row| !row.is_in_force(from)) {
        form.refuse("positionCode", &NOT_IN_FORCE);
    }
    match check(&term, others) {
        Ok(()) => {}
        Err(Clash::SecondMain) => form.refuse("isMain", &SECOND_MAIN),
        Err(Clash::Backwards) => form.refuse("endsOn", &BACKWARDS),
    }
    Ok(Some(Draft {
        institution_id: draft.institution_id,
        position_code: draft.position_code,
        is_main: draft.is_main,
        from_date: from,
        to_date: to,
    }))
}

fn date(form: &mut Form, field: &str, typed: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok();
    if date.is_none() {
        form.refuse(field, &DATE);
    }
    date
}
