//! Weighing a risk: how likely, how grave, who watches it, whether it happened.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_model::{
    Actor,
    passport::risk::{Level, Status},
};
use kafedra_store::project_version::Cause;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    current::{Current, change},
    get::{Project, stale, whole},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    form::Form,
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct RiskEdit {
    /// Of the passport, as the editor saw it.
    version: i32,
    #[schema(required)]
    probability: Option<Level>,
    #[schema(required)]
    impact: Option<Level>,
    /// Position of whoever watches it; up to 300 characters.
    #[serde(default)]
    owner: String,
    status: Status,
}

/// Weighs a risk; the Commission approves risks and measures, not their weights. Executors of the
/// project may: officials of the committee, methodologists and administrators.
#[utoipa::path(
    put,
    path = "/project/risks/{number}",
    tag = "project",
    params(("number" = u32, Path)),
    request_body = RiskEdit,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `project.change_pending`, `project.not_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    Body(edit): Body<RiskEdit>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?.person.id;
    let mut form = Form::default();
    let owner = form.optional_line("owner", &edit.owner, 300);
    form.done()?;
    let now = state.clock.now();
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.weighing()?;
    let mut passport = current.passport.clone();
    let risk = passport
        .risks
        .iter_mut()
        .find(|risk| number.parse() == Ok(risk.number))
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    risk.probability = edit.probability;
    risk.impact = edit.impact;
    risk.owner = Some(owner).filter(|owner| !owner.is_empty());
    risk.status = edit.status;
    let written = match current.row.version == edit.version {
        true => {
            let change = change(Cause::Weighed, String::new(), me, now);
            let lifecycle = current.lifecycle.clone();
            current.revise(&db, passport, &lifecycle, change).await?
        }
        false => None,
    };
    if written.is_none() {
        drop(db);
        return Err(stale(&state, &caller).await);
    }
    db.commit().await?;
    whole(&state, &caller).await
}
