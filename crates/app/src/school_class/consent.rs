//! Ticking off the consents of guardians, and taking one back.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::{Action, guardian_consent as words, school_class::GUARDIAN_LENGTH};
use kafedra_store::guardian_consent;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Keeper, LATER, line, view::SchoolClassPage};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Ids},
    lesson::Lessons,
    problem::{Problem, locale},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct GuardianConsentText {
    version: String,
    title: String,
    /// Paragraphs parted by blank lines, without markup.
    body: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianConsentDraft {
    /// The day on the paper; today at the latest.
    given_on: NaiveDate,
    /// The guardian, as they signed; 1 to 150 characters.
    given_by: String,
}

/// The text that guardians sign, in the caller's language.
#[utoipa::path(
    get,
    path = "/guardian-consent-text",
    tag = "school-class",
    responses((status = 200, body = GuardianConsentText), (status = 401, body = Problem))
)]
pub async fn text(caller: Caller) -> ApiResult<Json<GuardianConsentText>> {
    caller.person()?;
    let text = words::current();
    let notice = text.notice(locale());
    Ok(Json(GuardianConsentText {
        version: text.version.to_owned(),
        title: notice.title.to_owned(),
        body: notice.body.to_owned(),
    }))
}

/// Notes that a guardian signed the text of now. An earlier consent of theirs counts no longer.
#[utoipa::path(
    put,
    path = "/school-classes/{id}/pupils/{pupilId}/consent",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    request_body = GuardianConsentDraft,
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn give(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
    Body(draft): Body<GuardianConsentDraft>,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let row = keeper.pupil(&state, pupil).await?;
    let given_by = line("givenBy", &draft.given_by, GUARDIAN_LENGTH)?;
    let now = state.clock.now();
    // East of Greenwich the day has begun while it is still yesterday by UTC.
    if draft.given_on > state.day(now) + chrono::TimeDelta::days(1) {
        return Err(ApiError::field("givenOn", &LATER));
    }
    let lessons = Lessons::of(&state, id).await?;
    let change = state.store.write().await?;
    let consent = guardian_consent::Draft {
        purpose: words::PURPOSE,
        version: words::current().version,
        given_on: draft.given_on,
        given_by,
    };
    guardian_consent::give(&change, pupil, consent, keeper.me.person.id, now).await?;
    let details = format!("№ {}", row.number);
    keeper
        .note(&state, &change, Action::GuardianConsentGiven, details)
        .await?;
    change.commit().await?;
    lessons.tell(&state, id, None).await?;
    Ok(Json(
        SchoolClassPage::of(&state.store.db, keeper.class).await?,
    ))
}

/// Notes that a guardian withdrew their consent. A lesson that goes on is not cut: its moderators
/// are told, and decide. Withdrawing twice is no error.
#[utoipa::path(
    delete,
    path = "/school-classes/{id}/pupils/{pupilId}/consent",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let row = keeper.pupil(&state, pupil).await?;
    let lessons = Lessons::of(&state, id).await?;
    let change = state.store.write().await?;
    let (by, now) = (keeper.me.person.id, state.clock.now());
    if guardian_consent::withdraw(&change, pupil, words::PURPOSE, by, now).await? {
        let details = format!("№ {}", row.number);
        keeper
            .note(&state, &change, Action::GuardianConsentWithdrawn, details)
            .await?;
        change.commit().await?;
        lessons.tell(&state, id, Some(row.number)).await?;
    }
    Ok(Json(
        SchoolClassPage::of(&state.store.db, keeper.class).await?,
    ))
}
