//! Carrying a task out, or opening it again.

use axum::{Json, extract::State};
use kafedra_store::task;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Task, TaskState};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct TaskEdit {
    state: TaskState,
}

/// Marks a task done or open; whoever has to do it may, and those who keep the minutes that it is
/// from, or lead the project that it is of. For others it does not exist. Its words change only by corrected minutes.
#[utoipa::path(
    patch,
    path = "/tasks/{id}",
    tag = "task",
    params(("id" = Uuid, Path)),
    request_body = TaskEdit,
    responses(
        (status = 200, body = Task),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<TaskEdit>,
) -> ApiResult<Json<Task>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let row = task::find(db, id).await?.ok_or(&NOT_FOUND)?;
    match row.event_id {
        _ if row.assignee_id == Some(me) => {}
        Some(event) => {
            Standing::preparing(&state, &caller, event)
                .await
                .map_err(|_| ApiError::new(&NOT_FOUND))?;
        }
        None if caller.actor()?.leads_project() => {}
        None => return Err(ApiError::new(&NOT_FOUND)),
    }
    let by = (edit.state == TaskState::Done).then_some(me);
    let now = state.clock.now();
    let row = task::set_done(db, id, by, now).await?.ok_or(&NOT_FOUND)?;
    let event = match row.event_id {
        Some(id) => kafedra_store::event::with_room(db, id).await?,
        None => None,
    };
    let event = event.as_ref().map(|(event, _)| event);
    Ok(Json(Task::of(row, event, state.day(now))))
}
