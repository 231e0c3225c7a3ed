//! The caller about themselves: who they are, their language, password and consents.

use kafedra_model::{Actor, Locale, consent as notice};
use kafedra_store::{account, consent, person, role_grant};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiResult, AppState, Code, problem::FieldCode, schema};

mod consent_give;
mod get;
mod password;
mod update;

pub const CODES: &[Code] = &[consent_give::OUTDATED];
pub const FIELD_CODES: &[FieldCode] = &[password::WRONG];

pub use consent_give::require_current as require_current_consent;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get, update::update))
        .routes(routes!(password::password))
        .routes(routes!(consent_give::give))
}

/// Who is asking, as the client needs it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    #[schema(required)]
    person: Option<MePerson>,
    #[schema(required)]
    guest: Option<MeGuest>,
    grants: Vec<GrantView>,
    /// What this person may do somewhere: `people.read`, `institutions.edit`, …
    capabilities: Vec<String>,
    #[schema(value_type = schema::Locale)]
    locale: String,
    /// The consent must be asked for before anything else.
    consent_due: bool,
    /// Version of the text agreed to last.
    #[schema(required)]
    consent_version: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MePerson {
    id: Uuid,
    family_name: String,
    given_name: String,
    #[schema(required)]
    patronymic: Option<String>,
    #[schema(required)]
    email: Option<String>,
    login: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeGuest {
    id: Uuid,
    name: String,
}

/// One role within one scope.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Grant)]
#[serde(rename_all = "camelCase")]
pub struct GrantView {
    pub id: Uuid,
    #[schema(value_type = schema::Role)]
    pub role: String,
    #[schema(value_type = schema::ScopeKind)]
    pub scope_kind: String,
    #[schema(required)]
    pub scope_id: Option<Uuid>,
    /// Short name of the institution.
    #[schema(required)]
    pub scope_name: Option<String>,
}

/// Grants with the names of what they reach.
pub async fn grant_views(
    db: &impl ConnectionTrait,
    grants: &[role_grant::Model],
) -> ApiResult<Vec<GrantView>> {
    let institutions: Vec<Uuid> = grants
        .iter()
        .filter(|grant| grant.scope_kind == "institution")
        .filter_map(|grant| grant.scope_id)
        .collect();
    let names = kafedra_store::institution::short_names(db, institutions).await?;
    Ok(grants
        .iter()
        .map(|grant| GrantView {
            id: grant.id,
            role: grant.role.clone(),
            scope_kind: grant.scope_kind.clone(),
            scope_id: grant.scope_id,
            scope_name: grant.scope_id.and_then(|id| names.get(&id).cloned()),
        })
        .collect())
}

/// One grant with the name of what it reaches.
pub async fn grant_view(
    db: &impl ConnectionTrait,
    grant: &role_grant::Model,
) -> ApiResult<GrantView> {
    grant_views(db, std::slice::from_ref(grant))
        .await?
        .pop()
        .ok_or_else(|| crate::ApiError::internal("a grant lost its view"))
}

/// What `GET /api/me` answers to a signed-in person.
pub async fn of_person(
    db: &impl ConnectionTrait,
    account: &account::Model,
    person: &person::Model,
) -> ApiResult<Me> {
    let grants = role_grant::of_person(db, person.id).await?;
    let actor = Actor {
        person_id: person.id,
        grants: grants.iter().filter_map(|row| row.grant()).collect(),
    };
    let given = consent::latest(db, person.id).await?;
    Ok(Me {
        person: Some(MePerson {
            id: person.id,
            family_name: person.family_name.clone(),
            given_name: person.given_name.clone(),
            patronymic: some_text(&person.patronymic),
            email: person.email.clone(),
            login: account.login.clone(),
        }),
        guest: None,
        grants: grant_views(db, &grants).await?,
        capabilities: actor
            .capabilities()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        locale: account.locale.clone(),
        consent_due: given.as_deref() != Some(notice::current().version),
        consent_version: given,
    })
}

fn of_nobody(locale: Locale) -> Me {
    Me {
        person: None,
        guest: None,
        grants: Vec::new(),
        capabilities: Vec::new(),
        locale: locale.as_str().to_owned(),
        consent_due: false,
        consent_version: None,
    }
}

fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
