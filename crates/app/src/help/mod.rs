//! What the help pages explain and the server alone knows.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod errors;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(errors::errors))
}
