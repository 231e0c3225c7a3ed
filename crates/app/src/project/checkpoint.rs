//! Reaching a checkpoint.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::NaiveDate;
use kafedra_model::{Actor, quarter::Quarter};
use kafedra_store::{
    checkpoint_done,
    project_evidence::{self, Proves},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    codes::NO_EVIDENCE,
    current::{Current, past},
    get::{Project, whole},
    period::Seal,
};
use crate::{ApiError, ApiResult, AppState, Caller, extract::Body, problem::Problem};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointEdit {
    /// When it was reached; null where it was not.
    #[schema(required)]
    done_on: Option<NaiveDate>,
    /// Why a signed period is corrected.
    #[serde(default)]
    reason: String,
}

/// Says when a checkpoint was reached, or that it was not; what is reached has evidence. Executors
/// of the project may: officials of the committee, methodologists and administrators.
#[utoipa::path(
    put,
    path = "/project/checkpoints/{number}",
    tag = "project",
    params(("number" = String, Path)),
    request_body = CheckpointEdit,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.no_evidence`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    Body(edit): Body<CheckpointEdit>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let now = state.clock.now();
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    current.checkpoint(&number)?;
    let before = checkpoint_done::of_project(&db, current.id())
        .await?
        .into_iter()
        .find(|row| row.checkpoint == number)
        .map(|row| row.done_on);
    let mut seals = Vec::new();
    let mut touched: Vec<Quarter> = [before, edit.done_on]
        .into_iter()
        .flatten()
        .map(Quarter::of)
        .collect();
    touched.dedup();
    for quarter in touched {
        seals.push(Seal::of(&db, &current, quarter, me, &edit.reason, now).await?);
    }
    match edit.done_on {
        Some(on) => {
            past("doneOn", on, state.day(now))?;
            let proves = Proves::Checkpoint {
                project: current.id(),
                number: number.clone(),
            };
            if project_evidence::count(&db, &proves).await? == 0 {
                return Err(ApiError::new(&NO_EVIDENCE));
            }
            checkpoint_done::put(&db, current.id(), &number, on, me.person.id, now).await?;
        }
        None => checkpoint_done::remove(&db, current.id(), &number).await?,
    }
    for seal in seals {
        seal.renew(&db, &current).await?;
    }
    db.commit().await?;
    whole(&state, &caller).await
}
