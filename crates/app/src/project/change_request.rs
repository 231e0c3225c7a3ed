//! Change requests: the passport as it shall be, why, and what exactly changes.

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{
    Actor,
    passport::{
        FORMAT, Passport,
        change::{Change, diff},
    },
};
use kafedra_store::{
    change_request::{self, Draft, Model, State as Kept},
    person, project_step, project_version,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    codes::{NOT_NOW, NOTHING_CHANGES},
    current::{Current, check, parse, refused},
    get::{Project, stale, whole},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, STALE},
    form::Form,
    list::List,
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChangeRequestState {
    Draft,
    Submitted,
    Accepted,
    Refused,
}

/// A request as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRequestRow {
    pub id: Uuid,
    pub number: i32,
    pub title: String,
    pub reason: String,
    pub state: ChangeRequestState,
    /// The version of the passport that it changes.
    pub base_version: i32,
    #[schema(required)]
    pub submitted_on: Option<NaiveDate>,
    #[schema(required)]
    pub decided_on: Option<NaiveDate>,
    pub updated_at: DateTime<Utc>,
    /// Counts changes of the request.
    pub version: i32,
}

impl From<Model> for ChangeRequestRow {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            number: row.number,
            title: row.title,
            reason: row.reason,
            state: match row.state {
                Kept::Draft => ChangeRequestState::Draft,
                Kept::Submitted => ChangeRequestState::Submitted,
                Kept::Accepted => ChangeRequestState::Accepted,
                Kept::Refused => ChangeRequestState::Refused,
            },
            base_version: row.base_version,
            submitted_on: row.submitted_on,
            decided_on: row.decided_on,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

/// A request with what it changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRequest {
    #[serde(flatten)]
    row: ChangeRequestRow,
    created_by: String,
    /// As it shall be.
    passport: Passport,
    changes: Vec<Change>,
    /// The passport has changed since: a draft has to be laid on it anew.
    outdated: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRequestDraft {
    /// What it is about; up to 200 characters.
    title: String,
    /// Why; up to 4000 characters.
    reason: String,
    /// The version of the passport that the writer saw.
    base_version: i32,
    /// The whole passport as it shall be.
    passport: Passport,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ChangeRequestEdit {
    /// Of the request, as the editor saw it.
    version: i32,
    #[serde(flatten)]
    draft: ChangeRequestDraft,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Submission {
    /// Of the request, as the submitter saw it.
    version: i32,
}

/// All requests, the newest first.
#[utoipa::path(
    get,
    path = "/project/change-requests",
    tag = "project",
    responses(
        (status = 200, body = List<ChangeRequestRow>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
) -> ApiResult<Json<List<ChangeRequestRow>>> {
    caller.person()?;
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let rows = change_request::of_project(db, current.id()).await?;
    let items: Vec<_> = rows.into_iter().map(ChangeRequestRow::from).collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

/// One request with what it changes, for everyone signed in.
#[utoipa::path(
    get,
    path = "/project/change-requests/{id}",
    tag = "project",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = ChangeRequest),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<ChangeRequest>> {
    caller.person()?;
    let current = Current::of(&state.store.db).await?;
    Ok(Json(view(&state, &current, id).await?))
}

async fn view(state: &AppState, current: &Current, id: Uuid) -> ApiResult<ChangeRequest> {
    let db = &state.store.db;
    let row = find(db, current, id).await?;
    let passport = parse(&row.passport)?;
    let people = person::named(db, [row.created_by]).await?;
    Ok(ChangeRequest {
        changes: changes(db, current, &row, &passport).await?,
        created_by: people
            .first()
            .map(person::Model::full_name)
            .unwrap_or_default(),
        outdated: row.state == Kept::Draft && row.base_version != current.row.version,
        passport,
        row: row.into(),
    })
}

async fn find(db: &impl ConnectionTrait, current: &Current, id: Uuid) -> ApiResult<Model> {
    change_request::find(db, current.id(), id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}

/// Against the version that the request was written on.
async fn changes(
    db: &impl ConnectionTrait,
    current: &Current,
    row: &Model,
    passport: &Passport,
) -> ApiResult<Vec<Change>> {
    let base = project_version::find(db, current.id(), row.base_version).await?;
    let base = match base {
        Some(base) => parse(&base.passport)?,
        None => current.passport.clone(),
    };
    diff(&base, passport).map_err(ApiError::internal)
}

/// What was typed, and the passport for the database.
fn read(draft: ChangeRequestDraft) -> ApiResult<Draft> {
    let mut form = Form::default();
    let title = form.line("title", &draft.title, 200);
    let reason = form.line("reason", &draft.reason, 4_000);
    form.done()?;
    check(&draft.passport)?;
    let mut passport = draft.passport;
    passport.format = FORMAT;
    let passport = serde_json::to_string(&passport).map_err(ApiError::internal)?;
    Ok(Draft {
        title,
        reason,
        base_version: draft.base_version,
        passport,
    })
}

/// A request is written while the approved project is carried out.
async fn requesting(db: &impl ConnectionTrait) -> ApiResult<Current> {
    let current = Current::of(db).await?.open()?;
    if current.lifecycle.takes_facts() {
        Ok(current)
    } else {
        Err(ApiError::new(&NOT_NOW))
    }
}

/// Begins a request as a draft. Officials of the committee and administrators may.
#[utoipa::path(
    post,
    path = "/project/change-requests",
    tag = "project",
    request_body = ChangeRequestDraft,
    responses(
        (status = 201, body = ChangeRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `project.not_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<ChangeRequestDraft>,
) -> ApiResult<(StatusCode, Json<ChangeRequest>)> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let draft = read(draft)?;
    let db = state.store.write().await?;
    let current = requesting(&db).await?;
    if draft.base_version != current.row.version {
        drop(db);
        return Err(stale(&state, &caller).await);
    }
    let row = change_request::create(&db, current.id(), draft, me, state.clock.now()).await?;
    db.commit().await?;
    let request = view(&state, &current, row.id).await?;
    Ok((StatusCode::CREATED, Json(request)))
}

/// Writes a draft anew. Officials of the committee and administrators may.
#[utoipa::path(
    put,
    path = "/project/change-requests/{id}",
    tag = "project",
    params(("id" = Uuid, Path)),
    request_body = ChangeRequestEdit,
    responses(
        (status = 200, body = ChangeRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `project.not_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<ChangeRequestEdit>,
) -> ApiResult<Json<ChangeRequest>> {
    caller.allowed(Actor::leads_project)?;
    let draft = read(edit.draft)?;
    let db = state.store.write().await?;
    let current = requesting(&db).await?;
    let row = find(&db, &current, id).await?;
    if row.state != Kept::Draft {
        return Err(ApiError::new(&NOT_NOW));
    }
    if draft.base_version != current.row.version {
        drop(db);
        return Err(stale(&state, &caller).await);
    }
    let now = state.clock.now();
    let written = change_request::update(&db, id, edit.version, draft, now).await?;
    match written {
        Some(_) => db.commit().await?,
        None => {
            drop(db);
            let request = view(&state, &current, id).await?;
            return Err(ApiError::new(&STALE).with_current(&request));
        }
    }
    Ok(Json(view(&state, &current, id).await?))
}

/// Throws a draft away. Officials of the committee and administrators may.
#[utoipa::path(
    delete,
    path = "/project/change-requests/{id}",
    tag = "project",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.not_now`"),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    caller.allowed(Actor::leads_project)?;
    let db = &state.store.db;
    let current = Current::of(db).await?;
    find(db, &current, id).await?;
    if change_request::remove_draft(db, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::new(&NOT_NOW))
    }
}

/// Brings a draft before the Commission: the project waits for its decision, and work goes on by the
/// old passport. Officials of the committee and administrators may.
#[utoipa::path(
    post,
    path = "/project/change-requests/{id}/submission",
    tag = "project",
    params(("id" = Uuid, Path)),
    request_body = Submission,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `project.nothing_changes`, `project.checkpoint_used`, `project.not_now`, `project.closed`"),
    )
)]
pub async fn submit(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(submission): Body<Submission>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let now = state.clock.now();
    let today = state.day(now);
    let db = state.store.write().await?;
    let current = requesting(&db).await?;
    let row = find(&db, &current, id).await?;
    let number = u32::try_from(row.number).map_err(ApiError::internal)?;
    let next = current
        .lifecycle
        .clone()
        .request_change(today, number)
        .map_err(|why| refused(why, "on"))?;
    if row.base_version != current.row.version {
        drop(db);
        return Err(stale(&state, &caller).await);
    }
    let passport = parse(&row.passport)?;
    if changes(&db, &current, &row, &passport).await?.is_empty() {
        return Err(ApiError::new(&NOTHING_CHANGES));
    }
    current.keeps_checkpoints(&db, &passport).await?;
    if !change_request::submit(&db, id, submission.version, today, now).await? {
        drop(db);
        let request = view(&state, &current, id).await?;
        return Err(ApiError::new(&STALE).with_current(&request));
    }
    current.move_on(&db, &next, now).await?;
    let step = project_step::Draft {
        change_request: Some(row.number),
        ..project_step::Draft::plain(current.id(), "requestChange", me, today)
    };
    project_step::add(&db, step, now).await?;
    db.commit().await?;
    whole(&state, &caller).await
}
