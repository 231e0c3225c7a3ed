//! Beginning a project with a draft of its passport.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{
    Actor,
    passport::{FORMAT, Passport, lifecycle::Lifecycle},
};
use kafedra_store::project::{self, Draft};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    codes::BEGUN,
    current::{Current, check},
    get::{Project, whole},
};
use crate::{ApiError, ApiResult, AppState, Caller, extract::Body, problem::Problem};

#[derive(Debug, Deserialize, ToSchema)]
pub struct ProjectDraft {
    pub(super) passport: Passport,
}

/// Begins a project as a draft, where none is under way. Officials of the committee and
/// administrators may.
#[utoipa::path(
    post,
    path = "/project",
    tag = "project",
    request_body = ProjectDraft,
    responses(
        (status = 201, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 409, body = Problem, description = "`project.begun_already`"),
        (status = 422, body = Problem, description = "`project.unsound`"),
    )
)]
pub async fn begin(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<ProjectDraft>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let mut passport = draft.passport;
    check(&passport)?;
    passport.format = FORMAT;
    let now = state.clock.now();
    let lifecycle = Lifecycle::begin(state.day(now));
    let draft = Draft::of(&passport, &lifecycle).map_err(ApiError::internal)?;
    let change = state.store.write().await?;
    if let Some(current) = Current::find(&change).await?
        && !matches!(
            current.lifecycle,
            Lifecycle::Closed { .. } | Lifecycle::Rejected { .. }
        )
    {
        return Err(ApiError::new(&BEGUN));
    }
    project::create(&change, draft, Some(me), now).await?;
    change.commit().await?;
    Ok((StatusCode::CREATED, whole(&state, &caller).await?))
}
