//! Background jobs: what runs after the answer was sent, with progress to be looked at.
//!
//! A request queues a job in the transaction of what it follows from and calls [`Jobs::wake`]; the
//! [`runner`] works the queue off. A job may run twice, after a kill or a retry, so each kind must
//! find what it did before. To add a kind: a [`Kind`], its payload's version, a line in
//! [`runner::perform`].

use std::{collections::HashMap, sync::Arc, time::Duration};

use kafedra_store::job;
use parking_lot::Mutex;
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use tokio::sync::Notify;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiError, ApiResult, AppState};

pub mod get;
pub mod result;
pub mod runner;

/// What a queued job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stored: never changes.
    pub name: &'static str,
    /// Of the payload; grows when its shape changes, and the job still reads the older ones.
    pub version: i32,
}

/// Tells the runner that there is something to do.
#[derive(Debug, Clone, Default)]
pub struct Jobs(Arc<Background>);

#[derive(Debug, Default)]
struct Background {
    something: Notify,
    /// Of jobs that hold the database's one writer's turn and cannot store how far they are.
    progress: Mutex<HashMap<Uuid, i32>>,
}

impl Jobs {
    /// Call it once the transaction that queued a job is committed.
    pub fn wake(&self) {
        self.0.something.notify_one();
    }

    /// Tells how far a job is that runs within one transaction.
    pub fn tell(&self, job: Uuid, progress: i32) {
        self.0.progress.lock().insert(job, progress);
    }

    /// What a running job told last.
    fn told(&self, job: Uuid) -> Option<i32> {
        self.0.progress.lock().get(&job).copied()
    }

    fn ended(&self, job: Uuid) {
        self.0.progress.lock().remove(&job);
    }

    /// Waits for [`Jobs::wake`], or for `patience` to pass: a job may have its own time.
    async fn something(&self, patience: Duration) {
        // Being too late is no error.
        let _ = tokio::time::timeout(patience, self.0.something.notified()).await;
    }
}

/// Why an attempt of a job did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may succeed later: a database or a mail server that is away.
    #[error("{0}")]
    Retry(String),
    /// It never will.
    #[error("{0}")]
    Fail(String),
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        Self::Retry(error.to_string())
    }
}

/// Queues a job of `steps` steps that runs as soon as it can.
///
/// # Errors
///
/// A database that is away.
pub async fn queue(
    state: &AppState,
    db: &impl ConnectionTrait,
    kind: Kind,
    payload: &impl Serialize,
    steps: usize,
    by: Option<Uuid>,
) -> ApiResult<job::Model> {
    let now = state.clock.now();
    let draft = job::Draft {
        kind: kind.name,
        version: kind.version,
        payload: serde_json::to_string(payload)
            .map_err(|_| ApiError::internal("a payload that is no JSON"))?,
        total: i32::try_from(steps).unwrap_or(i32::MAX),
        created_by: by,
        run_at: now,
    };
    Ok(job::queue(db, draft, now).await?)
}

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(result::file))
}
