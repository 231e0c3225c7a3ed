//! How long records are kept that serve nobody any more, and their deletion.
//!
//! Sessions go when they run out. Links and slips stay for a while, so that whoever comes with an
//! old one reads that its time is over rather than that it never was. How long people's words stay is
//! the operator's choice: [`Retention`].

use std::time::Duration;

use chrono::TimeDelta;
use kafedra_model::Action;
use kafedra_store::{
    expired, guardian_consent, import as imports, invitation, job as jobs, letter, notice,
    problem_report, pupil, session, slip, webhook,
};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::{ApiResult, AppState, access_log::record, file, import, job, mail};

/// How long personal data stay; what each setting reaches says `docs/guide/configuration.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// What was said in rooms and by whom, after the event.
    pub words: TimeDelta,
    /// Who registered, after the event.
    pub registrations: TimeDelta,
    /// Letters and notices, after they were written: until then somebody may ask what became of them.
    pub letters: TimeDelta,
    /// Problem reports, after they were sent.
    pub reports: TimeDelta,
    /// Background jobs, after their end.
    pub jobs: TimeDelta,
    /// What an import wrote, after its end: so long it can be undone.
    pub imports: TimeDelta,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            words: TimeDelta::days(365),
            registrations: TimeDelta::days(365),
            letters: TimeDelta::days(180),
            reports: TimeDelta::days(180),
            jobs: TimeDelta::days(30),
            imports: TimeDelta::days(90),
        }
    }
}

const PERIOD: Duration = Duration::from_secs(3600);
/// After their last day.
const LINKS_KEPT: TimeDelta = TimeDelta::days(30);
/// After their arrival: no media server repeats a webhook for longer.
const DELIVERIES_KEPT: TimeDelta = TimeDelta::days(7);

/// Deletes what is over for as long as the application runs; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = sweep(&state).await {
            tracing::warn!(%error, "records that are over could not be deleted");
        }
        if let Err(error) = forget_pupils(&state).await {
            let code = error.code.code;
            tracing::warn!(code, "pupils' data could not be deleted");
        }
    }
}

/// Deletes what is over now.
pub async fn sweep(state: &AppState) -> Result<(), DbErr> {
    let db = &state.store.db;
    let now = state.clock.now();
    let sessions = session::delete_expired(db, now).await?;
    let invitations = invitation::delete_expired(db, now - LINKS_KEPT).await?;
    let slips = slip::delete_expired(db, now - LINKS_KEPT).await?;
    webhook::forget(db, now - DELIVERIES_KEPT).await?;
    job::result::sweep(state).await?;
    import::sweep(state).await?;
    let kept = &state.settings.retention;
    let written = letter::older(db, now - kept.letters).await?;
    let letters = letter::delete_older(db, now - kept.letters).await?;
    mail::forget_files(state, &written).await;
    let notices = notice::delete_older(db, now - kept.letters).await?;
    let reports = problem_report::delete_older(db, now - kept.reports).await?;
    let jobs = jobs::delete_older(db, now - kept.jobs).await?;
    let change = state.store.write().await?;
    let words = expired::forget_words(&change, now - kept.words).await?;
    let registrations = expired::forget_registrations(&change, now - kept.registrations).await?;
    let imports = imports::forget_done(&change, now - kept.imports).await?;
    change.commit().await?;
    let records = sessions + invitations + slips + letters + notices + reports + jobs + imports;
    if records + words + registrations > 0 {
        tracing::info!(
            sessions,
            invitations,
            slips,
            letters,
            notices,
            reports,
            jobs,
            words,
            registrations,
            imports,
            "deleted what was over"
        );
    }
    Ok(())
}

/// Deletes the names, codes and consents of pupils whose last lesson was long ago.
pub async fn forget_pupils(state: &AppState) -> ApiResult<()> {
    let before = state.clock.now() - state.settings.pupils_kept;
    let change = state.store.write().await?;
    let pupils: Vec<Uuid> = pupil::expired(&change, before)
        .await?
        .into_iter()
        .map(|pupil| pupil.id)
        .collect();
    if pupils.is_empty() {
        return Ok(());
    }
    let scans = guardian_consent::scans(&change, &pupils).await?;
    pupil::delete(&change, &pupils).await?;
    let count = pupils.len().to_string();
    record(state, &change, None, Action::PupilsErased, None, count).await?;
    change.commit().await?;
    for scan in scans {
        file::forget(state, &scan).await?;
    }
    tracing::info!(
        pupils = pupils.len(),
        "deleted the data of pupils whose lessons are over"
    );
    Ok(())
}
