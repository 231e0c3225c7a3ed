//! The caller agrees to the privacy notice.

use axum::{extract::State, http::StatusCode};
use kafedra_model::consent as notice;
use kafedra_store::consent;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    extract::Body,
    problem::{Problem, Words},
};

pub const OUTDATED: Code = Code {
    code: "consent.outdated",
    status: 409,
    ru: Words {
        title: "Текст согласия изменился",
        detail: "Обновите страницу и прочтите новый текст.",
    },
    en: Words {
        title: "The text of the consent has changed",
        detail: "Reload the page and read the new text.",
    },
};

/// 409 `consent.outdated` unless `version` is the text that is asked for now.
pub fn require_current(version: &str) -> ApiResult<()> {
    if version == notice::current().version {
        Ok(())
    } else {
        Err(ApiError::new(&OUTDATED))
    }
}

#[derive(Deserialize, ToSchema)]
pub struct ConsentGiven {
    /// Version of the text that was shown.
    version: String,
}

/// Keeps the caller's consent to the text of this version.
#[utoipa::path(
    post,
    path = "/me/consents",
    tag = "me",
    request_body = ConsentGiven,
    responses(
        (status = 204, description = "Kept"),
        (status = 401, body = Problem),
        (status = 409, body = Problem, description = "`consent.outdated`"),
    )
)]
pub async fn give(
    State(state): State<AppState>,
    caller: Caller,
    Body(given): Body<ConsentGiven>,
) -> ApiResult<StatusCode> {
    let person = caller.person()?.person.id;
    require_current(&given.version)?;
    consent::give(&state.store.db, person, &given.version, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
