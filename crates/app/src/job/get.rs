//! How far a job is.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_store::job;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    Queued,
    Running,
    Done,
    /// Given up; nothing it did before is undone.
    Failed,
}

/// Work in the background.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    pub state: JobState,
    /// Steps done, of `total`.
    pub progress: i32,
    pub total: i32,
    pub created_at: DateTime<Utc>,
    #[schema(required)]
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<job::Model> for Job {
    fn from(row: job::Model) -> Self {
        Self {
            id: row.id,
            state: match row.state.as_str() {
                job::QUEUED => JobState::Queued,
                job::RUNNING => JobState::Running,
                job::DONE => JobState::Done,
                _ => JobState::Failed,
            },
            kind: row.kind,
            progress: row.progress,
            total: row.total,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }
    }
}

/// A job, for whoever started it and administrators; for others it does not exist.
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    tag = "job",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Job),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Job>> {
    let mut row = own(&state, &caller, id).await?;
    if row.state == job::RUNNING {
        row.progress = state.jobs.told(id).unwrap_or(row.progress);
    }
    Ok(Json(row.into()))
}

/// A job that the caller may look at.
pub(super) async fn own(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<job::Model> {
    let me = caller.person()?;
    let row = job::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    if row.created_by == Some(me.person.id) || me.actor.is_administrator() {
        Ok(row)
    } else {
        Err(ApiError::new(&NOT_FOUND))
    }
}
