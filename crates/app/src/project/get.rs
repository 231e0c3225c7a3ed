//! Reading the project.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::Actor;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::picture::{ProjectPicture, picture};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Params, STALE},
    problem::{NOT_FOUND, Problem},
};

/// The project as it stands, and what the caller may do with it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    may: ProjectRights,
    #[serde(flatten)]
    picture: ProjectPicture,
}

/// What the caller may do, whatever the project's state.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRights {
    /// Change the passport, write down steps and decisions.
    lead: bool,
    /// Enter facts, payments and evidence.
    execute: bool,
    /// Sign periods.
    sign: bool,
}

impl ProjectRights {
    fn of(actor: &Actor) -> Self {
        Self {
            lead: actor.leads_project(),
            execute: actor.executes_project(),
            sign: actor.signs_quarters(),
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Today where it is left out.
    day: Option<NaiveDate>,
}

/// The current project with its passport, facts, lights and decisions. Everyone signed in reads it.
#[utoipa::path(
    get,
    path = "/project",
    tag = "project",
    params(Asked),
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 404, description = "No project was begun", body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> ApiResult<Json<Project>> {
    caller.person()?;
    let day = asked.day.unwrap_or_else(|| state.today());
    Ok(Json(on(&state, &caller, day).await?))
}

/// The project today, as every change answers it.
pub async fn whole(state: &AppState, caller: &Caller) -> ApiResult<Json<Project>> {
    let today = state.today();
    Ok(Json(on(state, caller, today).await?))
}

/// Another edit came first; nothing may be open for writing when this asks.
pub async fn stale(state: &AppState, caller: &Caller) -> ApiError {
    match whole(state, caller).await {
        Ok(Json(current)) => ApiError::new(&STALE).with_current(&current),
        Err(error) => error,
    }
}

async fn on(state: &AppState, caller: &Caller, day: NaiveDate) -> ApiResult<Project> {
    let may = ProjectRights::of(caller.actor()?);
    let picture = picture(state, day)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    Ok(Project { may, picture })
}
