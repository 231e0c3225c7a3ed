//! The dry run.

use axum::{Json, extract::State};
use kafedra_model::import::Field;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Found, ImportOutcome, ImportRow,
    check::{self, Context, Register},
    checked, waiting,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    problem::{Problem, locale},
};

/// What the columns mean.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportMapping {
    /// For each column of the file, in its order; null for one that is left out.
    pub mapping: Vec<Option<Field>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    created: usize,
    changed: usize,
    duplicates: usize,
    wrong: usize,
    /// Every row of the file.
    rows: Vec<ImportRow>,
}

impl ImportReport {
    pub fn of(rows: Vec<ImportRow>) -> Self {
        let count = |outcome| rows.iter().filter(|row| row.outcome() == outcome).count();
        Self {
            created: count(ImportOutcome::Created),
            changed: count(ImportOutcome::Changed),
            duplicates: count(ImportOutcome::Duplicate),
            wrong: count(ImportOutcome::Wrong),
            rows,
        }
    }
}

/// Checks every row and writes nothing: what each would come to, and in words what is wrong.
#[utoipa::path(
    post,
    path = "/imports/{id}/check",
    tag = "import",
    params(("id" = Uuid, Path)),
    request_body = ImportMapping,
    responses(
        (status = 200, body = ImportReport),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`import.file_gone`"),
        (status = 422, body = Problem, description = "of `mapping`"),
    )
)]
pub async fn check(
    State(state): State<AppState>,
    caller: Caller,
    id: Id,
    Body(asked): Body<ImportMapping>,
) -> ApiResult<Json<ImportReport>> {
    let found = Found::of(&state, &caller, id).await?.own()?;
    let table = waiting(&state, &found.row, found.kind).await?;
    checked(found.kind, &asked.mapping, table.headers.len())?;
    let context = Context {
        by: found.me.actor.clone(),
        today: state.today(),
        locale: locale(),
        vault: state.vault.clone(),
        verified: false,
    };
    let register =
        Register::read(&state.store.db, found.kind, context.today, context.locale).await?;
    let kind = found.kind;
    // A second or so for a whole city: not on the threads that serve everybody.
    let (rows, _) = tokio::task::spawn_blocking(move || {
        check::all(kind, &table, &asked.mapping, register, &context)
    })
    .await
    .map_err(ApiError::internal)??;
    Ok(Json(ImportReport::of(rows)))
}
