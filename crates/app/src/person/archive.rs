//! Taking a person out of the lists, and back.

use axum::{Json, extract::State};
use kafedra_model::{Action, Grant, Role, Scope};
use kafedra_store::{person, role_grant, session};
use uuid::Uuid;

use super::{Known, LAST_ADMINISTRATOR, Person, card_of};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Id,
    problem::{FORBIDDEN, Problem},
};

/// Archives a person: they leave the lists and are signed out for good; their records stay.
#[utoipa::path(
    post,
    path = "/people/{id}/archive",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Person),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`person.last_administrator`"),
    )
)]
pub async fn archive(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Person>> {
    let known = kept(&state, &caller, id).await?;
    let by = caller.actor()?;
    if known.person.archived_at.is_some() {
        return card_of(&state, by, id).await;
    }
    let change = state.store.write().await?;
    let administrator = Grant {
        role: Role::Administrator,
        scope: Scope::City,
    };
    if known.rights().contains(&administrator)
        && role_grant::other_holders(&change, Role::Administrator, id).await? == 0
    {
        return Err(ApiError::new(&LAST_ADMINISTRATOR));
    }
    person::set_archived(&change, id, Some(state.clock.now())).await?;
    if let Some(account) = &known.account {
        session::delete_of_account(&change, account.id).await?;
    }
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::PersonArchived,
        Some(id),
        "",
    )
    .await?;
    change.commit().await?;
    card_of(&state, by, id).await
}

/// Brings an archived person back.
#[utoipa::path(
    post,
    path = "/people/{id}/restore",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Person),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn restore(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Person>> {
    let known = kept(&state, &caller, id).await?;
    let by = caller.actor()?;
    if known.person.archived_at.is_some() {
        let change = state.store.write().await?;
        person::set_archived(&change, id, None).await?;
        record(
            &state,
            &change,
            Some(by.person_id),
            Action::PersonRestored,
            Some(id),
            "",
        )
        .await?;
        change.commit().await?;
    }
    card_of(&state, by, id).await
}

/// The person, if the caller keeps the city's register and may edit this card.
async fn kept(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Known> {
    let by = &caller.allowed(|by| by.keeps_city_register())?.actor;
    let known = Known::of(state, &state.store.db, id).await?;
    if by.keeps_person(&known.answerable(), &known.rights()) {
        known.living()?;
        Ok(known)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}
