//! Roles given to people and taken from them.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, problem::FieldCode};

mod create;
mod delete;

pub use create::MISFIT;

pub const FIELD_CODES: &[FieldCode] = &[MISFIT];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(delete::delete))
}
