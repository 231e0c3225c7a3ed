//! The log of looks at personal data and changes to it. Handlers write it through [`record`], in
//! the transaction of the change itself; administrators read it; nobody writes it over HTTP.

use kafedra_model::Action;
use kafedra_store::access_log::{self, Entry};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiResult, AppState};

mod list;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::list))
}

/// Writes one line. `details` name fields, a role or a count, never the data themselves.
pub async fn record(
    state: &AppState,
    db: &impl ConnectionTrait,
    actor: Option<Uuid>,
    action: Action,
    subject: Option<Uuid>,
    details: impl Into<String>,
) -> ApiResult<()> {
    let entry = Entry {
        actor,
        action,
        subject,
        details: details.into(),
    };
    Ok(access_log::write(db, entry, state.clock.now()).await?)
}
