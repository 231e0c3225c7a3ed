//! The card of one person, and what the reader may do with it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::Actor;
use kafedra_store::{institution, position};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Known;
use crate::{
    ApiResult, AppState,
    employment::Employment,
    me::{GrantView, grant_views},
    position::name_of,
    snils,
};

/// One person's card.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    id: Uuid,
    family_name: String,
    given_name: String,
    #[schema(required)]
    patronymic: Option<String>,
    #[schema(required)]
    email: Option<String>,
    #[schema(required)]
    birth_date: Option<NaiveDate>,
    /// Insurance number, masked: «•••-•••-•45 95».
    #[schema(required)]
    snils: Option<String>,
    /// Null until the person has an account.
    #[schema(required)]
    login: Option<String>,
    /// Has chosen a password, so can sign in.
    has_password: bool,
    /// The main one first, then by start.
    employments: Vec<Employment>,
    grants: Vec<GrantView>,
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
    /// Their data were erased: only a token is left of the name.
    #[schema(required)]
    erased_at: Option<DateTime<Utc>>,
    /// Why, for administrators.
    #[schema(required)]
    erasure_reason: Option<String>,
    /// To be sent back with an edit.
    version: i32,
    may: PersonMay,
}

/// What the reader of a card may do with it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonMay {
    edit: bool,
    archive: bool,
    reset: bool,
    grant: bool,
    /// Take away or erase everything that is known.
    erase: bool,
}

impl Person {
    pub async fn of(state: &AppState, known: &Known, by: &Actor) -> ApiResult<Self> {
        let db = &state.store.db;
        let ids = known
            .employments
            .iter()
            .map(|row| row.institution_id)
            .collect();
        let institutions = institution::short_names(db, ids).await?;
        let positions: HashMap<String, String> = position::all(db)
            .await?
            .into_iter()
            .map(|row| (row.code.clone(), name_of(&row)))
            .collect();
        let mut employments: Vec<Employment> = known
            .employments
            .iter()
            .map(|row| Employment::of(row.clone(), &institutions, &positions))
            .collect();
        employments.sort_by_key(Employment::order);
        let (answerable, rights) = (known.answerable(), known.rights());
        let erased = known.erasure.as_ref();
        let edit = erased.is_none() && by.keeps_person(&answerable, &rights);
        let person = &known.person;
        let account = known.account.as_ref();
        Ok(Self {
            id: person.id,
            family_name: person.family_name.clone(),
            given_name: person.given_name.clone(),
            patronymic: Some(person.patronymic.clone()).filter(|name| !name.is_empty()),
            email: person.email.clone(),
            birth_date: person.birth_date,
            snils: snils::masked(state, db, person.id).await?,
            login: account.map(|account| account.login.clone()),
            has_password: known.has_password(),
            employments,
            grants: grant_views(db, &known.grants).await?,
            archived_at: person.archived_at,
            erased_at: erased.map(|row| row.erased_at),
            erasure_reason: erased
                .filter(|_| by.is_administrator())
                .map(|row| row.reason.clone()),
            version: person.version,
            may: PersonMay {
                edit,
                archive: edit && by.keeps_city_register(),
                reset: erased.is_none() && by.may_reset(&answerable, &rights),
                grant: erased.is_none() && by.is_administrator(),
                erase: erased.is_none() && by.is_administrator(),
            },
        })
    }
}
