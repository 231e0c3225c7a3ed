//! Signing minutes: from here on they do not change, and their decisions are tasks.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::minutes::Missing;
use kafedra_store::{minutes, task};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Minutes, NO_DECISION, body, field};
use crate::{
    ApiError, ApiResult, AppState, Caller, attendance,
    certificate::NOT_HELD,
    event::standing::Standing,
    extract::{Body, Id, STALE},
    problem::{NOT_FOUND, Problem, REQUIRED},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// `updatedAt` of what the signer read.
    updated_at: DateTime<Utc>,
}

/// Signs the draft exactly as the signer saw it; those who keep the minutes may, once the event was
/// held. A decision with somebody to do it or a date becomes a task, a corrected one changes its task.
#[utoipa::path(
    post,
    path = "/events/{id}/minutes/sign",
    tag = "minutes",
    params(("id" = Uuid, Path)),
    request_body = Signature,
    responses(
        (status = 200, body = Minutes),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `event.not_held`"),
        (status = 422, body = Problem, description = "something is missing"),
    )
)]
pub async fn sign(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(signature): Body<Signature>,
) -> ApiResult<Json<Minutes>> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    let me = standing.me.person.id;
    if attendance::of(&state, &standing.event)
        .await?
        .held_on
        .is_none()
    {
        return Err(ApiError::new(&NOT_HELD));
    }
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    let row = minutes::of_event(&transaction, id)
        .await?
        .into_iter()
        .next()
        .ok_or(&NOT_FOUND)?;
    let body = body(&row)?;
    ApiError::fields(
        body.missing(&row.number)
            .into_iter()
            .map(|missing| {
                let why = match missing {
                    Missing::Decision => &NO_DECISION,
                    _ => &REQUIRED,
                };
                (field(missing).to_owned(), why)
            })
            .collect(),
    )?;
    if !minutes::sign(&transaction, row.id, signature.updated_at, me, now).await? {
        return Err(ApiError::new(&STALE));
    }
    let tasks = body
        .decisions()
        .filter(|decision| decision.is_task())
        .map(|decision| task::Draft {
            id: decision.id,
            text: decision.text.clone(),
            assignee_id: decision.assignee_id,
            assignee: decision.assignee.clone(),
            due: decision.due,
        })
        .collect();
    task::replace(&transaction, id, standing.event.association_id, tasks, now).await?;
    transaction.commit().await?;
    let row = minutes::of_event(&state.store.db, id)
        .await?
        .into_iter()
        .next()
        .ok_or(&NOT_FOUND)?;
    Ok(Json(Minutes::of(&state.store.db, row, true).await?))
}
