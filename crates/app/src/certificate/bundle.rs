//! All certificates of an event as one ZIP, printed in the background.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{self, Write},
    path::Path,
};

use axum::{Json, extract::State};
use kafedra_documents::Letterhead;
use kafedra_store::{certificate, event, job as jobs, letterhead as letterheads};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{NONE_VALID, print};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::Id,
    job::{self, JobError, Kind, get::Job, result},
    letterhead,
    problem::Problem,
};

pub const BUNDLE: Kind = Kind {
    name: "certificate.bundle",
    version: 1,
};

/// Certificates printed between two steps of the progress bar.
const BATCH: usize = 20;

/// Longest name of a file within, in characters: some systems know no longer ones.
const NAME: usize = 100;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    event: Uuid,
}

/// Prints every valid certificate of an event into one ZIP, in the background: the answer is the
/// job to look at; its file is `GET /jobs/{id}/file.zip`.
#[utoipa::path(
    post,
    path = "/events/{id}/certificates/bundle",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Job),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`certificate.none_valid`"),
    )
)]
pub async fn bundle(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Job>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let me = standing.me.person.id;
    let steps = valid(&state, id).await?.len();
    if steps == 0 {
        return Err(ApiError::new(&NONE_VALID));
    }
    let payload = Payload { event: id };
    let job = job::queue(&state, &state.store.db, BUNDLE, &payload, steps, Some(me)).await?;
    state.jobs.wake();
    Ok(Json(job.into()))
}

async fn valid(state: &AppState, event: Uuid) -> Result<Vec<certificate::Model>, sea_orm::DbErr> {
    let mut rows = certificate::of_event(&state.store.db, event).await?;
    rows.retain(|row| row.revoked_at.is_none());
    Ok(rows)
}

/// Prints from the beginning, however often it is begun: the file appears when it is whole.
///
/// # Errors
///
/// [`JobError::Retry`] while the database is away or the disk full, [`JobError::Fail`] for what
/// cannot be printed.
pub async fn perform_bundle(state: &AppState, job: &jobs::Model) -> Result<(), JobError> {
    let payload: Payload =
        serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
    let db = &state.store.db;
    let (event, _) = event::with_room(db, payload.event)
        .await?
        .ok_or_else(|| JobError::Fail("the event is not there any more".to_owned()))?;
    let rows = valid(state, payload.event).await?;
    let mut heads = HashMap::new();
    for id in rows
        .iter()
        .map(|row| row.letterhead_id)
        .collect::<HashSet<_>>()
    {
        let head = letterheads::find(db, id).await?.unwrap_or_default();
        heads.insert(id, letterhead::printed(&head));
    }
    let place = result::path(&state.settings, job.id);
    let draft = place.with_extension("part");
    let mut printer = Printer {
        zip: begin(&draft).map_err(disk)?,
        event,
        heads,
    };
    let mut written = 0;
    for batch in rows.chunks(BATCH) {
        let batch: Vec<(certificate::Model, String)> = batch
            .iter()
            .map(|row| (row.clone(), super::url(state, &row.code)))
            .collect();
        written += batch.len();
        // Ten milliseconds or so each: not on the threads that serve everybody.
        let printed = tokio::task::spawn_blocking(move || printer.print(&batch).map(|()| printer));
        printer = printed
            .await
            .map_err(|error| JobError::Fail(error.to_string()))??;
        let progress = i32::try_from(written).unwrap_or(i32::MAX);
        jobs::set_progress(db, job.id, progress).await?;
    }
    let file = printer.zip.finish().map_err(|error| disk(error.into()))?;
    file.sync_all().map_err(disk)?;
    std::fs::rename(&draft, &place).map_err(disk)
}

/// Deletes the ZIPs of these events, of which certificates are to be forgotten.
///
/// # Errors
///
/// A database that is away.
pub async fn forget_bundles(state: &AppState, events: &[Uuid]) -> ApiResult<()> {
    for job in jobs::of_kind(&state.store.db, BUNDLE.name).await? {
        let payload = serde_json::from_str::<Payload>(&job.payload);
        if payload.is_ok_and(|payload| events.contains(&payload.event))
            && let Err(error) = tokio::fs::remove_file(result::path(&state.settings, job.id)).await
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a bundle of certificates could not be deleted");
        }
    }
    Ok(())
}

fn begin(draft: &Path) -> io::Result<ZipWriter<File>> {
    if let Some(folder) = draft.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(ZipWriter::new(File::create(draft)?))
}

fn disk(error: io::Error) -> JobError {
    JobError::Retry(format!("the ZIP was not written: {error}"))
}

struct Printer {
    zip: ZipWriter<File>,
    event: event::Model,
    heads: HashMap<Uuid, Letterhead>,
}

impl Printer {
    fn print(&mut self, batch: &[(certificate::Model, String)]) -> Result<(), JobError> {
        let none = Letterhead::default();
        // A PDF is packed within already.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (row, url) in batch {
            let head = self.heads.get(&row.letterhead_id).unwrap_or(&none);
            let pdf = print::print(row, &self.event, head, url)
                .map_err(|error| JobError::Fail(error.to_string()))?;
            self.zip
                .start_file(name(row), stored)
                .map_err(|error| disk(error.into()))?;
            self.zip.write_all(&pdf).map_err(disk)?;
        }
        Ok(())
    }
}

/// «2026-00042 Котов Пётр Ильич.pdf», without what file systems do not bear.
fn name(row: &certificate::Model) -> String {
    let plain: String = format!("{} {}", row.number, row.name)
        .chars()
        .filter(|letter| !letter.is_control() && !r#"/\:*?"<>|"#.contains(*letter))
        .take(NAME)
        .collect();
    format!("{}.pdf", plain.trim())
}
