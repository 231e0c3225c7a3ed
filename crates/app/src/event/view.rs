//! Events as clients see them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::{
    Audience, EventKind, EventRole, EventStatus, Lobby, event::Level, event_role, stage::Mode,
};
use kafedra_store::{
    association, event, event_role as roles, institution, invitee, person, registration_form, room,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::standing::Standing;
use crate::{
    ApiResult, AppState, caller::SignedIn, invitee::MyInvitation,
    registration::form::RegistrationForm,
};

/// A meeting, with its rooms.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    pub id: Uuid,
    pub title: String,
    pub kind: EventKind,
    /// Plain text; only where one event is asked for, and empty in lists.
    pub description: String,
    pub audience: Audience,
    pub level: Level,
    /// A school subject.
    #[schema(required)]
    pub subject: Option<String>,
    /// The association that meets.
    #[schema(required)]
    pub association: Option<Named>,
    /// The institution that holds it, by its short name.
    #[schema(required)]
    pub institution: Option<Named>,
    /// What it is one date of.
    #[schema(required)]
    pub series_id: Option<Uuid>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// IANA name of the zone it was planned in.
    pub timezone: String,
    pub status: EventStatus,
    /// It is over, and people met in it.
    pub was_held: bool,
    pub organiser: PersonRef,
    /// The main room.
    pub room: EventRoom,
    /// Rooms of its sections in their order, the main room left out.
    pub sections: Vec<EventRoom>,
    pub i_am_host: bool,
    /// What the caller does in it.
    pub my_roles: Vec<EventRole>,
    /// Whether the caller may change the plan.
    pub may_change: bool,
    /// Whether the caller may keep its programme, materials and minutes.
    pub may_prepare: bool,
    /// People invited by name; only where one event is asked for, and empty in lists.
    pub invitees: Vec<PersonRef>,
    /// The caller's own invitation; only where one event is asked for.
    #[schema(required)]
    pub my_invitation: Option<MyInvitation>,
    /// What people who register are asked; only where one event is asked for.
    #[schema(required)]
    pub registration: Option<RegistrationForm>,
    /// State of the record; an edit that names an older one is refused.
    pub updated_at: DateTime<Utc>,
}

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: Uuid,
    pub name: String,
}

/// An association or institution by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    pub id: Uuid,
    pub name: String,
}

/// Where an event, or a section of it, takes place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventRoom {
    pub id: Uuid,
    pub code: String,
    /// The section's name; empty in the main room.
    pub title: String,
    /// The link to send to people.
    pub url: String,
    pub lobby: Lobby,
    pub guests_allowed: bool,
    pub mode: Mode,
}

impl From<&person::Model> for PersonRef {
    fn from(person: &person::Model) -> Self {
        Self {
            id: person.id,
            name: person.full_name(),
        }
    }
}

impl EventRoom {
    pub(super) fn of(state: &AppState, room: &room::Model) -> Self {
        Self {
            id: room.id,
            code: room.code.clone(),
            title: room.title.clone(),
            url: format!("{}/r/{}", state.settings.public_url, room.code),
            lobby: room.lobby(),
            guests_allowed: room.guests_allowed,
            mode: room.mode(),
        }
    }
}

impl Event {
    /// Events of a list, with what belongs to each looked up for all at once.
    pub(crate) async fn many(
        state: &AppState,
        me: &SignedIn,
        events: Vec<event::Model>,
    ) -> ApiResult<Vec<Self>> {
        let db = &state.store.db;
        let now = state.clock.now();
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        let organisers: HashMap<Uuid, person::Model> =
            person::named(db, distinct(events.iter().map(|event| event.organiser_id)))
                .await?
                .into_iter()
                .map(|person| (person.id, person))
                .collect();
        let associations: HashMap<Uuid, String> = association::named(
            db,
            distinct(events.iter().filter_map(|event| event.association_id)),
        )
        .await?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
        let institutions: HashMap<Uuid, String> = institution::short_names(
            db,
            distinct(events.iter().filter_map(|event| event.institution_id)),
        )
        .await?
        .into_iter()
        .collect();
        let mut rooms: HashMap<Uuid, Vec<room::Model>> = HashMap::new();
        for room in room::of_events(db, ids.iter().copied()).await? {
            rooms.entry(room.event_id).or_default().push(room);
        }
        let mut my_roles: HashMap<Uuid, Vec<EventRole>> = HashMap::new();
        for row in roles::of_person_in(db, me.person.id, ids.iter().copied()).await? {
            if let Some(role) = row.role() {
                my_roles.entry(row.event_id).or_default().push(role);
            }
        }
        let named = |names: &HashMap<Uuid, String>, id: Option<Uuid>| {
            id.map(|id| Named {
                id,
                name: names.get(&id).cloned().unwrap_or_default(),
            })
        };
        Ok(events
            .into_iter()
            .filter_map(|event| {
                // Main room first; an event without rooms was never whole.
                let places = rooms.remove(&event.id)?;
                let (main, sections) = places.split_first()?;
                let my_roles = my_roles.remove(&event.id).unwrap_or_default();
                let rules = event_role::Standing {
                    actor: &me.actor,
                    event: event.hosted(),
                    roles: &my_roles,
                };
                Some(Self {
                    id: event.id,
                    kind: event.kind(),
                    description: String::new(),
                    audience: event.audience(),
                    level: event.level(),
                    association: named(&associations, event.association_id),
                    institution: named(&institutions, event.institution_id),
                    series_id: event.series_id,
                    starts_at: event.starts_at,
                    ends_at: event.ends_at,
                    status: event.course(main).status(now),
                    was_held: event.cancelled_at.is_none()
                        && main.course().took_place()
                        && main.ended_at.is_some(),
                    organiser: organisers.get(&event.organiser_id).map_or_else(
                        || PersonRef {
                            id: event.organiser_id,
                            name: String::new(),
                        },
                        PersonRef::from,
                    ),
                    room: EventRoom::of(state, main),
                    sections: sections
                        .iter()
                        .map(|one| EventRoom::of(state, one))
                        .collect(),
                    i_am_host: event.organiser_id == me.person.id,
                    may_change: rules.may_change(),
                    may_prepare: rules.may_prepare(),
                    my_roles,
                    invitees: Vec::new(),
                    my_invitation: None,
                    registration: None,
                    updated_at: event.updated_at,
                    title: event.title,
                    timezone: event.timezone,
                    subject: event.subject,
                })
            })
            .collect())
    }

    /// One event with all that belongs to it.
    pub(crate) async fn whole(state: &AppState, standing: Standing<'_>) -> ApiResult<Self> {
        let Standing { event, me, .. } = standing;
        let id = event.id;
        let description = event.description.clone();
        let db = &state.store.db;
        let invited = invitee::named(db, id).await?;
        let mine = invitee::find(db, id, me.person.id).await?;
        let form = registration_form::find(db, id).await?;
        let mut view = Self::many(state, me, vec![event])
            .await?
            .pop()
            .ok_or(&crate::problem::NOT_FOUND)?;
        view.description = description;
        view.invitees = invited.iter().map(PersonRef::from).collect();
        view.my_invitation = mine.map(|row| MyInvitation {
            answer: row.answer(),
        });
        view.registration = form.as_ref().map(RegistrationForm::from);
        Ok(view)
    }
}

/// Each once: many events share few organisers.
fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
