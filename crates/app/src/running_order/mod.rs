//! The running order of a room: what is now of its programme, and how much time is left.
//!
//! The moderator or the secretary says what is now; everybody inside sees it, on the live stream
//! and in its snapshot. Times are told as what has passed by the server's clock, so that a wrong
//! clock on a desk changes nothing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::ItemKind;
use kafedra_store::{person, programme, room, running_order};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    event::view::PersonRef,
    live::Turn,
    problem::{FORBIDDEN, Words},
    room::Place,
};

mod change;
mod clear;
mod put;

pub const NOTHING_NOW: Code = Code {
    code: "running_order.nothing_now",
    status: 409,
    ru: Words {
        title: "Сейчас таймер не идёт",
        detail: "Выберите пункт или время и нажмите «Начать».",
    },
    en: Words {
        title: "No timer is running",
        detail: "Choose an item or a time and press “Start”.",
    },
};

pub const CODES: &[Code] = &[NOTHING_NOW];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(put::put, change::change, clear::clear))
}

/// What happens in a room one after the other, and what is now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunningOrder {
    /// The programme as far as it concerns this room, in the order of its times.
    items: Vec<RunningItem>,
    #[schema(required)]
    now: Option<RunningNow>,
}

/// An item of the programme.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunningItem {
    id: Uuid,
    kind: ItemKind,
    title: String,
    starts_at: DateTime<Utc>,
    /// As planned.
    minutes: i32,
    speakers: Vec<PersonRef>,
}

/// What is now, with its timer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunningNow {
    /// Null for a time without an item.
    #[schema(required)]
    item_id: Option<Uuid>,
    /// How long it may take.
    minutes: i32,
    /// What had passed when this was told, pauses left out.
    elapsed_ms: i64,
    paused: bool,
}

impl RunningOrder {
    pub(crate) async fn of(
        db: &impl ConnectionTrait,
        room: &room::Model,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let items = items(db, room).await?;
        let people = items.iter().flat_map(|item| item.speakers.iter().copied());
        let names: HashMap<Uuid, PersonRef> = person::named(db, people)
            .await?
            .iter()
            .map(|person| (person.id, PersonRef::from(person)))
            .collect();
        let row = running_order::of_room(db, room.id).await?;
        Ok(Self {
            now: row.map(|row| {
                let timer = row.timer();
                RunningNow {
                    // An item that was taken out of the programme leaves its time behind.
                    item_id: row
                        .item_id
                        .filter(|id| items.iter().any(|item| item.item.id == *id)),
                    minutes: timer.minutes,
                    elapsed_ms: timer.elapsed(now).num_milliseconds(),
                    paused: timer.paused_at.is_some(),
                }
            }),
            items: items
                .into_iter()
                .map(|programme::Item { item, speakers }| RunningItem {
                    id: item.id,
                    kind: item.kind(),
                    starts_at: item.starts_at,
                    minutes: item.minutes,
                    title: item.title,
                    speakers: speakers
                        .iter()
                        .filter_map(|id| names.get(id).cloned())
                        .collect(),
                })
                .collect(),
        })
    }
}

/// The items that take place in this room.
async fn items(
    db: &impl ConnectionTrait,
    room: &room::Model,
) -> Result<Vec<programme::Item>, DbErr> {
    let mut items = programme::of_event(db, room.event_id).await?;
    items.retain(|item| item.item.room_id.is_none_or(|id| id == room.id));
    Ok(items)
}

/// The place of somebody who keeps the room's record: 403 `forbidden` for the others inside.
async fn keeping(state: &AppState, caller: &Caller, room: Uuid) -> ApiResult<Place> {
    let place = Place::inside(state, caller, room).await?;
    if place.room.kept_by(&place.seat) {
        Ok(place)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}

/// Tells everybody how the running order stands now.
async fn told(state: &AppState, turn: &Turn, room: &room::Model) -> ApiResult<RunningOrder> {
    let order = RunningOrder::of(&state.store.db, room, state.clock.now()).await?;
    turn.tell_running_order(&order);
    Ok(order)
}

/// Tells the rooms of an event that its programme was written anew.
pub(crate) async fn rewritten(state: &AppState, event: Uuid) -> ApiResult<()> {
    for room in room::of_events(&state.store.db, [event]).await? {
        let turn = state.live.turn(room.id).await;
        told(state, &turn, &room).await?;
    }
    Ok(())
}
