//! Institutions. Everyone signed in may read them; the city's register keepers edit.

use kafedra_model::InstitutionKind;
use kafedra_store::institution::{self, Draft, Model};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState,
    form::Form,
    problem::{FieldCode, NOT_FOUND, UNKNOWN},
    schema,
};

mod archive;
mod create;
mod get;
mod list;
mod month;
mod update;

pub const A_BUILDING: FieldCode = FieldCode {
    code: "institution.a_building",
    ru: "Это само здание другого учреждения. Выберите юридическое лицо.",
    en: "This is a building of another institution itself. Choose the legal entity.",
};
pub const HAS_BUILDINGS: FieldCode = FieldCode {
    code: "institution.has_buildings",
    ru: "У этого учреждения есть свои здания. Сначала отсоедините их.",
    en: "This institution has buildings of its own. Detach them first.",
};

pub const FIELD_CODES: &[FieldCode] = &[A_BUILDING, HAS_BUILDINGS];

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
    /// Belongs to the city.
    municipal: bool,
    /// The legal entity whose building this is; null for a legal entity.
    #[schema(required)]
    building_of: Option<Uuid>,
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
            municipal: row.municipal,
            building_of: row.building_of,
            archived_at: row.archived_at,
            version: row.version,
        }
    }
}

/// What is written about an institution.
#[derive(Debug, Deserialize, ToSchema)]
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
    /// Belongs to the city; so it does where this is left out.
    municipal: bool,
    /// The legal entity whose building it is.
    building_of: Option<Uuid>,
}

impl Default for InstitutionDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            short_name: String::new(),
            kind: String::new(),
            address: None,
            municipal: true,
            building_of: None,
        }
    }
}

impl InstitutionDraft {
    /// Checks it for the institution of this id, or for a new one.
    async fn checked(&self, db: &impl ConnectionTrait, id: Option<Uuid>) -> ApiResult<Draft> {
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
            municipal: self.municipal,
            building_of: self.building_of,
        };
        if let Some(of) = self.building_of {
            let entity = institution::find(db, of).await?;
            match entity.filter(|row| row.archived_at.is_none() && Some(row.id) != id) {
                None => form.refuse("buildingOf", &UNKNOWN),
                Some(row) if row.building_of.is_some() => form.refuse("buildingOf", &A_BUILDING),
                Some(_) => {}
            }
            if let Some(id) = id
                && !institution::buildings(db, id).await?.is_empty()
            {
                form.refuse("buildingOf", &HAS_BUILDINGS);
            }
        }
        form.done()?;
        Ok(draft)
    }
}

/// The institution of this id, or 404.
pub async fn existing(state: &AppState, id: Uuid) -> ApiResult<Model> {
    institution::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}
