//! Minutes of an event: prefilled, edited, signed, corrected, printed; their decisions become tasks.

use chrono::{DateTime, Utc};
use kafedra_model::minutes::{Body, Missing, State};
use kafedra_store::{event, minutes, person};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::{standing::Standing, view::PersonRef},
    problem::{FieldCode, NOT_FOUND},
};

mod file;
mod get;
mod prefill;
mod put;
mod sign;
mod voted;

pub const NO_DECISION: FieldCode = FieldCode {
    code: "no_decision",
    ru: "Запишите хотя бы одно решение.",
    en: "Write down one decision at least.",
};

pub const FIELD_CODES: &[FieldCode] = &[NO_DECISION];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get, put::put))
        .routes(routes!(sign::sign))
        .routes(routes!(file::docx))
        .routes(routes!(file::pdf))
}

/// Minutes as they stand.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Minutes {
    pub state: State,
    /// Counts from 1; 0 for what was prefilled and never saved.
    pub version: i32,
    pub number: String,
    pub body: Body,
    /// To be sent back with an edit; null until something was saved.
    #[schema(required)]
    pub updated_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub signed_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub signed_by: Option<PersonRef>,
    /// Whether the caller may edit and sign.
    pub may_edit: bool,
    /// Fields that must be filled in before signing, as a refusal names them.
    pub missing: Vec<&'static str>,
}

impl Minutes {
    async fn of(db: &impl ConnectionTrait, row: minutes::Model, may_edit: bool) -> ApiResult<Self> {
        let signed_by = match row.signed_by {
            Some(id) => person::find(db, id).await?.as_ref().map(PersonRef::from),
            None => None,
        };
        let body = body(&row)?;
        Ok(Self {
            state: State::parse(&row.state),
            version: row.version,
            missing: missing(&body, &row.number),
            body,
            number: row.number,
            updated_at: Some(row.updated_at),
            signed_at: row.signed_at,
            signed_by,
            may_edit,
        })
    }

    fn prefilled(number: String, body: Body) -> Self {
        Self {
            state: State::Draft,
            version: 0,
            missing: missing(&body, &number),
            number,
            body,
            updated_at: None,
            signed_at: None,
            signed_by: None,
            may_edit: true,
        }
    }
}

fn missing(body: &Body, number: &str) -> Vec<&'static str> {
    body.missing(number).into_iter().map(field).collect()
}

fn field(missing: Missing) -> &'static str {
    match missing {
        Missing::Number => "number",
        Missing::Chair => "body.chair",
        Missing::Secretary => "body.secretary",
        Missing::Attended => "body.attended",
        Missing::Decision => "body.items",
    }
}

fn body(row: &minutes::Model) -> ApiResult<Body> {
    serde_json::from_str(&row.body).map_err(ApiError::internal)
}

/// The version that the caller may read: those who keep the minutes read the latest, others the
/// latest that is signed. `None` within for what was never saved.
async fn readable(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> ApiResult<(event::Model, bool, Option<minutes::Model>)> {
    let standing = Standing::of(state, caller, id).await?;
    let may_edit = standing.may_prepare();
    let versions = minutes::of_event(&state.store.db, id).await?;
    let found = versions
        .into_iter()
        .find(|row| may_edit || row.signed_at.is_some());
    if found.is_none() && !may_edit {
        return Err(ApiError::new(&NOT_FOUND));
    }
    Ok((standing.event, may_edit, found))
}
