//! Raised hands, in the order in which the server saw them go up.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod clear;
mod lower;
mod raise;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(raise::raise, lower::lower))
        .routes(routes!(lower::lower_of))
        .routes(routes!(clear::clear))
}
