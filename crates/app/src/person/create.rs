//! A new person in the register.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::{account, employment, person};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Person, card_of};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    employment::{EmploymentDraft, checked},
    extract::Body,
    form::{Form, or_taken},
    problem::{FORBIDDEN, Problem, TAKEN},
};

/// What is written about a person.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonDraft {
    /// Up to 100 characters, as every part of a name.
    #[schema(required)]
    family_name: String,
    #[schema(required)]
    given_name: String,
    patronymic: Option<String>,
    email: Option<String>,
    /// Makes an account, still without a password.
    login: Option<String>,
    /// Where the person works; for a coordinator, their own institution.
    employment: Option<EmploymentDraft>,
}

/// Cleans the parts of a name and the address; nothing else is known of the person yet.
pub fn read_person(
    form: &mut Form,
    family_name: &str,
    given_name: &str,
    patronymic: &str,
    email: Option<&str>,
) -> person::Draft {
    person::Draft {
        family_name: form.line("familyName", family_name, 100),
        given_name: form.line("givenName", given_name, 100),
        patronymic: form.optional_line("patronymic", patronymic, 100),
        email: form.email("email", email),
        birth_date: None,
    }
}

/// Refuses an e-mail address or login that somebody else has.
pub async fn refuse_taken(
    db: &impl ConnectionTrait,
    form: &mut Form,
    person: Option<uuid::Uuid>,
    email: Option<&str>,
    login: Option<&str>,
) -> ApiResult<()> {
    if let Some(email) = email
        && let Some(holder) = person::of_email(db, email).await?
        && Some(holder.id) != person
    {
        form.refuse("email", &TAKEN);
    }
    if let Some(login) = login
        && let Some(holder) = account::of_login(db, login).await?
        && Some(holder.person_id) != person
    {
        form.refuse("login", &TAKEN);
    }
    Ok(())
}

/// Adds a person, with a place of work and a login if given.
#[utoipa::path(
    post,
    path = "/people",
    tag = "people",
    request_body = PersonDraft,
    responses(
        (status = 201, body = Person),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<PersonDraft>,
) -> ApiResult<(StatusCode, Json<Person>)> {
    let by = caller.actor()?;
    let allowed = match &draft.employment {
        Some(employment) => by.keeps_institution(employment.institution_id),
        None => by.keeps_somewhere(),
    };
    if !allowed {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let db = &state.store.db;
    let now = state.clock.now();
    let mut form = Form::default();
    let written = read_person(
        &mut form,
        &draft.family_name,
        &draft.given_name,
        draft.patronymic.as_deref().unwrap_or_default(),
        draft.email.as_deref(),
    );
    let login = form.login("login", draft.login.as_deref());
    refuse_taken(
        db,
        &mut form,
        None,
        written.email.as_deref(),
        login.as_deref(),
    )
    .await?;
    let works = match draft.employment {
        None => None,
        Some(employment) => checked(db, &mut form, employment, None, &[]).await?,
    };
    form.done()?;

    let change = state.store.write().await?;
    let person = person::create(&change, written, now)
        .await
        .map_err(or_taken("email"))?;
    if let Some(login) = login {
        account::create(&change, person.id, login, None, now)
            .await
            .map_err(or_taken("login"))?;
    }
    if let Some(works) = works {
        employment::create(&change, person.id, works).await?;
    }
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::PersonCreated,
        Some(person.id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, card_of(&state, by, person.id).await?))
}
