//! The classes that somebody keeps.

use axum::{Json, extract::State};
use kafedra_model::Role;
use kafedra_store::school_class;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::SchoolClass;
use crate::{ApiResult, AppState, Caller, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
pub struct SchoolClassList {
    /// By their names.
    items: Vec<SchoolClass>,
    total: usize,
}

/// The caller's own classes, and for a coordinator those of their school.
#[utoipa::path(
    get,
    path = "/school-classes",
    tag = "school-class",
    responses((status = 200, body = SchoolClassList), (status = 401, body = Problem))
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
) -> ApiResult<Json<SchoolClassList>> {
    let me = caller.person()?;
    let db = &state.store.db;
    let schools = me.actor.institutions_as(Role::Coordinator).collect();
    let rows = school_class::kept(db, me.person.id, schools).await?;
    let items = SchoolClass::many(db, rows).await?;
    Ok(Json(SchoolClassList {
        total: items.len(),
        items,
    }))
}
