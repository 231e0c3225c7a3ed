//! Editing the passport while it is a draft.

use axum::{Json, extract::State};
use kafedra_model::{Actor, passport::Passport};
use kafedra_store::project_version::Cause;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    current::{Current, change, check},
    get::{Project, stale, whole},
};
use crate::{ApiResult, AppState, Caller, extract::Body, form::Form, problem::Problem};

#[derive(Debug, Deserialize, ToSchema)]
pub struct PassportEdit {
    /// The version that the editor saw.
    version: i32,
    passport: Passport,
    /// What it is for; up to 500 characters.
    #[serde(default)]
    reason: String,
}

/// Writes the passport anew while it is a draft; an approved one changes by change requests.
/// Officials of the committee and administrators may.
#[utoipa::path(
    put,
    path = "/project/passport",
    tag = "project",
    request_body = PassportEdit,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `project.by_request_only`, `project.closed`"),
        (status = 422, body = Problem, description = "`project.unsound`"),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Body(edit): Body<PassportEdit>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let mut form = Form::default();
    let reason = form.optional_line("reason", &edit.reason, 500);
    form.done()?;
    check(&edit.passport)?;
    let now = state.clock.now();
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.editable()?;
    let written = match current.row.version == edit.version {
        true => {
            let change = change(Cause::Edited, reason, me, now);
            let lifecycle = current.lifecycle.clone();
            current
                .revise(&db, edit.passport, &lifecycle, change)
                .await?
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
