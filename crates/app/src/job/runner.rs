//! Works the queue off in a few lanes, each one job after another.

use std::time::Duration;

use chrono::TimeDelta;
use kafedra_store::job;
use sea_orm::DbErr;
use tokio::task::JoinSet;

use super::JobError;
use crate::AppState;

/// How often the queue is looked at when nobody woke the runner: jobs have times of their own.
const LOOK: Duration = Duration::from_secs(1);

/// Jobs that run at once: a slow mail server keeps no certificate waiting.
const LANES: usize = 2;

/// How long after its first, second, … failed attempt a job is tried again; after the last it fails.
const PATIENCE: [TimeDelta; 5] = [
    TimeDelta::seconds(5),
    TimeDelta::seconds(30),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(3),
];

/// Runs for as long as the server does. There is one for each database.
pub async fn keep(state: AppState) {
    while let Err(error) = job::recover(&state.store.db).await {
        tracing::warn!(%error, "the job queue could not be read");
        tokio::time::sleep(LOOK).await;
    }
    futures_util::future::join_all((0..LANES).map(|_| lane(&state))).await;
}

async fn lane(state: &AppState) {
    loop {
        match next(state).await {
            Ok(true) => {}
            Ok(false) => state.jobs.something(LOOK).await,
            Err(error) => {
                tracing::warn!(%error, "a job's state could not be stored");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Runs the job that is due for longest; `false` when none is.
async fn next(state: &AppState) -> Result<bool, DbErr> {
    let db = &state.store.db;
    let Some(taken) = job::take(db, state.clock.now()).await? else {
        return Ok(false);
    };
    let (id, attempts) = (taken.id, taken.attempts);
    tracing::debug!(job.id = %id, job.kind = taken.kind, attempts, "a job begins");
    // A task of its own: should a job panic, the others still run. The set ends it with this one.
    let mut attempt = JoinSet::new();
    let (doer, job) = (state.clone(), taken.clone());
    attempt.spawn(async move { perform(&doer, &job).await });
    let outcome = match attempt.join_next().await {
        Some(Ok(outcome)) => outcome,
        Some(Err(error)) => Err(JobError::Fail(format!("the job broke off: {error}"))),
        None => Err(JobError::Retry("the job was never begun".to_owned())),
    };
    state.jobs.ended(id);
    let now = state.clock.now();
    match outcome {
        Ok(()) => job::done(db, &taken, now).await?,
        Err(error) => {
            tracing::warn!(job.id = %id, job.kind = taken.kind, attempts, %error, "a job failed");
            let again = usize::try_from(attempts - 1)
                .ok()
                .and_then(|attempt| PATIENCE.get(attempt));
            match (&error, again) {
                (JobError::Retry(_), Some(patience)) => {
                    job::retry(db, id, error.to_string(), now + *patience).await?;
                }
                _ => job::fail(db, id, error.to_string(), now).await?,
            }
        }
    }
    Ok(true)
}

/// Which function does which kind of job.
async fn perform(state: &AppState, job: &job::Model) -> Result<(), JobError> {
    match job.kind.as_str() {
        name if name == crate::certificate::ISSUE.name => {
            crate::certificate::perform(state, job).await
        }
        name if name == crate::import::RUN.name => crate::import::perform(state, job).await,
        name if name == crate::import::UNDO.name => crate::import::perform_undo(state, job).await,
        name if name == crate::deck::CONVERT.name => crate::deck::perform(state, job).await,
        name if name == crate::certificate::BUNDLE.name => {
            crate::certificate::perform_bundle(state, job).await
        }
        other => Err(JobError::Fail(format!(
            "no program for jobs of kind {other}"
        ))),
    }
}
