//! The caller about themselves: who they are, their language, password and consents.

use kafedra_model::{Actor, Locale, consent as notice};
use kafedra_store::{account, consent, person, role_grant};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    problem::{FieldCode, Words},
    schema,
};

mod consent_give;
mod consent_withdraw;
mod get;
mod password;
mod update;

pub const DUE: Code = Code {
    code: "consent.due",
    status: 403,
    ru: Words {
        title: "Нужно ваше согласие на обработку персональных данных",
        detail: "Без него войти на встречу нельзя. Откройте главную страницу, прочтите текст согласия и примите его, затем войдите снова.",
    },
    en: Words {
        title: "Your consent to the processing of personal data is needed",
        detail: "Without it you cannot join a meeting. Open the home page, read the text of the consent and accept it, then join again.",
    },
};

pub const CODES: &[Code] = &[consent_give::OUTDATED, DUE];
pub const FIELD_CODES: &[FieldCode] = &[password::WRONG];

pub use consent_give::require_current as require_current_consent;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get, update::update))
        .routes(routes!(password::password))
        .routes(routes!(consent_give::give, consent_withdraw::withdraw))
}

/// Who is asking, as the client needs it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    #[schema(required)]
    person: Option<MePerson>,
    #[schema(required)]
    guest: Option<MeGuest>,
    /// This computer is a room kit.
    #[schema(required)]
    kit: Option<MeKit>,
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

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeKit {
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
    let mut names = kafedra_store::institution::short_names(db, institutions).await?;
    let associations: Vec<Uuid> = grants
        .iter()
        .filter(|grant| grant.scope_kind == "association")
        .filter_map(|grant| grant.scope_id)
        .collect();
    if !associations.is_empty() {
        let associations = kafedra_store::association::named(db, associations).await?;
        names.extend(associations.into_iter().map(|one| (one.id, one.name)));
    }
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
        kit: None,
        grants: grant_views(db, &grants).await?,
        capabilities: actor
            .capabilities()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        locale: account.locale.clone(),
        consent_due: !is_current(given.as_deref()),
        consent_version: given,
    })
}

/// 403 `consent.due` where a signed-in person has not agreed to the text of now, or withdrew
/// their consent. Guests agree as they take their seat.
pub async fn require_consent(state: &AppState, caller: &Caller) -> ApiResult<()> {
    let Caller::Person(signed_in) = caller else {
        return Ok(());
    };
    let given = consent::latest(&state.store.db, signed_in.person.id).await?;
    if is_current(given.as_deref()) {
        Ok(())
    } else {
        Err(ApiError::new(&DUE))
    }
}

fn is_current(given: Option<&str>) -> bool {
    given == Some(notice::current().version)
}

fn of_nobody(locale: Locale) -> Me {
    Me {
        person: None,
        guest: None,
        kit: None,
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
