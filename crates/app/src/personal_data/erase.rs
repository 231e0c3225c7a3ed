//! Erasing a person's data.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Action, Actor, Grant, Role, Scope, name};
use kafedra_store::{
    erasure, role_grant,
    traces::{self, Erased},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DIFFERS, IN_ROOM, ONESELF, whole};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    certificate,
    extract::{Body, Id},
    file,
    form::Form,
    mail,
    person::{Known, LAST_ADMINISTRATOR},
    problem::Problem,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct ErasureDraft {
    /// The full name as the card has it: a slip of the hand erases nobody.
    name: String,
    /// Why, up to 500 characters; kept, and read by administrators.
    reason: String,
}

/// What an erasure came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    erased_at: DateTime<Utc>,
    reason: String,
    /// Texts in which the name was replaced.
    texts: usize,
    /// Somebody else's name reads alike, in full or by initials: ways of writing that fit both were left
    /// where they stand in running text.
    ambiguous: bool,
}

/// Erases a person's data for good: records about them go or lose the name, in texts a token takes its
/// place. Signed figures, presence and votes stay as numbers. Only administrators.
#[utoipa::path(
    post,
    path = "/people/{id}/erasure",
    tag = "people",
    params(("id" = Uuid, Path)),
    request_body = ErasureDraft,
    responses(
        (status = 200, body = Erasure),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`erasure.oneself`, `erasure.in_room`, `erasure.done`, `person.last_administrator`"),
        (status = 422, body = Problem, description = "`erasure.name_differs`, or no reason"),
    )
)]
pub async fn erase(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<ErasureDraft>,
) -> ApiResult<Json<Erasure>> {
    let me = caller.allowed(Actor::is_administrator)?.person.id;
    // All that is asked and all that is written is of one moment.
    let change = state.store.write().await?;
    let known = Known::of(&state, &change, id).await?;
    known.living()?;
    if id == me {
        return Err(ApiError::new(&ONESELF));
    }
    let mut form = Form::default();
    let reason = form.line("reason", &draft.reason, 500);
    if name::fold(&draft.name) != name::fold(&known.person.full_name()) {
        form.refuse("name", &DIFFERS);
    }
    form.done()?;
    let administrator = Grant {
        role: Role::Administrator,
        scope: Scope::City,
    };
    if known.rights().contains(&administrator)
        && role_grant::other_holders(&change, Role::Administrator, id).await? == 0
    {
        return Err(ApiError::new(&LAST_ADMINISTRATOR));
    }
    if erasure::is_in_room(&change, id).await? {
        return Err(ApiError::new(&IN_ROOM));
    }
    let whole = whole(&change, id).await?;
    let now = state.clock.now();
    erasure::note(&change, id, me, reason, now).await?;
    let erased = traces::erase(&change, &whole, now).await?;
    record(
        &state,
        &change,
        Some(me),
        Action::PersonErased,
        Some(id),
        "",
    )
    .await?;
    // As it stands now: it may have named the person.
    let noted = erasure::find(&change, id).await?;
    change.commit().await?;

    forget_files(&state, &erased).await;
    Ok(Json(Erasure {
        erased_at: now,
        reason: noted.map(|row| row.reason).unwrap_or_default(),
        texts: erased.texts,
        ambiguous: whole.is_ambiguous(),
    }))
}

/// The person's files on disk. What of them cannot be deleted is told to the operator: the records are
/// gone already.
async fn forget_files(state: &AppState, erased: &Erased) {
    for hash in &erased.files {
        if let Err(error) = file::forget(state, hash).await {
            tracing::error!(
                code = error.code.code,
                "an erased person's file is still there"
            );
        }
    }
    mail::forget_files(state, &erased.letters).await;
    if let Err(error) = certificate::forget_bundles(state, &erased.certified).await {
        tracing::error!(
            code = error.code.code,
            "bundles of certificates are still there"
        );
    }
}
