//! The registers as one workbook: people, where they work, their documents and awards, institutions,
//! room kits.
//!
//! [`export`] picks what the caller keeps, [`book`] writes it. Insurance numbers stay out.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod book;
mod export;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(export::export))
}
