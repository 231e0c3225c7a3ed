//! People: the register, their cards, who may see and change them.
//!
//! A card is read by its institution, the city's register readers and the person; each look by
//! somebody else is written to the access log. The list shows every signed-in person names and
//! places of work, so that colleagues can be invited; contacts only to those who may read the card.

use axum::Json;
use chrono::NaiveDate;
use kafedra_model::{Grant, employment::answerable};
use kafedra_store::{account, employment, erasure, person, role_grant};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code,
    personal_data::ERASED,
    problem::{NOT_FOUND, Words},
};

mod archive;
mod card;
mod create;
mod export;
mod get;
mod list;
mod reset_link;
mod update;

pub use card::Person;
pub use create::{read_person, refuse_taken};

pub const LAST_ADMINISTRATOR: Code = Code {
    code: "person.last_administrator",
    status: 409,
    ru: Words {
        title: "Это последний администратор",
        detail: "Сначала дайте роль администратора ещё кому-нибудь.",
    },
    en: Words {
        title: "This is the last administrator",
        detail: "First give the administrator's role to somebody else.",
    },
};

pub const CODES: &[Code] = &[LAST_ADMINISTRATOR, reset_link::NO_ACCOUNT];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(get::get, update::update))
        .routes(routes!(archive::archive))
        .routes(routes!(archive::restore))
        .routes(routes!(reset_link::reset_link))
        .routes(routes!(export::export))
}

/// A person with all that the rules and the card need.
pub struct Known {
    pub person: person::Model,
    pub account: Option<account::Model>,
    pub employments: Vec<employment::Model>,
    pub grants: Vec<role_grant::Model>,
    /// Their data were erased: nothing may be added any more.
    pub erasure: Option<erasure::Model>,
    today: NaiveDate,
}

impl Known {
    /// The person of this id, or 404.
    pub async fn of(state: &AppState, db: &impl ConnectionTrait, id: Uuid) -> ApiResult<Self> {
        let person = person::find(db, id)
            .await?
            .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
        Ok(Self {
            account: account::of_person(db, id).await?,
            employments: employment::of_person(db, id).await?,
            grants: role_grant::of_person(db, id).await?,
            erasure: erasure::find(db, id).await?,
            today: state.today(),
            person,
        })
    }

    /// 409 `erasure.done` for somebody whose data were erased.
    pub fn living(&self) -> ApiResult<()> {
        match self.erasure {
            Some(_) => Err(ApiError::new(&ERASED)),
            None => Ok(()),
        }
    }

    /// Institutions that answer for this person today.
    pub fn answerable(&self) -> Vec<Uuid> {
        let terms: Vec<_> = self.employments.iter().map(|row| row.term()).collect();
        answerable(&terms, self.today)
    }

    /// Every institution where this person works today.
    pub fn institutions(&self) -> Vec<Uuid> {
        self.employments
            .iter()
            .filter(|row| row.lasts(self.today))
            .map(|row| row.institution_id)
            .collect()
    }

    pub fn has_password(&self) -> bool {
        self.account
            .as_ref()
            .is_some_and(|account| account.password_hash.is_some())
    }

    pub fn rights(&self) -> Vec<Grant> {
        self.grants.iter().filter_map(|row| row.grant()).collect()
    }
}

/// The card as it is now, after a change.
pub async fn card_of(
    state: &AppState,
    by: &kafedra_model::Actor,
    id: Uuid,
) -> ApiResult<Json<Person>> {
    let db = &state.store.db;
    let known = Known::of(state, db, id).await?;
    Ok(Json(Person::of(state, &known, by).await?))
}
