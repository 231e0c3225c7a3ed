//! The caller's own settings.

use axum::{Json, extract::State};
use kafedra_model::Locale;
use kafedra_store::account;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Me, of_person};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    problem::{Problem, UNKNOWN},
    schema,
};

#[derive(Deserialize, ToSchema)]
pub struct MePatch {
    #[schema(value_type = Option<schema::Locale>)]
    locale: Option<String>,
}

/// Changes the caller's language.
#[utoipa::path(
    patch,
    path = "/me",
    tag = "me",
    request_body = MePatch,
    responses(
        (status = 200, body = Me),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Body(patch): Body<MePatch>,
) -> ApiResult<Json<Me>> {
    let signed_in = caller.person()?;
    let db = &state.store.db;
    let mut account = signed_in.account.clone();
    if let Some(tag) = patch.locale {
        let locale = Locale::parse(&tag).ok_or_else(|| ApiError::field("locale", &UNKNOWN))?;
        account::set_locale(db, account.id, locale.as_str()).await?;
        account.locale = locale.as_str().to_owned();
    }
    Ok(Json(of_person(db, &account, &signed_in.person).await?))
}
