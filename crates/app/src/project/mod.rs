//! The project that the city runs: its passport.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod get;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get::get))
}
