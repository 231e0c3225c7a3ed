//! What waits for the caller in the application: invitations, answers, reminders.

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use kafedra_model::{EventStatus, notice::NoticeKind};
use kafedra_store::{event, notice, registration_form, room};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem},
};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
}

/// Something to know or to do about an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    pub id: Uuid,
    pub kind: NoticeKind,
    pub event_id: Uuid,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Whether people register for it.
    pub registers: bool,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeList {
    /// Latest first, 50 at most; of events that are over, none.
    items: Vec<Notice>,
}

/// What the caller has not put away yet.
#[utoipa::path(
    get,
    path = "/me/notices",
    tag = "notice",
    responses((status = 200, body = NoticeList), (status = 401, body = Problem))
)]
pub async fn list(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<NoticeList>> {
    let me = caller.person()?.person.id;
    let db = &state.store.db;
    let now = state.clock.now();
    let rows = notice::unread(db, me).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.event_id).collect();
    let rooms = room::of_events(db, ids.iter().copied()).await?;
    let forms = registration_form::Entity::find()
        .filter(registration_form::Column::EventId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let events = event::Entity::find()
        .filter(event::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let items = rows
        .into_iter()
        .filter_map(|row| {
            let event = events.iter().find(|event| event.id == row.event_id)?;
            let room = rooms.iter().find(|room| room.event_id == event.id)?;
            let kind = NoticeKind::parse(&row.kind)?;
            let shown = match event.course(room).status(now) {
                EventStatus::Planned | EventStatus::Live => true,
                // That it was called off is told until its time has passed.
                EventStatus::Cancelled => kind == NoticeKind::Cancelled && event.ends_at > now,
                EventStatus::Ended => false,
            };
            shown.then(|| Notice {
                id: row.id,
                kind,
                event_id: event.id,
                title: event.title.clone(),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                registers: forms.iter().any(|form| form.event_id == event.id),
                created_at: row.created_at,
            })
        })
        .collect();
    Ok(Json(NoticeList { items }))
}

/// Puts one of the caller's own notices away; doing it twice is no error.
#[utoipa::path(
    post,
    path = "/me/notices/{id}/read",
    tag = "notice",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<StatusCode> {
    let me = caller.person()?.person.id;
    if notice::read(&state.store.db, me, id, state.clock.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::new(&NOT_FOUND))
    }
}
