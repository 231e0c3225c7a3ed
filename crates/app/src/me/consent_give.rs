//! The caller agrees to the privacy notice.

use axum::{Json, extract::State};
use kafedra_model::consent as notice;
use kafedra_store::consent;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Me, of_person};
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
        (status = 200, body = Me),
        (status = 401, body = Problem),
        (status = 409, body = Problem, description = "`consent.outdated`"),
    )
)]
pub async fn give(
    State(state): State<AppState>,
    caller: Caller,
    Body(given): Body<ConsentGiven>,
) -> ApiResult<Json<Me>> {
    let signed_in = caller.person()?;
    let db = &state.store.db;
    require_current(&given.version)?;
    consent::give(db, signed_in.person.id, &given.version, state.clock.now()).await?;
    Ok(Json(
        of_person(db, &signed_in.account, &signed_in.person).await?,
    ))
}
