//! An event once more at another time.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{EventRole, event::check_times};
use kafedra_store::{event, event_role, invitee, programme, registration_form, room};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Plan, Stored, Wrong, add_room, details::Details, standing::Standing, store, view::Event,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    invitee::announce,
    problem::Problem,
    registration::form::moved,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CopyRequest {
    /// When the new event begins; it lasts as long as the old one.
    starts_at: DateTime<Utc>,
}

/// Plans an event like this one: title, description, rooms, people invited by name, roles, programme,
/// registration.
/// The caller is its host; nothing in it is confirmed, and materials stay where they are.
#[utoipa::path(
    post,
    path = "/events/{id}/copy",
    tag = "event",
    params(("id" = Uuid, Path)),
    request_body = CopyRequest,
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn copy(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(asked): Body<CopyRequest>,
) -> ApiResult<Json<Event>> {
    let original = Standing::changing(&state, &caller, id).await?;
    let me = original.me.person.id;
    let starts_at = asked.starts_at;
    let ends_at = starts_at + (original.event.ends_at - original.event.starts_at);
    let mut wrong = Wrong::new();
    super::times(
        check_times(starts_at, ends_at, state.clock.now()),
        &mut wrong,
    );
    ApiError::fields(wrong)?;
    let db = &state.store.db;
    let invitees = invitee::named(db, id)
        .await?
        .into_iter()
        .map(|person| person.id)
        .filter(|person| *person != me)
        .collect();
    let form = registration_form::find(db, id).await?;
    let registration = form.map(|row| {
        let draft = registration_form::Draft {
            questions: row.questions(),
            seats: row.seats,
            deadline: row.deadline,
            approval: row.approval,
        };
        moved(&draft, starts_at - original.event.starts_at)
    });
    let plan = Plan {
        title: original.event.title.clone(),
        kind: original.event.kind(),
        starts_at,
        ends_at,
        timezone: original.event.timezone.clone(),
        lobby: original.room.lobby(),
        guests_allowed: original.room.guests_allowed,
        mode: original.room.mode(),
        details: Details::of(&original.event),
        organiser: me,
        invitees,
        groups: Vec::new(),
        registration,
        series: None,
    };
    let transaction = state.store.write().await?;
    let Stored { event, invited, .. } = store(&state, &transaction, plan).await?;
    belongings(&state, &transaction, &original.event, &event).await?;
    announce(&state, &transaction, std::slice::from_ref(&event), &invited).await?;
    transaction.commit().await?;
    let standing = Standing::of(&state, &caller, event.id).await?;
    Ok(Json(Event::whole(&state, standing).await?))
}

/// Sections, roles and the programme of one event for another.
async fn belongings(
    state: &AppState,
    db: &impl ConnectionTrait,
    from: &event::Model,
    to: &event::Model,
) -> ApiResult<()> {
    let now = state.clock.now();
    let rooms = room::of_events(db, [from.id]).await?;
    let main = room::of_events(db, [to.id]).await?;
    let mut places: HashMap<Uuid, Uuid> = HashMap::new();
    for (place, old) in rooms.iter().enumerate() {
        let new = match (place, main.first()) {
            (0, Some(main)) => main.id,
            _ => {
                add_room(db, to, old, old.title.clone(), old.ordinal)
                    .await?
                    .id
            }
        };
        places.insert(old.id, new);
    }
    for role in event_role::of_event(db, from.id).await? {
        match role.role() {
            None | Some(EventRole::Organiser) => {}
            Some(kind) => {
                event_role::give(db, to.id, role.person_id, kind, &role.topic, now).await?;
            }
        }
    }
    let later = to.starts_at - from.starts_at;
    let items = programme::of_event(db, from.id)
        .await?
        .into_iter()
        .map(|programme::Item { item, speakers }| programme::Draft {
            id: Uuid::now_v7(),
            room_id: item.room_id.and_then(|room| places.get(&room).copied()),
            kind: item.kind(),
            starts_at: item.starts_at + later,
            minutes: item.minutes,
            title: item.title,
            description: item.description,
            speakers,
        })
        .collect();
    programme::replace(db, to.id, items).await?;
    Ok(())
}
