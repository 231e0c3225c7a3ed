//! What somebody should see at a glance: a teacher's own documents, a school, the city.
//!
//! Invariant: names stand only in an institution's overview, for those who read that institution; the
//! city's has figures alone. Figures are those of `crate::indicator`, documents those of
//! `kafedra_model::professional_development`; nothing is counted by rules of its own.

use kafedra_model::indicator::{Known, Question, Slice};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiResult, AppState, indicator::settings_of};

mod city;
mod mine;
mod school;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(mine::mine))
        .routes(routes!(school::school))
        .routes(routes!(city::city))
}

/// One of the passport's indicators today, for the city or an institution.
async fn question(
    state: &AppState,
    db: &impl ConnectionTrait,
    known: Known,
    institution: Option<Uuid>,
) -> ApiResult<Question> {
    Ok(Question {
        definition: known.definition(),
        day: state.today(),
        slice: Slice {
            institution,
            ..Slice::default()
        },
        without_parental_leave: false,
        settings: settings_of(db).await?,
    })
}
