//! The privacy notice; consents themselves are given through `me`, by guests through a room's seat.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod get;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get::get))
}
