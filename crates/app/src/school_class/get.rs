//! One class with the names in it.

use axum::{Json, extract::State};
use kafedra_model::Action;

use super::{Keeper, view::SchoolClassPage};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// A class with its pupils and their consents, for its teacher and the school's coordinators; for
/// everybody else it does not exist. Each look is written to the access log.
#[utoipa::path(
    get,
    path = "/school-classes/{id}",
    tag = "school-class",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let db = &state.store.db;
    let label = keeper.class.label.clone();
    keeper.note(&state, db, Action::PupilsViewed, label).await?;
    Ok(Json(SchoolClassPage::of(db, keeper.class).await?))
}
