//! Sessions: signing in and out.
//!
//! A session lasts [`DAYS`] from its start. Its cookie holds a random token of which the database
//! keeps the hash only. A second factor or OpenID Connect would stand between the check of the
//! password in [`create`] and [`open`], which is the one place where sessions begin.

use axum_extra::extract::cookie::Cookie;
use chrono::TimeDelta;
use kafedra_store::session::{self, Holder};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ApiError, ApiResult, AppState, Code, caller::COOKIE, problem::Words, secret};

mod create;
mod delete;

pub use create::WRONG;

/// How long a session lasts.
pub const DAYS: i64 = 30;

pub const TOO_MANY: Code = Code {
    code: "sign_in.too_many",
    status: 429,
    ru: Words {
        title: "Слишком много неудачных попыток войти",
        detail: "Если забыли пароль, попросите координатора школы или администратора дать ссылку для нового.",
    },
    en: Words {
        title: "Too many failed attempts to sign in",
        detail: "If you forgot the password, ask your coordinator or an administrator for a link to set a new one.",
    },
};

pub const CODES: &[Code] = &[WRONG, TOO_MANY];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(create::create, delete::delete))
}

/// Starts a session and makes its cookie; for people and guests alike.
pub async fn open(
    state: &AppState,
    db: &impl ConnectionTrait,
    holder: Holder,
    user_agent: String,
) -> ApiResult<Cookie<'static>> {
    let token = secret::token();
    let now = state.clock.now();
    session::create(
        db,
        secret::hash(&token),
        holder,
        user_agent,
        now,
        now + TimeDelta::days(DAYS),
    )
    .await?;
    let secure = if state.settings.https { "; Secure" } else { "" };
    let seconds = TimeDelta::days(DAYS).num_seconds();
    Cookie::parse(format!(
        "{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ))
    .map_err(ApiError::internal)
}
