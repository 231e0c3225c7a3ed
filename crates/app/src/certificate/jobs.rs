//! Writing certificates in the background.

use chrono::{Datelike, NaiveDate};
use kafedra_model::{EventRole, Locale, certificate::new_code};
use kafedra_store::{certificate, job as jobs};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AppState,
    job::{JobError, Kind},
};

pub const ISSUE: Kind = Kind {
    name: "certificate.issue",
    version: 1,
};

/// Certificates written in one transaction, and steps of the progress bar.
const BATCH: usize = 50;

/// Everything that the certificates will say, as it was when they were ordered.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payload {
    pub event: Uuid,
    pub kind: String,
    pub title: String,
    pub level: String,
    pub held_on: NaiveDate,
    pub hours: i32,
    pub locale: Locale,
    pub letterhead: Uuid,
    pub issuer: Uuid,
    pub due: Vec<Due>,
}

/// One certificate to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Due {
    pub person: Uuid,
    pub name: String,
    pub role: EventRole,
    pub topic: String,
    pub minutes: i32,
}

/// Writes what is not written yet: run twice, it finds its own certificates and numbers none again.
///
/// # Errors
///
/// [`JobError::Retry`] while the database is away, [`JobError::Fail`] for a payload that is none.
pub async fn perform(state: &AppState, job: &jobs::Model) -> Result<(), JobError> {
    if job.version != ISSUE.version {
        return Err(JobError::Fail("a payload of another version".to_owned()));
    }
    let payload: Payload =
        serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
    let mut written = 0;
    for batch in payload.due.chunks(BATCH) {
        let now = state.clock.now();
        let transaction = state.store.write().await?;
        for due in batch {
            let draft = certificate::Draft {
                code: new_code(&mut rand::rng()),
                event_id: payload.event,
                person_id: due.person,
                name: due.name.clone(),
                role: due.role.as_str().to_owned(),
                topic: due.topic.clone(),
                kind: payload.kind.clone(),
                title: payload.title.clone(),
                held_on: payload.held_on,
                level: payload.level.clone(),
                minutes: due.minutes,
                hours: payload.hours,
                locale: payload.locale.as_str().to_owned(),
                letterhead_id: payload.letterhead,
                issued_by: payload.issuer,
            };
            certificate::issue(&transaction, draft, state.day(now).year(), now).await?;
        }
        written += batch.len();
        let progress = i32::try_from(written).unwrap_or(i32::MAX);
        jobs::set_progress(&transaction, job.id, progress).await?;
        transaction.commit().await?;
    }
    Ok(())
}
