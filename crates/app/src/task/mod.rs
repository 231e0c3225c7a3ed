//! Tasks: decisions of meetings and of the project's Commission that somebody carries out by a date.

use chrono::NaiveDate;
use kafedra_store::{event, task};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::AppState;

mod list;
mod update;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(update::update))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TaskState {
    Open,
    Done,
}

/// A decision to be carried out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    pub id: Uuid,
    /// The meeting that decided it; null where the project's Commission did.
    #[schema(required)]
    pub event_id: Option<Uuid>,
    pub event_title: String,
    /// The project whose Commission decided it.
    #[schema(required)]
    pub project_id: Option<Uuid>,
    #[schema(required)]
    pub association_id: Option<Uuid>,
    pub text: String,
    #[schema(required)]
    pub assignee_id: Option<Uuid>,
    /// As the minutes name them.
    pub assignee: String,
    #[schema(required)]
    pub due: Option<NaiveDate>,
    pub state: TaskState,
    /// Open beyond its date.
    pub overdue: bool,
}

impl Task {
    fn of(row: task::Model, event: Option<&event::Model>, today: NaiveDate) -> Self {
        let state = if row.state == "open" {
            TaskState::Open
        } else {
            TaskState::Done
        };
        Self {
            id: row.id,
            event_id: row.event_id,
            project_id: row.project_id,
            event_title: event.map(|event| event.title.clone()).unwrap_or_default(),
            association_id: row.association_id,
            text: row.text,
            assignee_id: row.assignee_id,
            assignee: row.assignee,
            overdue: state == TaskState::Open && row.due.is_some_and(|due| due < today),
            due: row.due,
            state,
        }
    }
}
