//! Writing a programme, all of it at once.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{
    EventRole, ItemKind,
    event::{DESCRIPTION_LENGTH, TITLE_LENGTH},
    programme::{self as rules, MOST_ITEMS, MOST_SPEAKERS, Slot, WrongSlot},
    text,
};
use kafedra_store::{attendance, event, event_role, person, programme, room};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{COLLIDES, MINUTES, OUTSIDE, Programme, TOO_MANY, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    event_role::promote,
    extract::{Body, Id, STALE},
    problem::{FieldCode, Problem, REQUIRED, TOO_LONG, UNKNOWN},
    running_order,
    seat::DECEPTIVE,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgrammeDraft {
    /// The whole programme; what is not in it is gone.
    items: Vec<ItemDraft>,
    /// `updatedAt` as the editor saw it; left out, the programme is written in any case.
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemDraft {
    /// Of an item that was there before; left out for a new one.
    id: Option<Uuid>,
    /// A room of the event; left out where the whole event meets.
    room_id: Option<Uuid>,
    kind: ItemKind,
    /// 1 to 200 characters.
    title: String,
    starts_at: DateTime<Utc>,
    minutes: i32,
    #[serde(default)]
    description: String,
    #[serde(default)]
    speaker_ids: Vec<Uuid>,
}

/// Writes a programme in place of the one there was. Who speaks in it becomes a speaker of the
/// event; who no longer does ceases to be one, unless it was confirmed already.
#[utoipa::path(
    put,
    path = "/events/{id}/programme",
    tag = "programme",
    params(("id" = Uuid, Path)),
    request_body = ProgrammeDraft,
    responses(
        (status = 200, body = Programme),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem, description = "fields are named `items.0.title`"),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<ProgrammeDraft>,
) -> ApiResult<Json<Programme>> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    let seen = draft.updated_at.unwrap_or(standing.event.updated_at);
    let items = checked(&state, &standing.event, draft.items).await?;
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    if !event::touch(&transaction, id, seen, now).await? {
        return Err(ApiError::new(&STALE));
    }
    let before = programme::of_event(&transaction, id).await?;
    let speakers: Vec<(Uuid, String)> = items
        .iter()
        .flat_map(|item| {
            item.speakers
                .iter()
                .map(|person| (*person, item.title.clone()))
        })
        .collect();
    programme::replace(&transaction, id, items).await?;
    // Breaks do not count: who was there for how long may have changed.
    attendance::forget(&transaction, id).await?;
    for role in event_role::of_event(&transaction, id).await? {
        let spoke = before
            .iter()
            .any(|item| item.speakers.contains(&role.person_id));
        let speaks = speakers.iter().any(|(person, _)| *person == role.person_id);
        let unconfirmed = role.confirmed_at.is_none();
        if role.role() == Some(EventRole::Speaker) && spoke && !speaks && unconfirmed {
            event_role::remove(&transaction, role.id).await?;
        }
    }
    for (person, topic) in &speakers {
        event_role::give(&transaction, id, *person, EventRole::Speaker, topic, now).await?;
    }
    transaction.commit().await?;
    running_order::rewritten(&state, id).await?;
    let mut enforced = Ok(());
    for (person, _) in speakers {
        let spoke = before.iter().any(|item| item.speakers.contains(&person));
        if !spoke {
            let done = promote(&state, &standing.event, person, EventRole::Speaker).await;
            enforced = enforced.and(done);
        }
    }
    enforced?;
    Ok(Json(view(&state.store.db, id, now).await?))
}

async fn checked(
    state: &AppState,
    event: &event::Model,
    items: Vec<ItemDraft>,
) -> ApiResult<Vec<programme::Draft>> {
    if items.len() > MOST_ITEMS {
        return Err(ApiError::field("items", &TOO_MANY));
    }
    let db = &state.store.db;
    let rooms: Vec<Uuid> = room::of_events(db, [event.id])
        .await?
        .into_iter()
        .map(|room| room.id)
        .collect();
    let known: Vec<Uuid> = programme::of_event(db, event.id)
        .await?
        .into_iter()
        .map(|item| item.item.id)
        .collect();
    let mut asked: Vec<Uuid> = Vec::new();
    for item in &items {
        asked.extend(&item.speaker_ids);
    }
    let people: Vec<Uuid> = person::named(db, asked)
        .await?
        .into_iter()
        .map(|person| person.id)
        .collect();
    let mut wrong: Vec<(String, &'static FieldCode)> = Vec::new();
    let slots: Vec<Slot> = items
        .iter()
        .map(|item| Slot {
            room: item.room_id,
            starts_at: item.starts_at,
            minutes: item.minutes,
        })
        .collect();
    for (place, why) in rules::check(&slots, event.starts_at, event.ends_at) {
        let (field, why) = match why {
            WrongSlot::Minutes => ("minutes", &MINUTES),
            WrongSlot::Outside => ("startsAt", &OUTSIDE),
            WrongSlot::Collides => ("startsAt", &COLLIDES),
        };
        wrong.push((format!("items.{place}.{field}"), why));
    }
    let mut taken = Vec::new();
    let mut drafts = Vec::with_capacity(items.len());
    for (place, item) in items.into_iter().enumerate() {
        let mut refuse = |field: &str, why| wrong.push((format!("items.{place}.{field}"), why));
        let title = text::line(&item.title, TITLE_LENGTH).unwrap_or_else(|bad| {
            refuse(
                "title",
                match bad {
                    text::BadText::Empty => &REQUIRED,
                    text::BadText::TooLong => &TOO_LONG,
                    text::BadText::Deceptive => &DECEPTIVE,
                },
            );
            String::new()
        });
        let description = text::body(&item.description);
        if description.chars().count() > DESCRIPTION_LENGTH {
            refuse("description", &TOO_LONG);
        }
        if item.room_id.is_some_and(|room| !rooms.contains(&room)) {
            refuse("roomId", &UNKNOWN);
        }
        let mut speakers: Vec<Uuid> = Vec::new();
        for person in item.speaker_ids {
            if !speakers.contains(&person) {
                speakers.push(person);
            }
        }
        if speakers.len() > MOST_SPEAKERS {
            refuse("speakerIds", &TOO_MANY);
        } else if speakers.iter().any(|person| !people.contains(person)) {
            refuse("speakerIds", &UNKNOWN);
        }
        // An id of another event's item, or one named twice, is a new item here.
        let id = item
            .id
            .filter(|id| known.contains(id) && !taken.contains(id))
            .unwrap_or_else(Uuid::now_v7);
        taken.push(id);
        drafts.push(programme::Draft {
            id,
            room_id: item.room_id,
            kind: item.kind,
            title,
            starts_at: item.starts_at,
            minutes: item.minutes,
            description,
            speakers,
        });
    }
    ApiError::fields(wrong)?;
    Ok(drafts)
}
