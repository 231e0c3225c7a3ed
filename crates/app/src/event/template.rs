//! What events of each kind usually look like.

use axum::Json;
use kafedra_model::{
    Audience, EventKind, ItemKind, Lobby,
    event_template::{self, Item},
    stage::Mode,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiResult, Caller,
    problem::{Problem, locale},
};

/// A usual event of a kind, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventTemplate {
    kind: EventKind,
    /// How long it lasts.
    minutes: i32,
    audience: Audience,
    lobby: Lobby,
    guests_allowed: bool,
    mode: Mode,
    title: &'static str,
    description: &'static str,
    programme: Vec<TemplateItem>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateItem {
    kind: ItemKind,
    title: &'static str,
    /// Minutes after the beginning of the event.
    offset: i32,
    minutes: i32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateList {
    items: Vec<EventTemplate>,
    total: usize,
}

/// Templates of all kinds of events, to begin a plan with.
#[utoipa::path(
    get,
    path = "/event-templates",
    tag = "event",
    responses((status = 200, body = TemplateList), (status = 401, body = Problem))
)]
pub async fn templates(caller: Caller) -> ApiResult<Json<TemplateList>> {
    caller.person()?;
    let items: Vec<EventTemplate> = EventKind::ALL
        .into_iter()
        .map(|kind| {
            let template = event_template::of(kind, locale());
            EventTemplate {
                kind,
                minutes: template.minutes,
                audience: template.audience,
                lobby: template.lobby,
                guests_allowed: template.guests_allowed,
                mode: Mode::of(kind),
                title: template.title,
                description: template.description,
                programme: template.programme.into_iter().map(item).collect(),
            }
        })
        .collect();
    Ok(Json(TemplateList {
        total: items.len(),
        items,
    }))
}

fn item(item: Item) -> TemplateItem {
    TemplateItem {
        kind: item.kind,
        title: item.title,
        offset: item.offset,
        minutes: item.minutes,
    }
}
