//! Who does what in an event: giving roles, taking them, confirming that they were done.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use kafedra_model::{EventRole, event::TITLE_LENGTH, event_role::part, text};
use kafedra_store::{event, event_role, person, room, seat, seat::Occupant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    event::{standing::Standing, view::PersonRef},
    extract::{Body, Id, Ids},
    media::reconcile,
    problem::{FORBIDDEN, NOT_FOUND, Problem, TOO_LONG, UNKNOWN, Words},
    seat::{DECEPTIVE, view::Seat},
};

pub const ORGANISER_STAYS: Code = Code {
    code: "event_role.organiser_stays",
    status: 409,
    ru: Words {
        title: "У встречи должен остаться её организатор",
        detail: "Того, кто назначил встречу, убрать из организаторов нельзя.",
    },
    en: Words {
        title: "A meeting keeps its organiser",
        detail: "Whoever planned the meeting cannot be taken out of its organisers.",
    },
};
pub const CONFIRMED: Code = Code {
    code: "event_role.confirmed",
    status: 409,
    ru: Words {
        title: "Это участие уже подтверждено",
        detail: "Подтверждённое участие учтено в отчётах, удалить его нельзя.",
    },
    en: Words {
        title: "This part was confirmed",
        detail: "What was confirmed counts in reports and cannot be removed.",
    },
};

pub const CODES: &[Code] = &[ORGANISER_STAYS, CONFIRMED];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, give))
        .routes(routes!(take))
        .routes(routes!(confirm))
}

/// One person's part in an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventRoleView {
    id: Uuid,
    person: PersonRef,
    role: EventRole,
    /// What a speaker speaks of; empty for the others.
    topic: String,
    /// Who confirmed that it was done.
    #[schema(required)]
    confirmed_by: Option<PersonRef>,
    #[schema(required)]
    confirmed_at: Option<DateTime<Utc>>,
    /// Whether the caller may confirm it; nobody confirms themselves.
    may_confirm: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EventRoleList {
    /// In the order in which they were given.
    items: Vec<EventRoleView>,
    total: usize,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventRoleDraft {
    person_id: Uuid,
    role: EventRole,
    /// Up to 200 characters.
    #[serde(default)]
    topic: String,
}

/// Who does what in an event, for everyone who may know of it.
#[utoipa::path(
    get,
    path = "/events/{id}/roles",
    tag = "event role",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = EventRoleList),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<EventRoleList>> {
    let standing = Standing::of(&state, &caller, id).await?;
    Ok(Json(view(&state, &standing).await?))
}

/// Gives somebody a role; giving it again sets its topic. Whoever is inside already runs the
/// room at once where the role says so.
#[utoipa::path(
    post,
    path = "/events/{id}/roles",
    tag = "event role",
    params(("id" = Uuid, Path)),
    request_body = EventRoleDraft,
    responses(
        (status = 200, body = EventRoleList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn give(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<EventRoleDraft>,
) -> ApiResult<Json<EventRoleList>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    let topic = topic(&draft.topic)?;
    person::find(db, draft.person_id)
        .await?
        .filter(|person| person.archived_at.is_none())
        .ok_or_else(|| ApiError::field("personId", &UNKNOWN))?;
    let now = state.clock.now();
    event_role::give(db, id, draft.person_id, draft.role, &topic, now).await?;
    promote(&state, &standing.event, draft.person_id, draft.role).await?;
    Ok(Json(view(&state, &standing).await?))
}

/// Takes a role that was not confirmed.
#[utoipa::path(
    delete,
    path = "/events/{id}/roles/{roleId}",
    tag = "event role",
    params(("id" = Uuid, Path), ("roleId" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event_role.organiser_stays`, `event_role.confirmed`"),
    )
)]
pub async fn take(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, role): Ids,
) -> ApiResult<StatusCode> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    let row = event_role::find(db, id, role).await?.ok_or(&NOT_FOUND)?;
    if row.role() == Some(EventRole::Organiser) && row.person_id == standing.event.organiser_id {
        return Err(ApiError::new(&ORGANISER_STAYS));
    }
    if row.confirmed_at.is_some() {
        return Err(ApiError::new(&CONFIRMED));
    }
    event_role::remove(db, row.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirms that somebody did what their role says. Nobody confirms themselves.
#[utoipa::path(
    post,
    path = "/events/{id}/roles/{roleId}/confirm",
    tag = "event role",
    params(("id" = Uuid, Path), ("roleId" = Uuid, Path)),
    responses(
        (status = 200, body = EventRoleList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn confirm(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, role): Ids,
) -> ApiResult<Json<EventRoleList>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    let row = event_role::find(db, id, role).await?.ok_or(&NOT_FOUND)?;
    if !standing.may_confirm(row.person_id) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    event_role::confirm(db, row.id, standing.me.person.id, state.clock.now()).await?;
    Ok(Json(view(&state, &standing).await?))
}

async fn view(state: &AppState, standing: &Standing<'_>) -> ApiResult<EventRoleList> {
    let db = &state.store.db;
    let rows = event_role::of_event(db, standing.event.id).await?;
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    ids.extend(rows.iter().filter_map(|row| row.confirmed_by));
    let names: HashMap<Uuid, PersonRef> = person::named(db, ids)
        .await?
        .iter()
        .map(|person| (person.id, PersonRef::from(person)))
        .collect();
    let items: Vec<EventRoleView> = rows
        .into_iter()
        .filter_map(|row| {
            Some(EventRoleView {
                id: row.id,
                person: names.get(&row.person_id).cloned()?,
                role: row.role()?,
                confirmed_by: row.confirmed_by.and_then(|id| names.get(&id).cloned()),
                confirmed_at: row.confirmed_at,
                may_confirm: row.confirmed_at.is_none() && standing.may_confirm(row.person_id),
                topic: row.topic,
            })
        })
        .collect();
    Ok(EventRoleList {
        total: items.len(),
        items,
    })
}

/// Lets somebody who has a seat already run the rooms, stand on the stage or keep the record,
/// where the role says so.
pub(crate) async fn promote(
    state: &AppState,
    event: &event::Model,
    person: Uuid,
    role: EventRole,
) -> ApiResult<()> {
    let db = &state.store.db;
    for room in room::of_events(db, [event.id]).await? {
        let turn = state.live.turn(room.id).await;
        let Some(seat) = seat::of(db, room.id, Occupant::Person(person)).await? else {
            continue;
        };
        let part = seat.part().and(part(&[role]));
        if part == seat.part() {
            continue;
        }
        let promoted = seat::set_part(db, seat.id, part).await?;
        let Some(seat) = promoted else { continue };
        turn.tell_seat(&Seat::of(&room, &seat));
        drop(turn);
        if room.started_at.is_some() && room.ended_at.is_none() {
            reconcile::after_one(state, &room, &seat).await?;
        }
    }
    Ok(())
}

fn topic(typed: &str) -> ApiResult<String> {
    match text::line(typed, TITLE_LENGTH) {
        Ok(topic) => Ok(topic),
        Err(text::BadText::Empty) => Ok(String::new()),
        Err(text::BadText::TooLong) => Err(ApiError::field("topic", &TOO_LONG)),
        Err(text::BadText::Deceptive) => Err(ApiError::field("topic", &DECEPTIVE)),
    }
}
