//! News of the project: written by those who lead it, read by everybody, on the public page and in
//! its feed too.

use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use kafedra_model::Actor;
use kafedra_store::news;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    form::Form,
    list::List,
    problem::{NOT_FOUND, Problem, TOO_LONG},
};

/// Of a title and of a text, in characters.
const TITLE: usize = 200;
const TEXT: usize = 10_000;
/// The list shows the latest; older ones are in the archive of the city's site.
const MOST: u64 = 200;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(update, remove))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct News {
    id: Uuid,
    title: String,
    /// Paragraphs on lines of their own.
    text: String,
    published_on: NaiveDate,
}

impl From<news::Model> for News {
    fn from(row: news::Model) -> Self {
        Self {
            id: row.id,
            title: row.title,
            text: row.text,
            published_on: row.published_on,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewsDraft {
    /// Up to 200 characters.
    title: String,
    /// Up to 10,000 characters.
    text: String,
    /// Shown to others from this day on.
    published_on: NaiveDate,
}

impl NewsDraft {
    fn read(&self) -> ApiResult<news::Draft> {
        let mut form = Form::default();
        let title = form.line("title", &self.title, TITLE);
        let text = kafedra_model::text::body(&self.text);
        if text.chars().count() > TEXT {
            form.refuse("text", &TOO_LONG);
        }
        form.done()?;
        Ok(news::Draft {
            title,
            text,
            published_on: self.published_on,
        })
    }
}

/// The news, the newest first. Those of days to come are shown to those who write them only.
#[utoipa::path(
    get,
    path = "/news",
    tag = "news",
    responses((status = 200, body = List<News>))
)]
pub async fn list(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<List<News>>> {
    let writes = caller.actor().is_ok_and(Actor::leads_project);
    let by = match writes {
        true => NaiveDate::MAX,
        false => state.today(),
    };
    let rows = news::latest(&state.store.db, by, MOST).await?;
    Ok(Json(List {
        total: rows.len() as u64,
        items: rows.into_iter().map(News::from).collect(),
        next_page: None,
    }))
}

/// Writes news; those who lead the project may.
#[utoipa::path(
    post,
    path = "/news",
    tag = "news",
    request_body = NewsDraft,
    responses(
        (status = 201, body = News),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<NewsDraft>,
) -> ApiResult<(StatusCode, Json<News>)> {
    let by = caller.allowed(Actor::leads_project)?.person.id;
    let draft = draft.read()?;
    let row = news::create(&state.store.db, draft, by, state.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Writes news anew.
#[utoipa::path(
    put,
    path = "/news/{id}",
    tag = "news",
    params(("id" = Uuid, Path)),
    request_body = NewsDraft,
    responses(
        (status = 200, body = News),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn update(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<NewsDraft>,
) -> ApiResult<Json<News>> {
    caller.allowed(Actor::leads_project)?;
    let draft = draft.read()?;
    let row = news::update(&state.store.db, id, draft, state.clock.now()).await?;
    let row = row.ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    Ok(Json(row.into()))
}

/// Takes news away.
#[utoipa::path(
    delete,
    path = "/news/{id}",
    tag = "news",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    caller.allowed(Actor::leads_project)?;
    if news::delete(&state.store.db, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::new(&NOT_FOUND))
    }
}
