//! Scans of signed consents.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::HeaderMap,
    response::Response,
};
use kafedra_model::{Action, guardian_consent as words};
use kafedra_store::guardian_consent;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{Keeper, view::SchoolClassPage};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Ids,
    file,
    material::MaterialForm,
    problem::{MALFORMED, NOT_FOUND, Problem},
};

/// Scans of one page; far below what a material may have.
const LARGEST: usize = 20 * 1024 * 1024;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read, keep))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// Keeps a scan of the paper with the consent that counts, in place of the one before.
#[utoipa::path(
    put,
    path = "/school-classes/{id}/pupils/{pupilId}/consent/scan",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    request_body(content = MaterialForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn keep(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let consent = standing(&state, &keeper, pupil).await?;
    let malformed = || ApiError::new(&MALFORMED);
    let mut form = form.map_err(|_| malformed())?;
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            continue;
        };
        let kept = file::keep(&state, &name, part).await?;
        let db = &state.store.db;
        guardian_consent::set_scan(db, consent.id, Some(kept.hash.clone())).await?;
        if let Some(before) = consent.scan_hash.filter(|before| *before != kept.hash) {
            file::forget(&state, &before).await?;
        }
        return Ok(Json(SchoolClassPage::of(db, keeper.class).await?));
    }
    Err(malformed())
}

/// The scan. Each look is written to the access log.
#[utoipa::path(
    get,
    path = "/school-classes/{id}/pupils/{pupilId}/consent/scan",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    responses(
        (status = 200, description = "the file, of the type that its contents have"),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let number = keeper.pupil(&state, pupil).await?.number;
    let consent = standing(&state, &keeper, pupil).await?;
    let hash = consent.scan_hash.ok_or(&NOT_FOUND)?;
    let details = format!("№ {number}");
    keeper
        .note(&state, &state.store.db, Action::PupilsViewed, details)
        .await?;
    file::send(&state, &hash, &format!("consent-{number}"), &headers).await
}

/// The consent of a pupil that was not withdrawn, or 404.
async fn standing(
    state: &AppState,
    keeper: &Keeper<'_>,
    pupil: Uuid,
) -> ApiResult<guardian_consent::Model> {
    keeper.pupil(state, pupil).await?;
    Ok(
        guardian_consent::of_pupil(&state.store.db, pupil, words::PURPOSE)
            .await?
            .ok_or(&NOT_FOUND)?,
    )
}
