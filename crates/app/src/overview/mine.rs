//! A person's own documents: until when they count, and when the next is due.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::{PositionGroup, professional_development::Coverage};
use kafedra_store::{employment, position, professional_development};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiResult, AppState, Caller, problem::Problem};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyDevelopment {
    /// The caller teaches or manages: documents are asked of them.
    expected: bool,
    /// The last day on which one of the documents counts; the next is needed by then. Null where none
    /// counts today.
    #[schema(required)]
    valid_until: Option<NaiveDate>,
    /// That day is near.
    soon: bool,
    /// The last day on which one counted, where none does.
    #[schema(required)]
    expired_on: Option<NaiveDate>,
    /// Documents that somebody has yet to verify.
    unverified: usize,
}

/// How the caller stands with documents of professional development today.
#[utoipa::path(
    get,
    path = "/me/development",
    tag = "me",
    responses((status = 200, body = MyDevelopment), (status = 401, body = Problem))
)]
pub async fn mine(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<MyDevelopment>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let today = state.today();
    let rows = professional_development::of_person(db, me).await?;
    let coverage = Coverage::of(rows.iter().map(|row| row.document()), today);
    let main = employment::main(db, [me], today).await?.remove(&me);
    let group = match main.filter(|row| row.is_main) {
        Some(row) => position::find(db, &row.position_code).await?,
        None => None,
    };
    let group = group.and_then(|row| PositionGroup::parse(&row.position_group));
    Ok(Json(MyDevelopment {
        expected: matches!(
            group,
            Some(PositionGroup::Teaching | PositionGroup::Management)
        ),
        valid_until: coverage.valid_until,
        soon: coverage.ends_soon(today),
        expired_on: coverage.expired_on,
        unverified: coverage.unverified,
    }))
}
