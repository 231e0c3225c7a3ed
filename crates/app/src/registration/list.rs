//! Who registered and what they answered.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::registration::{Answers, RegistrationState};
use kafedra_store::{employment, registration, registration_form};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{card::answers, form::RegistrationForm};
use crate::{
    ApiResult, AppState, Caller, event::standing::Standing, extract::Id, problem::Problem,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationList {
    /// In the order of the queue, those who withdrew or were declined too.
    items: Vec<Registration>,
    #[schema(required)]
    form: Option<RegistrationForm>,
}

/// One registration, as the organiser sees it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    pub id: Uuid,
    /// `None` for a guest.
    #[schema(required)]
    pub person_id: Option<Uuid>,
    pub name: String,
    /// Where a person works; empty where nobody knows.
    pub institution: String,
    /// Of a guest.
    #[schema(required)]
    pub email: Option<String>,
    pub state: RegistrationState,
    #[schema(value_type = std::collections::HashMap<String, kafedra_model::registration::AnswerValue>)]
    pub answers: Answers,
    pub created_at: DateTime<Utc>,
}

impl Registration {
    pub(super) fn of(row: registration::Model, institution: String) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            state: row.state(),
            answers: answers(&row),
            name: row.name,
            institution,
            email: row.email,
            created_at: row.created_at,
        }
    }

    /// All of an event, with where the people work.
    pub(super) async fn of_event(state: &AppState, event: Uuid) -> ApiResult<Vec<Self>> {
        let db = &state.store.db;
        let rows = registration::of_event(db, event).await?;
        let people: Vec<Uuid> = rows.iter().filter_map(|row| row.person_id).collect();
        let today = state.today();
        let institutions = employment::main_institutions(db, people, today).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let institution = row.person_id.and_then(|id| institutions.get(&id).cloned());
                Self::of(row, institution.unwrap_or_default())
            })
            .collect())
    }
}

/// The registrations of an event with their answers, for whoever may change it.
#[utoipa::path(
    get,
    path = "/events/{id}/registrations",
    tag = "registration",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = RegistrationList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<RegistrationList>> {
    Standing::changing(&state, &caller, id).await?;
    let form = registration_form::find(&state.store.db, id).await?;
    Ok(Json(RegistrationList {
        items: Registration::of_event(&state, id).await?,
        form: form.as_ref().map(RegistrationForm::from),
    }))
}
