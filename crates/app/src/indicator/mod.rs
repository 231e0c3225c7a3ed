//! Indicators: figures for any day and part of the city, whom they count, and their signed quarters.
//!
//! Figures without names are read by everybody signed in: staff should know how the project goes.
//! Who is counted is read by those who read the register: the city's, or an institution's own.
//! What counts is `kafedra_model::indicator`'s business, counting it `kafedra_store::indicator`'s.
//! Before events are counted, [`settle`] brings their attendance up to date.

use chrono::NaiveDate;
use kafedra_model::{
    indicator::{Definition, Evidence, Question, Settings, Slice, Value},
    passport::{Hundredths, Passport},
};
use kafedra_store::{installation, project};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code, attendance,
    problem::{FieldCode, Words},
};

mod entered;
mod institutions;
mod list;
mod members;
pub(crate) mod named;
mod outlook;
mod own;
mod settings;
pub(crate) mod sign;

pub const NOT_OVER: Code = Code {
    code: "indicator.quarter_not_over",
    status: 409,
    ru: Words {
        title: "Квартал ещё не закончился",
        detail: "Подписать его можно со следующего дня после последнего.",
    },
    en: Words {
        title: "The quarter is not over",
        detail: "It can be signed from the day after its last.",
    },
};
pub const SIGNED_MEANWHILE: Code = Code {
    code: "indicator.signed_meanwhile",
    status: 409,
    ru: Words {
        title: "Квартал уже подписал кто-то другой",
        detail: "Обновите страницу и посмотрите на подписанное значение.",
    },
    en: Words {
        title: "Somebody else has signed this quarter",
        detail: "Reload the page and look at the signed value.",
    },
};

pub const CODES: &[Code] = &[NOT_OVER, SIGNED_MEANWHILE];
pub const FIELD_CODES: &[FieldCode] = settings::FIELD_CODES;
pub const OWN_FIELD_CODES: &[FieldCode] = own::FIELD_CODES;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, own::create))
        .routes(routes!(own::get, own::update, own::archive))
        .routes(routes!(entered::enter, entered::history))
        .routes(routes!(members::members))
        .routes(routes!(institutions::institutions))
        .routes(routes!(outlook::outlook))
        .routes(routes!(sign::sign, sign::history))
        .routes(routes!(sign::evidence))
        .routes(routes!(settings::get, settings::put))
}

/// What a figure is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct Asked {
    /// Today where it is left out.
    day: Option<NaiveDate>,
    /// A legal entity with its buildings, or one building.
    institution_id: Option<Uuid>,
    /// Code of a position.
    position: Option<String>,
    /// Subject of an association.
    subject: Option<String>,
    /// Leaves out those who are on parental leave.
    without_parental_leave: bool,
}

impl Asked {
    fn day(&self, state: &AppState) -> NaiveDate {
        self.day.unwrap_or_else(|| state.today())
    }

    fn slice(&self) -> Slice {
        let typed = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        Slice {
            institution: self.institution_id,
            position: typed(&self.position),
            subject: typed(&self.subject),
        }
    }

    fn question(&self, definition: &Definition, day: NaiveDate, settings: Settings) -> Question {
        Question {
            definition: definition.clone(),
            day,
            slice: self.slice(),
            without_parental_leave: self.without_parental_leave,
            settings,
        }
    }
}

/// Under which name the settings are kept.
const SETTINGS: &str = "indicators";

/// What this installation has set; what it has not is as DOMAIN's defaults say.
pub(crate) async fn settings_of(db: &impl ConnectionTrait) -> ApiResult<Settings> {
    match installation::get(db, SETTINGS).await? {
        Some(text) => serde_json::from_str(&text).map_err(ApiError::internal),
        None => Ok(Settings::default()),
    }
}

/// The passport of the current project; `None` before one was begun.
async fn passport(db: &impl ConnectionTrait) -> ApiResult<Option<Passport>> {
    match project::current(db).await? {
        Some(project) => serde_json::from_str(&project.passport)
            .map(Some)
            .map_err(ApiError::internal),
        None => Ok(None),
    }
}

/// A value as pages show it: hundredths, rounded.
fn shown(value: Option<Value>) -> Option<Hundredths> {
    value.map(Value::rounded)
}

/// Counts the attendance of events that have changed, where the indicator looks at any; whether there
/// were some.
pub(crate) async fn settle(state: &AppState, evidence: Evidence) -> ApiResult<bool> {
    if !matches!(evidence, Evidence::Dissemination | Evidence::Training) {
        return Ok(false);
    }
    attendance::settle(state).await
}
