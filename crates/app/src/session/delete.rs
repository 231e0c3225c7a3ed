//! Signing out.

use axum::{extract::State, http::StatusCode};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use kafedra_store::session;

use crate::{ApiResult, AppState, Caller, caller::COOKIE};

/// Ends the caller's session; signing out twice is no error.
#[utoipa::path(
    delete,
    path = "/session",
    tag = "session",
    responses((status = 204, description = "Signed out"))
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    jar: CookieJar,
) -> ApiResult<(CookieJar, StatusCode)> {
    if let Some(id) = caller.session_id() {
        session::delete(&state.store.db, id).await?;
    }
    let gone = Cookie::build((COOKIE, "")).path("/").removal();
    Ok((jar.add(gone), StatusCode::NO_CONTENT))
}
