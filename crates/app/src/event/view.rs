//! Events as clients see them.

use chrono::{DateTime, Utc};
use kafedra_model::{EventKind, EventStatus, Lobby};
use kafedra_store::{event, invitee, person, room};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{ApiResult, AppState};

/// A meeting, with its room.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    pub id: Uuid,
    pub title: String,
    pub kind: EventKind,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// IANA name of the zone it was planned in.
    pub timezone: String,
    pub status: EventStatus,
    pub organiser: PersonRef,
    pub room: EventRoom,
    pub i_am_host: bool,
    /// People named for it; only where one event is asked for, and empty in lists.
    pub invitees: Vec<PersonRef>,
    /// State of the record; an edit that names an older one is refused.
    pub updated_at: DateTime<Utc>,
}

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: Uuid,
    pub name: String,
}

/// Where an event takes place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventRoom {
    pub id: Uuid,
    pub code: String,
    /// The link to send to people.
    pub url: String,
    pub lobby: Lobby,
    pub guests_allowed: bool,
}

impl From<&person::Model> for PersonRef {
    fn from(person: &person::Model) -> Self {
        Self {
            id: person.id,
            name: person.full_name(),
        }
    }
}

impl Event {
    pub(super) fn of(
        state: &AppState,
        event: event::Model,
        room: &room::Model,
        organiser: Option<&person::Model>,
        me: Uuid,
    ) -> Self {
        Self {
            id: event.id,
            kind: EventKind::parse(&event.kind).unwrap_or(EventKind::StaffMeeting),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            status: event.course(room).status(state.clock.now()),
            organiser: organiser.map_or_else(
                || PersonRef {
                    id: event.organiser_id,
                    name: String::new(),
                },
                PersonRef::from,
            ),
            room: EventRoom {
                id: room.id,
                code: room.code.clone(),
                url: format!("{}/r/{}", state.settings.public_url, room.code),
                lobby: room.lobby(),
                guests_allowed: room.guests_allowed,
            },
            i_am_host: event.organiser_id == me,
            invitees: Vec::new(),
            updated_at: event.updated_at,
            title: event.title,
            timezone: event.timezone,
        }
    }

    /// One event with its organiser's name and its invited people.
    pub(super) async fn whole(
        state: &AppState,
        event: event::Model,
        room: &room::Model,
        me: Uuid,
    ) -> ApiResult<Self> {
        let db = &state.store.db;
        let organiser = person::find(db, event.organiser_id).await?;
        let invited = invitee::of_event(db, event.id).await?;
        let mut view = Self::of(state, event, room, organiser.as_ref(), me);
        view.invitees = invited.iter().map(PersonRef::from).collect();
        Ok(view)
    }
}
