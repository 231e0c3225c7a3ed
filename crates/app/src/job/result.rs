//! What a job made for whoever started it: a ZIP, kept for a day.

use std::path::PathBuf;

use axum::{body::Body, extract::State, response::Response};
use chrono::TimeDelta;
use kafedra_model::Locale;
use kafedra_store::job;
use sea_orm::DbErr;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::get::own;
use crate::{
    ApiError, ApiResult, AppState, Caller, Settings,
    extract::Id,
    paper,
    problem::{NOT_FOUND, Problem, locale},
};

/// After the job's end. It holds personal data, and is soon made again.
const KEPT: TimeDelta = TimeDelta::days(1);

fn folder(settings: &Settings) -> PathBuf {
    settings.files.join("results")
}

/// Where a job puts what it made, once it is whole.
pub fn path(settings: &Settings, job: Uuid) -> PathBuf {
    folder(settings).join(format!("{job}.zip"))
}

/// What a job made, for whoever started it and administrators; for others, before its end and after
/// a day there is nothing.
#[utoipa::path(
    get,
    path = "/jobs/{id}/file.zip",
    tag = "job",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn file(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Response> {
    let job = own(&state, &caller, id).await?;
    if job.state != job::DONE {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let file = tokio::fs::File::open(path(&state.settings, id))
        .await
        .map_err(|_| ApiError::new(&NOT_FOUND))?;
    let name = match locale() {
        Locale::Ru => "Сертификаты.zip",
        Locale::En => "Certificates.zip",
    };
    let body = Body::from_stream(ReaderStream::new(file));
    Ok(paper::file(body, paper::ZIP, name))
}

/// Deletes what jobs made that ended over a day ago, and what they left half made.
///
/// # Errors
///
/// A database that is away.
pub async fn sweep(state: &AppState) -> Result<(), DbErr> {
    let Ok(mut found) = tokio::fs::read_dir(folder(&state.settings)).await else {
        // Nothing was made yet.
        return Ok(());
    };
    let oldest = state.clock.now() - KEPT;
    while let Ok(Some(entry)) = found.next_entry().await {
        let path = entry.path();
        let id = path
            .file_stem()
            .and_then(|name| name.to_str()?.parse().ok());
        let job = match id {
            Some(id) => job::find(&state.store.db, id).await?,
            None => None,
        };
        let over = job.is_none_or(|job| job.finished_at.is_some_and(|at| at < oldest));
        if over && let Err(error) = tokio::fs::remove_file(&path).await {
            tracing::warn!(%error, "what a job made could not be deleted");
        }
    }
    Ok(())
}
