//! The versions of the passport, and what differs between them.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use kafedra_model::passport::{
    Passport,
    change::{Change, diff},
};
use kafedra_store::{
    person,
    project_version::{self, Cause, Model},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::current::{Current, parse};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::List,
    problem::{NOT_FOUND, Problem},
};

/// How a version came about.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum VersionCause {
    Begun,
    Edited,
    Approved,
    Changed,
    Weighed,
}

impl From<Cause> for VersionCause {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Begun => Self::Begun,
            Cause::Edited => Self::Edited,
            Cause::Approved => Self::Approved,
            Cause::Changed => Self::Changed,
            Cause::Weighed => Self::Weighed,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassportVersion {
    version: i32,
    cause: VersionCause,
    reason: String,
    /// Empty where it came with the installation.
    by: String,
    at: DateTime<Utc>,
}

impl PassportVersion {
    fn of(row: &Model, people: &[person::Model]) -> Self {
        let by = people.iter().find(|one| Some(one.id) == row.by_id);
        Self {
            version: row.version,
            cause: row.cause.into(),
            reason: row.reason.clone(),
            by: by.map(person::Model::full_name).unwrap_or_default(),
            at: row.created_at,
        }
    }
}

/// Every version of the passport, the newest first.
#[utoipa::path(
    get,
    path = "/project/versions",
    tag = "project",
    responses(
        (status = 200, body = List<PassportVersion>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
) -> ApiResult<Json<List<PassportVersion>>> {
    caller.person()?;
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let rows = project_version::of_project(db, current.id()).await?;
    let people = person::named(db, rows.iter().filter_map(|row| row.by_id)).await?;
    let items: Vec<_> = rows
        .iter()
        .map(|row| PassportVersion::of(row, &people))
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The version that it is laid beside; the one before where it is left out.
    since: Option<i32>,
}

/// One version with what it changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassportVersionWhole {
    #[serde(flatten)]
    version: PassportVersion,
    passport: Passport,
    /// Empty for the first.
    changes: Vec<Change>,
}

/// One version of the passport, and what differs from another.
#[utoipa::path(
    get,
    path = "/project/versions/{version}",
    tag = "project",
    params(("version" = i32, Path), Since),
    responses(
        (status = 200, body = PassportVersionWhole),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Path(version): Path<String>,
    Params(asked): Params<Since>,
) -> ApiResult<Json<PassportVersionWhole>> {
    caller.person()?;
    let missing = || ApiError::new(&NOT_FOUND);
    let version: i32 = version.parse().map_err(|_| missing())?;
    let db = &state.store.db;
    let project = Current::of(db).await?.id();
    let row = project_version::find(db, project, version)
        .await?
        .ok_or_else(missing)?;
    let passport = parse(&row.passport)?;
    let before = match asked.since {
        Some(since) => Some(
            project_version::find(db, project, since)
                .await?
                .ok_or_else(missing)?,
        ),
        None => project_version::find(db, project, version - 1).await?,
    };
    let changes = match before {
        Some(before) => diff(&parse(&before.passport)?, &passport).map_err(ApiError::internal)?,
        None => Vec::new(),
    };
    let people = person::named(db, row.by_id).await?;
    Ok(Json(PassportVersionWhole {
        version: PassportVersion::of(&row, &people),
        passport,
        changes,
    }))
}
