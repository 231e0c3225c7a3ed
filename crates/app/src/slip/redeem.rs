//! A code from a slip becomes an invitation, which the same pages then accept.

use axum::{Json, extract::State};
use chrono::TimeDelta;
use kafedra_model::slip as code;
use kafedra_store::{
    invitation::{self, Kind},
    slip,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState, Code,
    extract::{Address, Body},
    problem::{Problem, Words},
    secret,
};

pub const WRONG: Code = Code {
    code: "slip.wrong",
    status: 422,
    ru: Words {
        title: "Код не подходит",
        detail: "Проверьте каждый знак. Код действует месяц и только один раз; новый листок отменяет старый.",
    },
    en: Words {
        title: "The code does not fit",
        detail: "Check every character. A code works for a month and only once; a new slip replaces the old one.",
    },
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct SlipCode {
    /// As printed; case, blanks and hyphens do not matter.
    code: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SlipToken {
    /// Opens `/invitations/by-token/{token}` for an hour.
    token: String,
}

/// Turns the code of a slip into an invitation's token. The code itself is used up only when the
/// invitation is accepted.
#[utoipa::path(
    post,
    path = "/slips/redeem",
    tag = "invitations",
    request_body = SlipCode,
    responses(
        (status = 200, body = SlipToken),
        (status = 422, body = Problem, description = "`slip.wrong`"),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn redeem(
    State(state): State<AppState>,
    Address(address): Address,
    Body(typed): Body<SlipCode>,
) -> ApiResult<Json<SlipToken>> {
    let now = state.clock.now();
    state.limits.guesses.check(&address, now)?;
    let wrong = || {
        state.limits.guesses.count(address, now);
        ApiError::new(&WRONG)
    };
    let normalised = code::normalise(&typed.code).ok_or_else(wrong)?;
    let hash = state
        .hasher
        .run(move || code::hash(&normalised))
        .await?
        .map_err(ApiError::internal)?;
    let db = &state.store.db;
    let slip = slip::open_of_code(db, &hash, now)
        .await?
        .ok_or_else(wrong)?;
    let token = secret::token();
    invitation::create(
        db,
        invitation::Draft {
            institution_id: Some(slip.institution_id),
            person_id: Some(slip.person_id),
            slip_id: Some(slip.id),
            created_by: Some(slip.created_by),
            ..invitation::Draft::new(Kind::Slip, secret::hash(&token), now + TimeDelta::hours(1))
        },
        now,
    )
    .await?;
    Ok(Json(SlipToken { token }))
}
