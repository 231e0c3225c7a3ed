//! What a careful reader notices in the passport.

use axum::{Json, extract::State};
use kafedra_model::{
    Actor,
    passport::Passport,
    validator::{self, Severity},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    begin::ProjectDraft,
    current::{Current, check as sound},
};
use crate::{
    ApiResult, AppState, Caller,
    extract::Body,
    problem::{Problem, locale},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct Validation {
    /// The gravest first; empty where nothing is to be said.
    items: Vec<Finding>,
}

/// One thing that a reader notices, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    severity: Severity,
    /// Stable.
    code: &'static str,
    /// Names of fields and numbers of rows: `indicators/1/name`.
    field: String,
    said: String,
    /// What would mend it.
    mend: &'static str,
}

fn read(passport: &Passport) -> Validation {
    let locale = locale();
    let items = validator::read(passport)
        .into_iter()
        .map(|finding| Finding {
            severity: finding.problem.severity(),
            code: finding.problem.code(),
            said: finding.said(locale),
            mend: finding.mend(locale),
            field: finding.field,
        })
        .collect();
    Validation { items }
}

/// The findings on the passport as it stands.
#[utoipa::path(
    get,
    path = "/project/validation",
    tag = "project",
    responses(
        (status = 200, body = Validation),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Validation>> {
    caller.person()?;
    let current = Current::of(&state.store.db).await?;
    Ok(Json(read(&current.passport)))
}

/// The findings on a passport that is not saved yet. Officials of the committee and administrators
/// may ask.
#[utoipa::path(
    post,
    path = "/project/validation",
    tag = "project",
    request_body = ProjectDraft,
    responses(
        (status = 200, body = Validation),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`project.unsound`"),
    )
)]
pub async fn check(caller: Caller, Body(draft): Body<ProjectDraft>) -> ApiResult<Json<Validation>> {
    caller.allowed(Actor::leads_project)?;
    sound(&draft.passport)?;
    Ok(Json(read(&draft.passport)))
}
