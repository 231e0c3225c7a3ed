//! Printed slips with one-time codes: a school's way to give accounts to those without e-mail.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, Code};

mod create;
mod redeem;

pub const CODES: &[Code] = &[redeem::WRONG];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(redeem::redeem))
}
