//! Changes to a person's card.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::Action;
use kafedra_store::{account, person};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Known, Person, card_of,
    create::{read_person, refuse_taken},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id, STALE},
    form::{DATE, FUTURE, Form, or_taken, sent},
    problem::{FORBIDDEN, Problem, REQUIRED},
};

/// What to change; fields left out stay as they are.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonPatch {
    family_name: Option<String>,
    given_name: Option<String>,
    /// Null or empty to forget it.
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    patronymic: Option<Option<String>>,
    /// Null or empty to forget it.
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// `1980-05-01`; null or empty to forget it.
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<NaiveDate>)]
    birth_date: Option<Option<String>>,
    /// A login cannot be taken away.
    login: Option<String>,
    /// The version that was read; an edit made from an older one is refused.
    version: Option<i32>,
}

/// Changes a person's names, e-mail address and login.
#[utoipa::path(
    patch,
    path = "/people/{id}",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    request_body = PersonPatch,
    responses(
        (status = 200, body = Person),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(patch): Body<PersonPatch>,
) -> ApiResult<Json<Person>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    if !by.keeps_person(&known.answerable(), &known.rights()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    known.living()?;
    let before = &known.person;
    let mut form = Form::default();
    let patronymic = patch.patronymic.map(Option::unwrap_or_default);
    let email = patch.email.unwrap_or_else(|| before.email.clone());
    let named = read_person(
        &mut form,
        patch.family_name.as_deref().unwrap_or(&before.family_name),
        patch.given_name.as_deref().unwrap_or(&before.given_name),
        patronymic.as_deref().unwrap_or(&before.patronymic),
        email.as_deref(),
    );
    let written = person::Draft {
        birth_date: match patch.birth_date.map(Option::unwrap_or_default) {
            None => before.birth_date,
            Some(typed) => birth_date(&mut form, &typed, state.today()),
        },
        ..named
    };
    let login = form.login("login", patch.login.as_deref());
    if patch.login.is_some() && login.is_none() {
        form.refuse("login", &REQUIRED);
    }
    refuse_taken(
        db,
        &mut form,
        Some(id),
        written.email.as_deref(),
        login.as_deref(),
    )
    .await?;
    form.done()?;
    let login = login.filter(|login| known.account.as_ref().map(|a| &a.login) != Some(login));
    let changed: Vec<&str> = [
        ("familyName", written.family_name != before.family_name),
        ("givenName", written.given_name != before.given_name),
        ("patronymic", written.patronymic != before.patronymic),
        ("email", written.email != before.email),
        ("birthDate", written.birth_date != before.birth_date),
        ("login", login.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect();

    let change = state.store.write().await?;
    let version = patch.version.unwrap_or(before.version);
    if !person::update(&change, id, version, written)
        .await
        .map_err(or_taken("email"))?
    {
        return Err(ApiError::new(&STALE));
    }
    if let Some(login) = login {
        match &known.account {
            Some(account) => account::set_login(&change, account.id, login)
                .await
                .map_err(or_taken("login"))?,
            None => account::create(&change, id, login, None, state.clock.now())
                .await
                .map(drop)
                .map_err(or_taken("login"))?,
        }
    }
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::PersonChanged,
        Some(id),
        changed.join(", "),
    )
    .await?;
    change.commit().await?;
    card_of(&state, by, id).await
}

/// `None` for an empty field, and for one that was refused.
fn birth_date(form: &mut Form, typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    match NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok() {
        Some(day) if day > today => form.refuse("birthDate", &FUTURE),
        Some(day) if day >= earliest => return Some(day),
        _ => form.refuse("birthDate", &DATE),
    }
    None
}
