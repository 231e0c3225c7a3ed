//! Reading the project.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::passport::Passport;
use kafedra_store::project;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    problem::{NOT_FOUND, Problem},
};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    id: Uuid,
    /// Counts changes.
    version: i32,
    updated_at: DateTime<Utc>,
    /// The passport, as `kafedra_model::passport` lays it out.
    #[schema(value_type = Object)]
    passport: Passport,
}

/// The current project's passport. Everyone signed in reads it: staff should know how it goes.
#[utoipa::path(
    get,
    path = "/project",
    tag = "project",
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 404, description = "No project was begun", body = Problem),
    )
)]
pub async fn get(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Project>> {
    caller.person()?;
    let Some(project) = project::current(&state.store.db).await? else {
        return Err(ApiError::new(&NOT_FOUND));
    };
    let passport: Passport = serde_json::from_str(&project.passport).map_err(ApiError::internal)?;
    passport.check().map_err(ApiError::internal)?;
    Ok(Json(Project {
        id: project.id,
        version: project.version,
        updated_at: project.updated_at,
        passport,
    }))
}
