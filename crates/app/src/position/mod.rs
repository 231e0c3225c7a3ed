//! The dictionary of positions.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod keep;
mod list;

pub use keep::FIELD_CODES;
pub use list::name_of;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, keep::create))
        .routes(routes!(keep::update))
}
