//! The arms and the signature: given, looked at, taken away; administrators may.

use axum::{
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kafedra_documents::{LARGEST_PICTURE, Picture, PictureError};
use kafedra_store::letterhead;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{BROKEN_PICTURE, HUGE_PICTURE, NO_PICTURE};
use crate::{
    ApiError, ApiResult, AppState, Caller, file, paper,
    problem::{MALFORMED, NOT_FOUND, Problem, TOO_LARGE},
};

const PNG: &str = "image/png";

/// Which picture of the letterhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LetterheadPicture {
    Arms,
    Signature,
}

impl LetterheadPicture {
    fn of(self, row: &mut letterhead::Model) -> &mut Option<String> {
        match self {
            Self::Arms => &mut row.arms,
            Self::Signature => &mut row.signature,
        }
    }
}

/// The form with the picture.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct PictureForm {
    /// PNG or JPEG, 5 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A picture of the letterhead in force, as it is printed.
#[utoipa::path(
    get,
    path = "/installation/letterhead/{picture}",
    tag = "letterhead",
    params(("picture" = inline(LetterheadPicture), Path)),
    responses(
        (status = 200, content_type = "image/png", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn show(
    State(state): State<AppState>,
    caller: Caller,
    which: Result<Path<LetterheadPicture>, axum::extract::rejection::PathRejection>,
) -> ApiResult<Response> {
    caller.allowed(|by| by.is_administrator())?;
    let which = known(which)?;
    let mut row = super::current(&state, &state.store.db).await?;
    let kept = which.of(&mut row).take().ok_or(&NOT_FOUND)?;
    let png = STANDARD.decode(kept).map_err(ApiError::internal)?;
    Ok(paper::file(png, PNG, "picture.png"))
}

/// Puts a picture on papers to come; what it is, its bytes say, not its name.
#[utoipa::path(
    put,
    path = "/installation/letterhead/{picture}",
    tag = "letterhead",
    params(("picture" = inline(LetterheadPicture), Path)),
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 413, body = Problem, description = "`too_large`"),
        (
            status = 422,
            body = Problem,
            description = "`letterhead.no_picture`, `letterhead.huge_picture`, `letterhead.broken_picture`",
        ),
    )
)]
pub async fn set(
    State(state): State<AppState>,
    caller: Caller,
    which: Result<Path<LetterheadPicture>, axum::extract::rejection::PathRejection>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<StatusCode> {
    let by = caller.allowed(|by| by.is_administrator())?.person.id;
    let which = known(which)?;
    let mut form = form.map_err(|_| ApiError::new(&MALFORMED))?;
    while let Some(part) = form.next_field().await.map_err(file::refused)? {
        if part.file_name().is_none() {
            continue;
        }
        let given = part.bytes().await.map_err(file::refused)?;
        if given.len() > LARGEST_PICTURE {
            return Err(ApiError::new(&TOO_LARGE));
        }
        // Unpacking takes a moment: not on the threads that serve everybody.
        let png = tokio::task::spawn_blocking(move || Picture::take(&given))
            .await
            .map_err(ApiError::internal)?
            .map_err(|why| match why {
                PictureError::Kind => ApiError::new(&NO_PICTURE),
                PictureError::TooBig => ApiError::new(&HUGE_PICTURE),
                PictureError::Broken => ApiError::new(&BROKEN_PICTURE),
            })?;
        let kept = STANDARD.encode(png);
        super::replace(&state, by, |mut row| {
            *which.of(&mut row) = Some(kept);
            row
        })
        .await?;
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(ApiError::new(&MALFORMED))
}

/// Takes a picture off papers to come.
#[utoipa::path(
    delete,
    path = "/installation/letterhead/{picture}",
    tag = "letterhead",
    params(("picture" = inline(LetterheadPicture), Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    which: Result<Path<LetterheadPicture>, axum::extract::rejection::PathRejection>,
) -> ApiResult<StatusCode> {
    let by = caller.allowed(|by| by.is_administrator())?.person.id;
    let which = known(which)?;
    super::replace(&state, by, |mut row| {
        *which.of(&mut row) = None;
        row
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(
    which: Result<Path<LetterheadPicture>, axum::extract::rejection::PathRejection>,
) -> ApiResult<LetterheadPicture> {
    which
        .map(|Path(which)| which)
        .map_err(|_| ApiError::new(&NOT_FOUND))
}
