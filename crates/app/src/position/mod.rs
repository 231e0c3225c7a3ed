//! The dictionary of positions.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod list;

pub use list::name_of;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::list))
}
