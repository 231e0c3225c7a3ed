//! What somebody sees who may register: the event, the form, and how they stand.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{
    Audience, EventKind, EventStatus,
    registration::{Answers, RegistrationState},
};
use kafedra_store::{event, person, registration, registration_form, room};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{form::RegistrationForm, is_open};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::Id,
    problem::{NOT_FOUND, Problem, SIGN_IN_NEEDED},
};

/// An event to register for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationCard {
    pub event_id: Uuid,
    pub title: String,
    pub kind: EventKind,
    pub description: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub timezone: String,
    pub status: EventStatus,
    /// By name.
    pub organiser: String,
    /// Nobody needs to register where there is none.
    #[schema(required)]
    pub form: Option<RegistrationForm>,
    /// Whether one may register now.
    pub open: bool,
    /// Seats that are taken.
    pub taken: usize,
    /// On the waiting list.
    pub waiting: usize,
    /// How whoever asks stands.
    #[schema(required)]
    pub mine: Option<MyRegistration>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyRegistration {
    pub id: Uuid,
    pub name: String,
    pub state: RegistrationState,
    #[schema(value_type = std::collections::HashMap<String, kafedra_model::registration::AnswerValue>)]
    pub answers: Answers,
    /// On the waiting list: how many come first.
    pub ahead: usize,
    /// The link to the room, for those who have a seat.
    #[schema(required)]
    pub room_url: Option<String>,
}

impl RegistrationCard {
    pub(super) async fn of(
        state: &AppState,
        db: &impl ConnectionTrait,
        event: event::Model,
        room: &room::Model,
        mine: Option<registration::Model>,
    ) -> ApiResult<Self> {
        let now = state.clock.now();
        let form = registration_form::find(db, event.id).await?;
        let rows = registration::of_event(db, event.id).await?;
        let organiser = person::find(db, event.organiser_id).await?;
        let count = |wanted| rows.iter().filter(|row| row.state() == wanted).count();
        let mine = mine.map(|row| MyRegistration {
            id: row.id,
            state: row.state(),
            answers: answers(&row),
            ahead: rows
                .iter()
                .filter(|other| {
                    other.state() == RegistrationState::Waiting && other.place < row.place
                })
                .count(),
            room_url: (row.state() == RegistrationState::Confirmed)
                .then(|| format!("{}/r/{}", state.settings.public_url, room.code)),
            name: row.name,
        });
        Ok(Self {
            event_id: event.id,
            kind: event.kind(),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            status: event.course(room).status(now),
            organiser: organiser.map(|one| one.full_name()).unwrap_or_default(),
            open: form
                .as_ref()
                .is_some_and(|form| is_open(form, &event, room, now)),
            form: form.as_ref().map(RegistrationForm::from),
            taken: count(RegistrationState::Confirmed),
            waiting: count(RegistrationState::Waiting),
            mine,
            title: event.title,
            description: event.description,
            timezone: event.timezone,
        })
    }
}

pub(super) fn answers(row: &registration::Model) -> Answers {
    serde_json::from_str(&row.answers).unwrap_or_default()
}

/// Who asks, of an event that they may register for.
pub(super) enum Applicant {
    Person(Uuid),
    /// Nobody signed in, of a public event.
    Guest,
}

/// The event for somebody who may know of it: people as everywhere, others where it is public and
/// asks for registration.
pub(super) async fn open(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> ApiResult<(event::Model, room::Model, Applicant)> {
    if let Caller::Person(me) = caller {
        let me = me.person.id;
        let standing = Standing::of(state, caller, id).await?;
        return Ok((standing.event, standing.room, Applicant::Person(me)));
    }
    let db = &state.store.db;
    let (event, room) = event::with_room(db, id).await?.ok_or(&SIGN_IN_NEEDED)?;
    let registers = registration_form::find(db, id).await?.is_some();
    if event.audience() != Audience::Public || !registers {
        return Err(ApiError::new(&SIGN_IN_NEEDED));
    }
    Ok((event, room, Applicant::Guest))
}

/// The event, what it asks, and the caller's own registration. Whoever knows of the event may look;
/// nobody needs an account where it is public and asks for registration.
#[utoipa::path(
    get,
    path = "/events/{id}/registration",
    tag = "registration",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = RegistrationCard),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<RegistrationCard>> {
    let (event, room, who) = open(&state, &caller, id).await?;
    let db = &state.store.db;
    let mine = match who {
        Applicant::Person(person) => registration::of_person(db, id, person).await?,
        Applicant::Guest => None,
    };
    let card = RegistrationCard::of(&state, db, event, &room, mine).await?;
    Ok(Json(card))
}

/// The event and the main room of a registration.
pub(super) async fn event_of(
    db: &impl ConnectionTrait,
    row: &registration::Model,
) -> ApiResult<(event::Model, room::Model)> {
    Ok(event::with_room(db, row.event_id)
        .await?
        .ok_or(&NOT_FOUND)?)
}
