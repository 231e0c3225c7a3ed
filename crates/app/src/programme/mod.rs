//! An event's programme: what happens when, where, and who speaks.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::ItemKind;
use kafedra_store::{person, programme};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiResult, AppState, event::view::PersonRef, problem::FieldCode};

mod get;
mod put;

pub const COLLIDES: FieldCode = FieldCode {
    code: "programme.collides",
    ru: "В это время здесь уже идёт другой пункт программы.",
    en: "Another item of the programme takes place there at that time.",
};
pub const OUTSIDE: FieldCode = FieldCode {
    code: "programme.outside",
    ru: "Этот пункт не помещается между началом и окончанием встречи.",
    en: "This item does not fit between the beginning and the end of the meeting.",
};
pub const MINUTES: FieldCode = FieldCode {
    code: "programme.minutes",
    ru: "Укажите длительность: от одной минуты до суток.",
    en: "Say how long it lasts: from a minute to a day.",
};
pub const TOO_MANY: FieldCode = FieldCode {
    code: "programme.too_many",
    ru: "Слишком много: не больше 200 пунктов и 20 докладчиков у каждого.",
    en: "Too many: 200 items at most, and 20 speakers in each.",
};

pub const FIELD_CODES: &[FieldCode] = &[COLLIDES, OUTSIDE, MINUTES, TOO_MANY];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get::get, put::put))
}

/// An event's programme.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Programme {
    /// In the order of their times.
    items: Vec<ProgrammeItem>,
    total: usize,
    /// State of the event; to be sent back with a change.
    updated_at: DateTime<Utc>,
}

/// One item.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgrammeItem {
    id: Uuid,
    /// A room of the event; null where the whole event meets.
    #[schema(required)]
    room_id: Option<Uuid>,
    kind: ItemKind,
    title: String,
    starts_at: DateTime<Utc>,
    minutes: i32,
    description: String,
    speakers: Vec<PersonRef>,
}

/// The programme as it is stored, with the speakers' names.
async fn view(
    db: &impl ConnectionTrait,
    event: Uuid,
    updated_at: DateTime<Utc>,
) -> ApiResult<Programme> {
    let items = programme::of_event(db, event).await?;
    let mut ids: Vec<Uuid> = Vec::new();
    for item in &items {
        ids.extend(&item.speakers);
    }
    let names: HashMap<Uuid, PersonRef> = person::named(db, ids)
        .await?
        .iter()
        .map(|person| (person.id, PersonRef::from(person)))
        .collect();
    let items: Vec<ProgrammeItem> = items
        .into_iter()
        .map(|programme::Item { item, speakers }| ProgrammeItem {
            id: item.id,
            room_id: item.room_id,
            kind: item.kind(),
            starts_at: item.starts_at,
            minutes: item.minutes,
            title: item.title,
            description: item.description,
            speakers: speakers
                .iter()
                .filter_map(|id| names.get(id).cloned())
                .collect(),
        })
        .collect();
    Ok(Programme {
        total: items.len(),
        items,
        updated_at,
    })
}
