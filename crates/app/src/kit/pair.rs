//! Making this computer a room kit.

use axum::{Json, extract::State};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use kafedra_model::slip as code;
use kafedra_store::{kit, kit_device, kit_pairing, session};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::WRONG_CODE;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    caller::{COOKIE, KIT_COOKIE},
    extract::{Address, Agent, Body},
    problem::Problem,
    secret,
};

/// The longest that browsers keep a cookie: 400 days. Each visit of the kit's page renews it.
const COOKIE_SECONDS: i64 = 400 * 24 * 3600;

#[derive(Debug, Deserialize, ToSchema)]
pub struct Pairing {
    /// As the coordinator reads it out; case, blanks and hyphens do not matter.
    code: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Paired {
    id: Uuid,
    name: String,
}

/// Pairs this computer by a one-time code. Whoever was signed in on it is signed out: from now
/// on it belongs to the room. A computer that was this kit before is so no more.
#[utoipa::path(
    post,
    path = "/kits/pair",
    tag = "kits",
    request_body = Pairing,
    responses(
        (status = 200, body = Paired),
        (status = 422, body = Problem, description = "`kit.wrong_code`"),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn pair(
    State(state): State<AppState>,
    caller: Caller,
    Address(address): Address,
    Agent(agent): Agent,
    jar: CookieJar,
    Body(typed): Body<Pairing>,
) -> ApiResult<(CookieJar, Json<Paired>)> {
    let now = state.clock.now();
    state.limits.guesses.check(&address, now)?;
    let wrong = || {
        state.limits.guesses.count(address, now);
        ApiError::new(&WRONG_CODE)
    };
    let normalised = code::normalise(&typed.code).ok_or_else(wrong)?;
    let hash = state
        .hasher
        .run(move || code::hash(&normalised))
        .await?
        .map_err(ApiError::internal)?;
    let change = state.store.write().await?;
    let id = kit_pairing::use_once(&change, &hash, now)
        .await?
        .ok_or_else(wrong)?;
    let kit = kit::find(&change, id)
        .await?
        .filter(|kit| kit.archived_at.is_none())
        .ok_or_else(wrong)?;
    let token = secret::token();
    kit_device::replace(&change, id, secret::hash(&token), agent, now).await?;
    match &caller {
        Caller::Person(person) => session::delete(&change, person.session_id).await?,
        Caller::Guest { session_id, .. } => session::delete(&change, *session_id).await?,
        Caller::Kit { .. } | Caller::Anonymous => {}
    }
    change.commit().await?;
    let gone = Cookie::build((COOKIE, "")).path("/").removal();
    let jar = jar.add(gone).add(cookie(&state, &token)?);
    let (id, name) = (kit.id, kit.name);
    Ok((jar, Json(Paired { id, name })))
}

/// The cookie that makes a computer the kit.
pub(super) fn cookie(state: &AppState, token: &str) -> ApiResult<Cookie<'static>> {
    let secure = if state.settings.https { "; Secure" } else { "" };
    Cookie::parse(format!(
        "{KIT_COOKIE}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
    ))
    .map_err(ApiError::internal)
}
