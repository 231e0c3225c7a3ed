//! Institutions. Everyone signed in may read them; the city's register keepers edit.

use kafedra_model::InstitutionKind;
use kafedra_store::institution::{Draft, Model};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiError, ApiResult, AppState, form::Form, problem::NOT_FOUND, schema};

mod archive;
mod create;
mod get;
mod list;
mod month;
mod update;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(get::get, update::update))
        .routes(routes!(month::month))
        .routes(routes!(archive::archive))
        .routes(routes!(archive::restore))
}

/// One institution.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Institution {
    id: Uuid,
    /// Full name, as in its charter.
    name: String,
    short_name: String,
    #[schema(value_type = schema::InstitutionKind)]
    kind: String,
    #[schema(required)]
    address: Option<String>,
    /// How many people work there today; only in lists and on the institution's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    people_count: Option<i64>,
    #[schema(required)]
    archived_at: Option<chrono::DateTime<chrono::Utc>>,
    /// To be sent back with an edit.
    version: i32,
}

impl Institution {
    fn of(row: Model, people_count: Option<i64>) -> Self {
        Self {
            id: row.id,
            name: row.name,
            short_name: row.short_name,
            kind: row.kind,
            address: Some(row.address).filter(|address| !address.is_empty()),
            people_count,
            archived_at: row.archived_at,
            version: row.version,
        }
    }
}

/// What is written about an institution.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct InstitutionDraft {
    /// Full name, up to 300 characters.
    #[schema(required)]
    name: String,
    /// «Школа № 5», up to 80 characters.
    #[schema(required)]
    short_name: String,
    #[schema(required, value_type = schema::InstitutionKind)]
    kind: String,
    address: Option<String>,
}

impl InstitutionDraft {
    fn checked(&self) -> ApiResult<Draft> {
        let mut form = Form::default();
        let draft = Draft {
            name: form.line("name", &self.name, 300),
            short_name: form.line("shortName", &self.short_name, 80),
            kind: form
                .choice("kind", InstitutionKind::parse(&self.kind))
                .map(|kind| kind.as_str().to_owned())
                .unwrap_or_default(),
            address: form.optional_line(
                "address",
                self.address.as_deref().unwrap_or_default(),
                300,
            ),
        };
        form.done()?;
        Ok(draft)
    }
}

/// The institution of this id, or 404.
pub async fn existing(state: &AppState, id: Uuid) -> ApiResult<Model> {
    kafedra_store::institution::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}
