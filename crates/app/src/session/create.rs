//! Signing in by login or e-mail address.

use axum::{Json, extract::State};
use axum_extra::extract::CookieJar;
use kafedra_model::login;
use kafedra_store::{account, session::Holder};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TOO_MANY, open};
use crate::{
    ApiError, ApiResult, AppState, Code,
    extract::{Address, Agent, Body},
    me::{Me, of_person},
    problem::{Problem, Words},
};

pub const WRONG: Code = Code {
    code: "sign_in.wrong",
    status: 401,
    ru: Words {
        title: "Логин или пароль не подходят",
        detail: "Проверьте раскладку клавиатуры и клавишу Caps Lock. Если забыли пароль, попросите координатора школы дать ссылку для нового.",
    },
    en: Words {
        title: "The login or the password does not fit",
        detail: "Check the keyboard layout and Caps Lock. If you forgot the password, ask your coordinator for a link to set a new one.",
    },
};

#[derive(Deserialize, ToSchema)]
pub struct SignIn {
    /// Login or e-mail address; case does not matter.
    login: String,
    password: String,
}

/// Signs in and answers as `GET /api/me` does.
///
/// After five failures in a row one login must wait, each time longer, up to a quarter of an hour.
#[utoipa::path(
    post,
    path = "/session",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, body = Me),
        (status = 401, body = Problem, description = "`sign_in.wrong`"),
        (status = 429, body = Problem, description = "`sign_in.too_many`, `too_many`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    Address(address): Address,
    Agent(agent): Agent,
    jar: CookieJar,
    Body(typed): Body<SignIn>,
) -> ApiResult<(CookieJar, Json<Me>)> {
    let now = state.clock.now();
    let limits = &state.limits;
    // Nobody's login is longer: what exceeds it need not become a key.
    let name: String = login::normalise(&typed.login).chars().take(254).collect();
    limits.guesses.check(&address, now)?;
    if let Some(wait) = limits.sign_in.wait(&name, now) {
        return Err(ApiError::new(&TOO_MANY).after(wait));
    }

    let db = &state.store.db;
    let found = account::for_sign_in(db, &name).await?;
    let stored = found
        .as_ref()
        .and_then(|(account, _)| account.password_hash.clone());
    // Counted before the slow check and taken back after it, so that many guesses sent at
    // once do not all pass before the first one is counted.
    limits.sign_in.fail(name.clone(), now);
    let fits = state.hasher.verify(typed.password, stored).await?;
    let Some((account, person)) = found.filter(|_| fits) else {
        limits.guesses.count(address, now);
        return Err(ApiError::new(&WRONG));
    };
    limits.sign_in.succeed(&name);
    let cookie = open(&state, db, Holder::Account(account.id), agent).await?;
    let me = of_person(db, &account, &person).await?;
    Ok((jar.add(cookie), Json(me)))
}
