//! Reading a passport from a paper: the draft comes back, nothing is kept.

use axum::{
    Json,
    extract::{Multipart, multipart::MultipartRejection},
};
use kafedra_documents::docx_blocks::{self, NotDocx};
use kafedra_model::passport::reading::{Block, Draft, Found, Unread, blocks_of_text, read};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, Caller, Code, file,
    problem::{MALFORMED, Problem, TOO_LARGE, Words},
};

/// A passport on paper has some hundred kilobytes.
const MOST_BYTES: usize = 2 * 1024 * 1024;

pub const UNREADABLE: Code = Code {
    code: "project.reading_unreadable",
    status: 422,
    ru: Words {
        title: "Этот файл не читается",
        detail: "Нужен документ DOCX без пароля или простой текст. Старый DOC сохраните как DOCX.",
    },
    en: Words {
        title: "This file cannot be read",
        detail: "A DOCX without a password or plain text is needed. Save an old DOC as DOCX.",
    },
};

pub const CODES: &[Code] = &[UNREADABLE];

#[derive(ToSchema)]
#[schema(as = PassportPaper)]
#[allow(dead_code, reason = "it describes the form in the OpenAPI document")]
pub struct Form {
    /// DOCX, or plain text.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassportReading {
    /// A passport with null where the paper says nothing that was understood.
    #[schema(value_type = Object)]
    draft: Draft,
    /// Nothing is missing and everything leads somewhere: it can be saved as it is.
    complete: bool,
    /// From where each field comes.
    found: Vec<Found>,
    /// What was not understood, in its own words.
    unread: Vec<Unread>,
}

/// Reads a passport from DOCX or plain text. Nothing is saved.
#[utoipa::path(
    post,
    path = "/project/reading",
    tag = "project",
    request_body(content = Form, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = PassportReading),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 413, body = Problem, description = "`too_large`: beyond 2 MB"),
        (status = 422, body = Problem, description = "`project.reading_unreadable`"),
    )
)]
pub async fn reading(
    caller: Caller,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<Json<PassportReading>> {
    caller.allowed(|by| by.leads_project())?;
    let mut form = form.map_err(|_| ApiError::new(&MALFORMED))?;
    while let Some(part) = form.next_field().await.map_err(file::refused)? {
        if part.file_name().is_none() {
            continue;
        }
        let bytes = part.bytes().await.map_err(file::refused)?;
        if bytes.len() > MOST_BYTES {
            return Err(ApiError::new(&TOO_LARGE));
        }
        // Unpacking takes a moment: not on the threads that serve everybody.
        let reading =
            tokio::task::spawn_blocking(move || blocks(&bytes).map(|blocks| read(&blocks)))
                .await
                .map_err(ApiError::internal)?
                .map_err(|_| ApiError::new(&UNREADABLE))?;
        return Ok(Json(PassportReading {
            complete: reading.passport().is_some(),
            draft: reading.draft,
            found: reading.found,
            unread: reading.unread,
        }));
    }
    Err(ApiError::new(&MALFORMED))
}

fn blocks(bytes: &[u8]) -> Result<Vec<Block>, NotDocx> {
    match bytes {
        [b'P', b'K', ..] => docx_blocks::blocks(bytes),
        text => plain(text).map(|text| blocks_of_text(&text)),
    }
}

/// UTF-8, else the encoding of Russian Windows; what holds zero bytes is no text.
fn plain(bytes: &[u8]) -> Result<String, NotDocx> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
    };
    match text.contains('\0') {
        true => Err(NotDocx::Broken),
        false => Ok(text),
    }
}
