//! What a person did in events: their own page, and the portfolio for attestation.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, portfolio::disseminates};
use kafedra_store::{certificate, event, event_role, programme};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiResult, AppState, attendance, certificate::Certificate};

mod get;
mod part;
mod print;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(part::part))
        .routes(routes!(get::get))
        .routes(routes!(print::pdf))
}

/// A part in an event that passes experience on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Talk {
    pub event_id: Uuid,
    pub title: String,
    pub kind: EventKind,
    pub role: EventRole,
    pub topic: String,
    /// school, city, region.
    pub level: String,
    pub starts_at: DateTime<Utc>,
    /// The day it was held; null for one to come, or that never took place.
    #[schema(required)]
    pub held_on: Option<NaiveDate>,
    /// Of the person's presence.
    pub minutes: i64,
    /// By the organiser.
    pub confirmed: bool,
    /// Whether it stands in the portfolio: held, confirmed, and the person was there.
    pub counts: bool,
    /// The valid certificate of this part.
    #[schema(required)]
    pub certificate: Option<Certificate>,
}

/// What a person did, and the certificates that belong to no talk.
pub(crate) struct Record {
    /// Latest first.
    pub talks: Vec<Talk>,
    /// Latest first, valid ones only.
    pub certificates: Vec<Certificate>,
}

/// Everything a portfolio is made from.
pub(crate) async fn record(state: &AppState, person: Uuid) -> ApiResult<Record> {
    let db = &state.store.db;
    let mut certificates: HashMap<(Uuid, String), certificate::Model> =
        certificate::of_person(db, person)
            .await?
            .into_iter()
            .filter(|row| row.revoked_at.is_none())
            .map(|row| ((row.event_id, row.role.clone()), row))
            .collect();
    let roles = event_role::Entity::find()
        .filter(event_role::Column::PersonId.eq(person))
        .all(db)
        .await?;
    let events: HashMap<Uuid, event::Model> = event::Entity::find()
        .filter(event::Column::Id.is_in(roles.iter().map(|row| row.event_id)))
        .filter(event::Column::CancelledAt.is_null())
        .all(db)
        .await?
        .into_iter()
        .map(|event| (event.id, event))
        .collect();
    let mut talks = Vec::new();
    for row in roles {
        let (Some(role), Some(event)) = (row.role(), events.get(&row.event_id)) else {
            continue;
        };
        if !disseminates(role, event.kind()) {
            continue;
        }
        let there = attendance::of(state, event).await?;
        let seconds = there.seconds.get(&person).copied().unwrap_or(0);
        let confirmed = row.confirmed_at.is_some();
        let topic = if row.topic.is_empty() && role == EventRole::Speaker {
            topics(state, event.id, person).await?
        } else {
            row.topic
        };
        talks.push(Talk {
            event_id: event.id,
            title: event.title.clone(),
            kind: event.kind(),
            role,
            topic,
            level: event.level.clone(),
            starts_at: event.starts_at,
            held_on: there.held_on,
            minutes: seconds / 60,
            confirmed,
            counts: confirmed && there.held_on.is_some() && seconds > 0,
            certificate: certificates
                .remove(&(event.id, row.role))
                .map(|row| Certificate::of(state, row)),
        });
    }
    talks.sort_by_key(|talk| std::cmp::Reverse((talk.starts_at, talk.event_id)));
    let mut certificates: Vec<Certificate> = certificates
        .into_values()
        .map(|row| Certificate::of(state, row))
        .collect();
    certificates.sort_by(|a, b| (b.held_on, &b.number).cmp(&(a.held_on, &a.number)));
    Ok(Record {
        talks,
        certificates,
    })
}

/// Titles of the items where a person speaks.
pub(crate) async fn topics(state: &AppState, event: Uuid, person: Uuid) -> ApiResult<String> {
    let titles: Vec<String> = programme::of_event(&state.store.db, event)
        .await?
        .into_iter()
        .filter(|talk| talk.speakers.contains(&person))
        .map(|talk| talk.item.title)
        .collect();
    Ok(titles.join("; "))
}
