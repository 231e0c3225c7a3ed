//! Every code of a refusal with its words: what the `type` of a problem document leads to.

use axum::Json;
use kafedra_model::Locale;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{CODES, FIELD_CODES, locale};

#[derive(Serialize, ToSchema)]
pub struct ErrorCodes {
    /// Noun by noun, as the guide lists them.
    codes: Vec<ErrorCode>,
    /// Why a single field of a form was refused.
    fields: Vec<FieldErrorCode>,
}

#[derive(Serialize, ToSchema)]
pub struct ErrorCode {
    /// Stable: `room.full`.
    code: &'static str,
    /// HTTP status it comes with.
    status: u16,
    /// What happened.
    title: &'static str,
    /// What to do next.
    detail: &'static str,
}

#[derive(Serialize, ToSchema)]
pub struct FieldErrorCode {
    code: &'static str,
    detail: &'static str,
}

/// Every error code there is, with what happened and what to do, in the caller's language.
#[utoipa::path(
    get,
    path = "/help/errors",
    tag = "help",
    responses((status = 200, body = ErrorCodes))
)]
pub async fn errors() -> Json<ErrorCodes> {
    let locale = locale();
    let codes = CODES.iter().copied().flatten().map(|code| {
        let words = match locale {
            Locale::Ru => &code.ru,
            Locale::En => &code.en,
        };
        ErrorCode {
            code: code.code,
            status: code.status,
            title: words.title,
            detail: words.detail,
        }
    });
    let fields = FIELD_CODES
        .iter()
        .copied()
        .flatten()
        .map(|code| FieldErrorCode {
            code: code.code,
            detail: match locale {
                Locale::Ru => code.ru,
                Locale::En => code.en,
            },
        });
    Json(ErrorCodes {
        codes: codes.collect(),
        fields: fields.collect(),
    })
}
