//! Lists of tasks.

use axum::{Json, extract::State};
use kafedra_store::{
    association_member, event,
    task::{self, Whose},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Task;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::Params,
    problem::{FORBIDDEN, Problem},
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct Query {
    /// Tasks of the caller; so too when nothing else is asked for.
    mine: Option<bool>,
    /// Decided by an association, for its members and those who keep the city's registers.
    association_id: Option<Uuid>,
    /// Decided by one event, for those who know of it.
    event_id: Option<Uuid>,
    /// Decided by the Commission on a project, for everyone signed in.
    project_id: Option<Uuid>,
    /// Only those still to be done.
    open: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TaskList {
    /// Open ones first, by their date; 500 at most.
    items: Vec<Task>,
    total: usize,
}

/// Tasks of the caller, of an association or of an event.
#[utoipa::path(
    get,
    path = "/tasks",
    tag = "task",
    params(Query),
    responses(
        (status = 200, body = TaskList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<TaskList>> {
    let me = caller.person()?;
    let db = &state.store.db;
    let today = state.today();
    let of = (query.association_id, query.event_id, query.project_id);
    let whose = match of {
        _ if query.mine == Some(true) => Whose::Person(me.person.id),
        (None, None, None) => Whose::Person(me.person.id),
        (Some(id), ..) => {
            let actor = &me.actor;
            let may = actor.reads_city_register()
                || actor.leads_association(id)
                || association_member::is_member(db, id, me.person.id, today).await?;
            if !may {
                return Err(ApiError::new(&FORBIDDEN));
            }
            Whose::Association(id)
        }
        (None, Some(id), _) => {
            Standing::of(&state, &caller, id).await?;
            Whose::Event(id)
        }
        (None, None, Some(id)) => Whose::Project(id),
    };
    let rows = task::list(db, whose, query.open.unwrap_or(false)).await?;
    let events = event::Entity::find()
        .filter(event::Column::Id.is_in(rows.iter().filter_map(|row| row.event_id)))
        .all(db)
        .await?;
    let items: Vec<Task> = rows
        .into_iter()
        .map(|row| {
            let event = events.iter().find(|event| Some(event.id) == row.event_id);
            Task::of(row, event, today)
        })
        .collect();
    Ok(Json(TaskList {
        total: items.len(),
        items,
    }))
}
