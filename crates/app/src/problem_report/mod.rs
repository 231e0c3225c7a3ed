//! Reports of problems: anyone may send one from any page, administrators read them.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AppState;

mod create;
mod list;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::list, create::create))
}
