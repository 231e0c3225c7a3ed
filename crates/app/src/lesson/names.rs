//! Whose number is whose, for the teacher in the room.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::pupil;
use serde::Serialize;
use utoipa::ToSchema;

use super::kept_class;
use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem},
    room::find,
    school_class::note,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct PupilNames {
    /// By their numbers.
    items: Vec<PupilName>,
    total: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PupilName {
    number: i32,
    name: String,
}

/// The names of the pupils in a lesson's room, for those who keep the class; for everybody else
/// there is nothing here. Each look is written to the access log.
#[utoipa::path(
    get,
    path = "/rooms/{id}/pupils",
    tag = "lesson",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = PupilNames),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn names(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<PupilNames>> {
    let me = caller.person()?;
    let (_, event) = find(&state, id).await?;
    let class = kept_class(&state, &caller, event.id)
        .await?
        .ok_or(&NOT_FOUND)?;
    let db = &state.store.db;
    let label = class.label.clone();
    note(&state, db, me, &class, Action::PupilsViewed, label).await?;
    let items: Vec<PupilName> = pupil::of_class(db, class.id)
        .await?
        .into_iter()
        .map(|pupil| PupilName {
            number: pupil.number,
            name: pupil.name,
        })
        .collect();
    Ok(Json(PupilNames {
        total: items.len(),
        items,
    }))
}
