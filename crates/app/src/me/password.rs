//! A new password for the caller.

use axum::{extract::State, http::StatusCode};
use kafedra_model::Action;
use kafedra_store::{account, session};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Body,
    password::check,
    problem::{FieldCode, Problem},
    session::TOO_MANY,
};

pub const WRONG: FieldCode = FieldCode {
    code: "password.wrong",
    ru: "Это не ваш нынешний пароль.",
    en: "This is not your present password.",
};

#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    current: String,
    /// At least eight characters.
    new: String,
}

/// Changes the caller's password and ends all their other sessions.
#[utoipa::path(
    post,
    path = "/me/password",
    tag = "me",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "Changed; every other device is signed out"),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "`password.wrong` for `current`, `password.…` for `new`"),
        (status = 429, body = Problem, description = "`sign_in.too_many`"),
    )
)]
pub async fn password(
    State(state): State<AppState>,
    caller: Caller,
    Body(change): Body<PasswordChange>,
) -> ApiResult<StatusCode> {
    let signed_in = caller.person()?;
    let account = &signed_in.account;
    let now = state.clock.now();
    // An unattended computer must not become a place to guess at.
    let key = account.login.clone();
    if let Some(wait) = state.limits.sign_in.wait(&key, now) {
        return Err(ApiError::new(&TOO_MANY).after(wait));
    }
    let email = signed_in.person.email.as_deref().unwrap_or_default();
    check("new", &change.new, &[&account.login, email])?;
    state.limits.sign_in.fail(key.clone(), now);
    if !state
        .hasher
        .verify(change.current, account.password_hash.clone())
        .await?
    {
        return Err(ApiError::field("current", &WRONG));
    }
    state.limits.sign_in.succeed(&key);
    let hash = state.hasher.hash(change.new).await?;
    let changed = state.store.write().await?;
    account::set_password(&changed, account.id, hash).await?;
    session::delete_others_of_account(&changed, account.id, signed_in.session_id).await?;
    record(
        &state,
        &changed,
        Some(account.person_id),
        Action::PasswordChanged,
        Some(account.person_id),
        "",
    )
    .await?;
    changed.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
