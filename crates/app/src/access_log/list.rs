//! Reading the log.

use std::collections::HashMap;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{Action, Actor};
use kafedra_store::{
    access_log::{self, Filter},
    institution, person,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    list::{List, Paging},
    problem::{Problem, UNKNOWN},
};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Only what was done to this person or institution.
    subject_id: Option<Uuid>,
    /// Only what this person did.
    actor_id: Option<Uuid>,
    /// Only this kind of entry: `person.viewed`, `grant.given`, …
    action: Option<String>,
    page: Option<u64>,
    per_page: Option<u64>,
}

/// One entry of the access log.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessEntry {
    id: Uuid,
    at: DateTime<Utc>,
    /// Null for somebody who was not signed in.
    #[schema(required)]
    actor_id: Option<Uuid>,
    #[schema(required)]
    actor_name: Option<String>,
    /// `person.viewed`, `person.changed`, `grant.given`, `reset_link.issued`, …
    action: String,
    /// The person or institution it was done to.
    #[schema(required)]
    subject_id: Option<Uuid>,
    #[schema(required)]
    subject_name: Option<String>,
    /// Names of changed fields, a role, a count.
    details: String,
}

/// Who looked at and changed personal data, the latest first. Administrators only.
#[utoipa::path(
    get,
    path = "/access-log",
    tag = "access-log",
    params(Query),
    responses(
        (status = 200, body = List<AccessEntry>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
) -> ApiResult<Json<List<AccessEntry>>> {
    caller.allowed(Actor::is_administrator)?;
    if let Some(action) = &query.action
        && !Action::ALL.iter().any(|known| known.as_str() == action)
    {
        return Err(ApiError::field("action", &UNKNOWN));
    }
    let db = &state.store.db;
    let paging = Paging::new(query.page, query.per_page);
    let filter = Filter {
        actor: query.actor_id,
        subject: query.subject_id,
        action: query.action,
    };
    let (rows, total) = access_log::list(db, &filter, paging.slice()).await?;
    let mut ids: Vec<Uuid> = rows
        .iter()
        .flat_map(|row| [row.actor_id, row.subject_id])
        .flatten()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names: HashMap<Uuid, String> = institution::short_names(db, ids.clone()).await?;
    names.extend(
        person::named(db, ids)
            .await?
            .into_iter()
            .map(|person| (person.id, person.full_name())),
    );
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    let items = rows
        .into_iter()
        .map(|row| AccessEntry {
            id: row.id,
            at: row.at,
            actor_name: name(row.actor_id),
            actor_id: row.actor_id,
            action: row.action,
            subject_name: name(row.subject_id),
            subject_id: row.subject_id,
            details: row.details,
        })
        .collect();
    Ok(Json(paging.list(items, total)))
}
