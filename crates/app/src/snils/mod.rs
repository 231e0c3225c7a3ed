//! Insurance numbers on people's cards: shown masked, opened on purpose, and each opening logged.
//!
//! Whoever keeps a card writes the number and may see it whole, as its owner may; other readers of the
//! card see its last four digits. Invariant: the number stands nowhere but sealed in its own table.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{
    Action,
    snils::{BadSnils, Snils},
};
use kafedra_store::snils;
use sea_orm::{ConnectionTrait, SqlErr};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    access_log::record,
    extract::{Body, Id},
    person::Known,
    problem::{FORBIDDEN, FieldCode, NOT_FOUND, Problem, Words},
};

pub const UNREADABLE: Code = Code {
    code: "snils.unreadable",
    status: 409,
    ru: Words {
        title: "СНИЛС не удалось прочесть",
        detail: "Ключ реестра на сервере заменили. Администратор может вернуть файл register.key из копии, или введите номер заново.",
    },
    en: Words {
        title: "The СНИЛС could not be read",
        detail: "The register's key on the server was replaced. An administrator can put register.key back from a copy, or enter the number again.",
    },
};
pub const CODES: &[Code] = &[UNREADABLE];

pub const LENGTH: FieldCode = FieldCode {
    code: "snils.length",
    ru: "В СНИЛС должно быть 11 цифр.",
    en: "A СНИЛС has 11 digits.",
};
pub const CHECK: FieldCode = FieldCode {
    code: "snils.check",
    ru: "В СНИЛС опечатка: контрольные цифры не сходятся.",
    en: "A slip in the СНИЛС: its check digits do not fit.",
};
pub const TAKEN: FieldCode = FieldCode {
    code: "snils.taken",
    ru: "Этот СНИЛС записан на другого человека. Сверьте номер.",
    en: "This СНИЛС belongs to somebody else. Compare the number.",
};
pub const FIELD_CODES: &[FieldCode] = &[LENGTH, CHECK, TAKEN];

/// What stands in place of a number that cannot be opened.
const CLOSED: &str = "•••-•••-••• ••";

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, put, delete))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonSnils {
    /// «112-233-445 95».
    snils: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SnilsDraft {
    /// Eleven digits, with any spaces and dashes.
    snils: String,
}

/// A person's number as the card shows it; `None` where there is none.
pub async fn masked(
    state: &AppState,
    db: &impl ConnectionTrait,
    person: Uuid,
) -> ApiResult<Option<String>> {
    let row = snils::of_person(db, person).await?;
    Ok(row.map(|row| {
        state
            .vault
            .open_snils(person, &row.sealed)
            .map_or_else(|| CLOSED.to_owned(), |snils| snils.masked())
    }))
}

/// 404 for nobody, 403 for those who do not keep the card.
async fn keeps(state: &AppState, caller: &Caller, person: Uuid) -> ApiResult<Uuid> {
    let by = caller.actor()?;
    let known = Known::of(state, &state.store.db, person).await?;
    if by.keeps_person(&known.answerable(), &known.rights()) {
        known.living()?;
        Ok(by.person_id)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}

/// A person's insurance number, whole, for whoever keeps the card and its owner. A look at somebody
/// else's is written to the access log.
#[utoipa::path(
    get,
    path = "/people/{id}/snils",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = PersonSnils),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`snils.unreadable`"),
    )
)]
pub async fn show(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<PersonSnils>> {
    let me = caller.actor()?.person_id;
    if me != id {
        keeps(&state, &caller, id).await?;
    }
    let db = &state.store.db;
    let row = snils::of_person(db, id).await?.ok_or(&NOT_FOUND)?;
    let number = state.vault.open_snils(id, &row.sealed).ok_or(&UNREADABLE)?;
    if me != id {
        record(&state, db, Some(me), Action::SnilsShown, Some(id), "").await?;
    }
    Ok(Json(PersonSnils {
        snils: number.whole(),
    }))
}

/// Keeps a person's insurance number, in place of the one before.
#[utoipa::path(
    put,
    path = "/people/{id}/snils",
    tag = "people",
    params(("id" = Uuid, Path)),
    request_body = SnilsDraft,
    responses(
        (status = 204, description = "Kept"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`snils.length`, `snils.check`, `snils.taken`"),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<SnilsDraft>,
) -> ApiResult<StatusCode> {
    let by = keeps(&state, &caller, id).await?;
    let number = Snils::parse(&draft.snils).map_err(|bad| {
        ApiError::field(
            "snils",
            match bad {
                BadSnils::Length => &LENGTH,
                BadSnils::Check => &CHECK,
            },
        )
    })?;
    let sealed = state.vault.seal_snils(id, &number)?;
    let change = state.store.write().await?;
    snils::put(&change, id, sealed, state.clock.now())
        .await
        .map_err(taken)?;
    record(
        &state,
        &change,
        Some(by),
        Action::SnilsChanged,
        Some(id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn taken(error: sea_orm::DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::field("snils", &TAKEN),
        _ => error.into(),
    }
}

/// Forgets a person's insurance number. Forgetting twice is no error.
#[utoipa::path(
    delete,
    path = "/people/{id}/snils",
    tag = "people",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Forgotten"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let by = keeps(&state, &caller, id).await?;
    let change = state.store.write().await?;
    if snils::delete(&change, id).await? {
        record(
            &state,
            &change,
            Some(by),
            Action::SnilsChanged,
            Some(id),
            "",
        )
        .await?;
    }
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
