//! A link by which a person sets a new password.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::Action;
use kafedra_store::invitation;
use serde::Serialize;
use utoipa::ToSchema;

use super::Known;
use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    access_log::record,
    extract::Id,
    invitation::url,
    problem::{FORBIDDEN, Problem, Words},
    secret,
};

/// How long a reset link works.
const HOURS: i64 = 24;

pub const NO_ACCOUNT: Code = Code {
    code: "person.no_account",
    status: 409,
    ru: Words {
        title: "У этого человека ещё нет логина",
        detail: "Пригласите его ссылкой, распечатайте листок с кодом или впишите логин в карточку.",
    },
    en: Words {
        title: "This person has no login yet",
        detail: "Invite them by a link, print a slip with a code, or write a login into the card.",
    },
};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResetLink {
    /// To be handed to the person; works once. Shown only now.
    url: String,
    expires_at: DateTime<Utc>,
}

/// Makes a link by which this person sets a new password; earlier such links stop working.
///
/// A coordinator may do so for people of their own institution who hold no more rights than
/// themselves, an administrator for everyone.
#[utoipa::path(
    post,
    path = "/people/{id}/reset-link",
    tag = "people",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = ResetLink),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`person.no_account`"),
    )
)]
pub async fn reset_link(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<ResetLink>> {
    let by = caller.actor()?;
    let db = &state.store.db;
    let known = Known::of(&state, db, id).await?;
    if !by.may_reset(&known.answerable(), &known.rights()) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    if known.account.is_none() || known.person.archived_at.is_some() {
        return Err(ApiError::new(&NO_ACCOUNT));
    }
    let token = secret::token();
    let now = state.clock.now();
    let expires_at = now + TimeDelta::hours(HOURS);
    let change = state.store.write().await?;
    invitation::revoke_of_person(&change, id, now).await?;
    invitation::create(
        &change,
        invitation::Draft {
            person_id: Some(id),
            created_by: Some(by.person_id),
            ..invitation::Draft::new(invitation::Kind::Reset, secret::hash(&token), expires_at)
        },
        now,
    )
    .await?;
    record(
        &state,
        &change,
        Some(by.person_id),
        Action::ResetLinkIssued,
        Some(id),
        "",
    )
    .await?;
    change.commit().await?;
    Ok(Json(ResetLink {
        url: url(&state, &token),
        expires_at,
    }))
}
