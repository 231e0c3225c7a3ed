//! Scans of documents.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kafedra_model::{Action, file::FileType};
use kafedra_store::document_scan;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Development, Standing, found, view};
use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    access_log::record,
    extract::Id,
    file,
    material::MaterialForm,
    problem::{MALFORMED, NOT_FOUND, Problem, Words},
};

pub const TYPE: Code = Code {
    code: "document.scan_type",
    status: 422,
    ru: Words {
        title: "Это не скан документа",
        detail: "Подойдут PDF, JPEG и PNG.",
    },
    en: Words {
        title: "This is no scan of a document",
        detail: "PDF, JPEG and PNG are fine.",
    },
};

/// A page or two.
const LARGEST: usize = 20 * 1024 * 1024;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(read, keep, delete))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// Keeps a scan with a document, in place of the one before: for whoever keeps the card, and until
/// the document is verified for the person too.
#[utoipa::path(
    put,
    path = "/documents/{id}/scan",
    tag = "documents",
    params(("id" = Uuid, Path)),
    request_body(content = MaterialForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = Development),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`document.scan_type`, `file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn keep(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<Json<Development>> {
    let (standing, row) = found(&state, &caller, id).await?;
    standing.allowed(standing.deletes(&row))?;
    let mut form = form.map_err(|_| ApiError::new(&MALFORMED))?;
    while let Some(part) = form.next_field().await.map_err(file::refused)? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            continue;
        };
        let draft = file::take_in(&state, &name, part).await?;
        if !matches!(draft.kind(), FileType::Pdf | FileType::Jpeg | FileType::Png) {
            return Err(ApiError::new(&TYPE));
        }
        let kept = draft.keep(&state).await?;
        let before = document_scan::of_document(&state.store.db, id).await?;
        let change = state.store.write().await?;
        document_scan::put(&change, id, kept.hash.clone(), state.clock.now()).await?;
        note(&state, &change, &standing, Action::DocumentChanged).await?;
        change.commit().await?;
        if let Some(before) = before.filter(|before| *before != kept.hash) {
            file::forget(&state, &before).await?;
        }
        return Ok(Json(view(&state, &standing, id).await?));
    }
    Err(ApiError::new(&MALFORMED))
}

/// The scan, for whoever may read the document. A look at somebody else's is written to the access log.
#[utoipa::path(
    get,
    path = "/documents/{id}/scan",
    tag = "documents",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "the file, of the type that its contents have"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (standing, row) = found(&state, &caller, id).await?;
    let db = &state.store.db;
    let hash = document_scan::of_document(db, id)
        .await?
        .ok_or(&NOT_FOUND)?;
    if !standing.is_own() {
        note(&state, db, &standing, Action::DocumentsViewed).await?;
    }
    file::send(&state, &hash, &file::name(&row.registration), &headers).await
}

/// Removes the scan; the document stays.
#[utoipa::path(
    delete,
    path = "/documents/{id}/scan",
    tag = "documents",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let (standing, row) = found(&state, &caller, id).await?;
    standing.allowed(standing.deletes(&row))?;
    let hash = document_scan::of_document(&state.store.db, id).await?;
    let change = state.store.write().await?;
    document_scan::delete(&change, id).await?;
    note(&state, &change, &standing, Action::DocumentChanged).await?;
    change.commit().await?;
    if let Some(hash) = hash {
        file::forget(&state, &hash).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn note(
    state: &AppState,
    db: &impl sea_orm::ConnectionTrait,
    standing: &Standing,
    action: Action,
) -> ApiResult<()> {
    record(
        state,
        db,
        Some(standing.me),
        action,
        Some(standing.person),
        "scan",
    )
    .await
}
