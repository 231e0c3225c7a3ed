//! What a person did in events: their own page, and the portfolio for attestation.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, portfolio::disseminates};
use kafedra_store::{
    attendance::{self as counted, Own},
    certificate, event, event_role, programme,
};
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
    let parts: Vec<(EventRole, event_role::Model, &event::Model)> = roles
        .into_iter()
        .filter_map(|row| Some((row.role()?, events.get(&row.event_id)?, row)))
        .filter(|(role, event, _)| disseminates(*role, event.kind()))
        .map(|(role, event, row)| (role, row, event))
        .collect();
    let ids: Vec<Uuid> = parts.iter().map(|(.., event)| event.id).collect();
    attendance::settle_some(state, &ids).await?;
    let there: HashMap<Uuid, Own> = counted::of_person(db, person, &ids)
        .await?
        .into_iter()
        .map(|own| (own.event_id, own))
        .collect();
    let mut topics = topics(state, person, &ids).await?;
    let mut talks = Vec::new();
    for (role, row, event) in parts {
        let own = there.get(&event.id);
        let held_on = own.map(|own| own.held_on);
        let seconds = own.map_or(0, |own| own.seconds);
        let confirmed = row.confirmed_at.is_some();
        let topic = if row.topic.is_empty() && role == EventRole::Speaker {
            topics.remove(&event.id).unwrap_or_default()
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
            held_on,
            minutes: seconds / 60,
            confirmed,
            counts: confirmed && held_on.is_some() && seconds > 0,
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

/// Titles of the items where a person speaks, by event.
async fn topics(
    state: &AppState,
    person: Uuid,
    events: &[Uuid],
) -> ApiResult<HashMap<Uuid, String>> {
    let mut topics: HashMap<Uuid, String> = HashMap::new();
    for item in programme::spoken(&state.store.db, person, events.iter().copied()).await? {
        let topic = topics.entry(item.event_id).or_default();
        if !topic.is_empty() {
            topic.push_str("; ");
        }
        topic.push_str(&item.title);
    }
    Ok(topics)
}
