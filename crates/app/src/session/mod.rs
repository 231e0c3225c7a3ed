//! Sessions: signing in and out.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod delete;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(delete::delete))
}
