//! The text that everyone is asked to agree to.

use axum::Json;
use kafedra_model::consent;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::locale;

#[derive(Serialize, ToSchema)]
pub struct ConsentText {
    version: String,
    title: String,
    /// Paragraphs parted by blank lines, without markup.
    body: String,
}

/// The privacy notice of now, in the caller's language.
#[utoipa::path(
    get,
    path = "/consent-text",
    tag = "consent",
    responses((status = 200, body = ConsentText))
)]
pub async fn get() -> Json<ConsentText> {
    let text = consent::current();
    let notice = text.notice(locale());
    Json(ConsentText {
        version: text.version.to_owned(),
        title: notice.title.to_owned(),
        body: notice.body.to_owned(),
    })
}
