//! What the client must know of the server before anybody signs in.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod get;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get::get))
}
