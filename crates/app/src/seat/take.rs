//! Taking a seat: the step between a link and the room.

use axum::{Json, extract::State};
use axum_extra::extract::CookieJar;
use kafedra_model::{
    EventRole, SeatRole, consent,
    event_role::{self, Part},
    room::{Door, Known, Shut, Visitor, enter},
    seat::Status,
    text::{self, BadText},
};
use kafedra_store::{
    connection, event, event_kit, event_role as roles, guest, pupil, room, seat, seat::Occupant,
    session::Holder,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DECEPTIVE, view::Seat};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Address, Agent, Body, Id},
    lesson,
    me::{require_consent, require_current_consent},
    problem::{Problem, REQUIRED, TOO_LONG},
    room::{
        ENDED, FULL, LOCKED, NO_GUESTS, REFUSED, REMOVED, capacity, find, occupant, still_open,
    },
    session,
};

/// What a guest gives; people with an account send an empty object.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatRequest {
    /// 1 to 80 visible characters.
    guest_name: Option<String>,
    /// Version of the consent text the guest agreed to.
    consent_version: Option<String>,
    /// Of a pupil, in place of both, where a class takes part in the lesson.
    pupil_code: Option<String>,
}

/// Takes a seat in a room, or finds the one taken before: a reload changes nothing.
///
/// Nobody signed in becomes a guest here, with a session of their own, where the room allows
/// guests. A seat may be `waiting`; the live stream tells when it is admitted.
#[utoipa::path(
    post,
    path = "/rooms/{id}/seats",
    tag = "seat",
    params(("id" = Uuid, Path)),
    request_body = SeatRequest,
    responses(
        (status = 200, body = Seat),
        (status = 403, body = Problem, description = "`consent.due`, `room.guests_not_allowed`, `room.locked`, `seat.refused`, `seat.removed`, `lesson.code_needed`"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`room.full`"),
        (status = 410, body = Problem, description = "`room.ended`, `event.cancelled`"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn take(
    State(state): State<AppState>,
    caller: Caller,
    Address(address): Address,
    Agent(agent): Agent,
    Id(id): Id,
    jar: CookieJar,
    Body(asked): Body<SeatRequest>,
) -> ApiResult<(CookieJar, Json<Seat>)> {
    let now = state.clock.now();
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let (room, event) = find(&state, id).await?;
    still_open(&room, &event, now)?;
    let code = asked.pupil_code.as_deref();
    let pupil = lesson::pupil(&state, &caller, &event, code, address).await?;
    let arrival = Arrival::of(&state, &caller, &room, &event, pupil.as_ref()).await?;
    let status = arrival.pass(&state, &room).await?;
    require_consent(&state, &caller).await?;
    let mut jar = jar;
    if let (Some(pupil), Some(Occupant::Pupil { guest, .. })) = (&pupil, arrival.occupant) {
        let already = matches!(&caller, Caller::Guest { guest: me, .. } if me.id == guest);
        if !already {
            // Another device, or another child at the same one.
            let holder = Holder::Guest(guest);
            jar = jar.add(session::open(&state, db, holder, agent.clone()).await?);
            tracing::debug!(pupil.id = %pupil.id, "a pupil came back by their code");
        }
    }
    let seat = match (arrival.occupant, arrival.known, &pupil) {
        (None, _, Some(pupil)) => {
            let name = lesson::alias(pupil);
            let transaction = state.store.write().await?;
            // Their guardian's consent stands in place of one that a child would give here.
            let version = consent::current().version;
            let guest = guest::create(&transaction, &name, version, now).await?.id;
            pupil::sits(&transaction, pupil.id, guest).await?;
            jar = jar.add(session::open(&state, &transaction, Holder::Guest(guest), agent).await?);
            let occupant = Occupant::Pupil {
                number: pupil.number,
                guest,
            };
            let role = SeatRole::Participant;
            let seat = seat::create(&transaction, id, occupant, name, role, status, now).await?;
            transaction.commit().await?;
            seat
        }
        (None, _, None) => {
            let name = guest_name(asked.guest_name.as_deref())?;
            agreed(&asked)?;
            state.limits.guests.take(address, now)?;
            let transaction = state.store.write().await?;
            let guest = guest::create(&transaction, &name, consent::current().version, now).await?;
            let holder = Holder::Guest(guest.id);
            jar = jar.add(session::open(&state, &transaction, holder, agent).await?);
            let occupant = Occupant::Guest(guest.id);
            let seat = seat::create(
                &transaction,
                id,
                occupant,
                name,
                SeatRole::Participant,
                status,
                now,
            )
            .await?;
            transaction.commit().await?;
            seat
        }
        (Some(occupant), None, pupil) => {
            let name = match (pupil, &caller) {
                (Some(pupil), _) => lesson::alias(pupil),
                (None, Caller::Person(signed_in)) => signed_in.person.full_name(),
                (None, Caller::Guest { guest, .. }) => {
                    renew_consent(&state, guest, &asked).await?;
                    match asked.guest_name.as_deref() {
                        None => guest.name.clone(),
                        name => guest_name(name)?,
                    }
                }
                (None, Caller::Kit { kit, .. }) => kit.name.clone(),
                (None, Caller::Anonymous) => String::new(),
            };
            let seat = seat::create(db, id, occupant, name, arrival.part.role, status, now).await?;
            if seat.part() == arrival.part {
                seat
            } else {
                let placed = seat::set_part(db, seat.id, arrival.part).await?;
                placed.unwrap_or(seat)
            }
        }
        (Some(_), Some(known), _) => {
            if let Caller::Guest { guest, .. } = &caller
                && known.pupil_number.is_none()
            {
                renew_consent(&state, guest, &asked).await?;
                // Whom a moderator let in under one name does not change it afterwards.
                let checked = room.lobby().keeps(arrival.part.role, Visitor::Guest);
                if let Some(name) = asked.guest_name.as_deref()
                    && !(checked && known.status() == Status::Admitted)
                {
                    seat::rename(db, known.id, guest_name(Some(name))?).await?;
                }
            }
            if known.role() < arrival.part.role {
                // A role in the event that was given after the first visit.
                seat::set_rights(db, known.id, arrival.part.role, known.overrides()).await?;
            }
            if known.status() != status {
                seat::set_status(db, known.id, known.status(), status, now).await?;
            }
            seat::find(db, id, known.id).await?.unwrap_or(known)
        }
    };
    let view = Seat::of(&room, &seat);
    turn.tell_knock(&view);
    Ok((jar, Json(view)))
}

/// What somebody is in the rooms of an event by their roles in it.
pub(crate) async fn part_of(
    state: &AppState,
    event: &event::Model,
    occupant: Occupant,
) -> ApiResult<Part> {
    Ok(match occupant {
        Occupant::Person(id) if id == event.organiser_id => {
            event_role::part(&[EventRole::Organiser])
        }
        Occupant::Person(id) => {
            event_role::part(&roles::held(&state.store.db, event.id, id).await?)
        }
        Occupant::Guest(_) | Occupant::Kit { .. } | Occupant::Pupil { .. } => event_role::part(&[]),
    })
}

/// Who stands at the door, with what past.
struct Arrival {
    occupant: Option<Occupant>,
    known: Option<seat::Model>,
    part: Part,
    visitor: Visitor,
}

impl Arrival {
    async fn of(
        state: &AppState,
        caller: &Caller,
        room: &room::Model,
        event: &event::Model,
        pupil: Option<&pupil::Model>,
    ) -> ApiResult<Self> {
        let occupant = match pupil {
            Some(pupil) => pupil.guest_id.map(|guest| Occupant::Pupil {
                number: pupil.number,
                guest,
            }),
            None => occupant(caller),
        };
        let known = match occupant {
            Some(occupant) => seat::of(&state.store.db, room.id, occupant).await?,
            None => None,
        };
        let given = match occupant {
            Some(occupant) => part_of(state, event, occupant).await?,
            None => event_role::part(&[]),
        };
        let part = match &known {
            Some(seat) => seat.part().and(given),
            None => given,
        };
        let visitor = match occupant {
            // The class is invited; whoever has a code of it is no stranger.
            _ if pupil.is_some() => Visitor::Person,
            Some(Occupant::Person(_)) => Visitor::Person,
            Some(Occupant::Kit { id, .. }) => {
                // An invited kit is no stranger; another one waits where guests do.
                let invited = event_kit::find(&state.store.db, event.id, id).await?;
                invited.map_or(Visitor::Guest, |_| Visitor::Person)
            }
            _ => Visitor::Guest,
        };
        Ok(Self {
            occupant,
            known,
            part,
            visitor,
        })
    }

    /// The status that the rules give, or why the door stays shut.
    async fn pass(&self, state: &AppState, room: &room::Model) -> ApiResult<Status> {
        let present = connection::present(&state.store.db, room.id).await?;
        let door = Door {
            lobby: room.lobby(),
            locked: room.locked,
            guests_allowed: room.guests_allowed,
            closed: room.ended_at.is_some(),
            full: present >= capacity(state, room) as usize,
        };
        let known = self.known.as_ref().map(|seat| Known {
            status: seat.status(),
            since: seat.status_at,
        });
        enter(door, self.part.role, self.visitor, known, state.clock.now()).map_err(|shut| {
            ApiError::new(match shut {
                Shut::Closed => &ENDED,
                Shut::Removed => &REMOVED,
                Shut::Refused => &REFUSED,
                Shut::NoGuests => &NO_GUESTS,
                Shut::Locked => &LOCKED,
                Shut::Full => &FULL,
            })
        })
    }
}

fn guest_name(typed: Option<&str>) -> ApiResult<String> {
    text::name(typed.unwrap_or_default()).map_err(|bad| {
        ApiError::field(
            "guestName",
            match bad {
                BadText::Empty => &REQUIRED,
                BadText::TooLong => &TOO_LONG,
                BadText::Deceptive => &DECEPTIVE,
            },
        )
    })
}

/// The notice of now was agreed to: 422 where nothing was, 409 where it was an older one.
fn agreed(asked: &SeatRequest) -> ApiResult<()> {
    match asked.consent_version.as_deref() {
        None => Err(ApiError::field("consentVersion", &REQUIRED)),
        Some(version) => require_current_consent(version),
    }
}

/// A guest who comes back after the notice changed agrees to the new one.
async fn renew_consent(
    state: &AppState,
    guest: &guest::Model,
    asked: &SeatRequest,
) -> ApiResult<()> {
    let current = consent::current().version;
    if guest.consent_version == current {
        return Ok(());
    }
    agreed(asked)?;
    guest::agree(&state.store.db, guest.id, current, state.clock.now()).await?;
    Ok(())
}
