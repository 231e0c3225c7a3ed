//! Taking a seat: the step between a link and the room.

use axum::{Json, extract::State};
use axum_extra::extract::CookieJar;
use kafedra_model::{
    SeatRole, consent,
    room::{Door, Known, Shut, Visitor, enter},
    seat::Status,
    text::{self, BadText},
};
use kafedra_store::{connection, event, guest, room, seat, seat::Occupant, session::Holder};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DECEPTIVE, view::Seat};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Address, Agent, Body, Id},
    me::require_current_consent,
    problem::{Problem, REQUIRED, TOO_LONG},
    room::{ENDED, FULL, LOCKED, NO_GUESTS, REFUSED, REMOVED, find, occupant, still_open},
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
        (status = 403, body = Problem, description = "`room.guests_not_allowed`, `room.locked`, `seat.refused`, `seat.removed`"),
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
    let arrival = Arrival::of(&state, &caller, &room, &event).await?;
    let status = arrival.pass(&state, &room).await?;
    let mut jar = jar;
    let seat = match (arrival.occupant, arrival.known) {
        (None, _) => {
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
        (Some(occupant), None) => {
            let name = match &caller {
                Caller::Person(signed_in) => signed_in.person.full_name(),
                Caller::Guest { guest, .. } => {
                    renew_consent(&state, guest, &asked).await?;
                    match asked.guest_name.as_deref() {
                        None => guest.name.clone(),
                        name => guest_name(name)?,
                    }
                }
                Caller::Anonymous => String::new(),
            };
            seat::create(db, id, occupant, name, arrival.role, status, now).await?
        }
        (Some(_), Some(known)) => {
            if let Caller::Guest { guest, .. } = &caller {
                renew_consent(&state, guest, &asked).await?;
                // Whom a moderator let in under one name does not change it afterwards.
                let checked = room.lobby().keeps(arrival.role, Visitor::Guest);
                if let Some(name) = asked.guest_name.as_deref()
                    && !(checked && known.status() == Status::Admitted)
                {
                    seat::rename(db, known.id, guest_name(Some(name))?).await?;
                }
            }
            if known.status() != status {
                seat::set_status(db, known.id, known.status(), status, now).await?;
            }
            seat::find(db, id, known.id).await?.unwrap_or(known)
        }
    };
    let view = Seat::of(&room, &seat);
    turn.tell_seat(&view);
    Ok((jar, Json(view)))
}

/// Who stands at the door, with what past.
struct Arrival {
    occupant: Option<Occupant>,
    known: Option<seat::Model>,
    role: SeatRole,
    visitor: Visitor,
}

impl Arrival {
    async fn of(
        state: &AppState,
        caller: &Caller,
        room: &room::Model,
        event: &event::Model,
    ) -> ApiResult<Self> {
        let occupant = occupant(caller);
        let known = match occupant {
            Some(occupant) => seat::of(&state.store.db, room.id, occupant).await?,
            None => None,
        };
        let (role, visitor) = match (occupant, &known) {
            (Some(Occupant::Person(id)), _) if id == event.organiser_id => {
                (SeatRole::Host, Visitor::Person)
            }
            (Some(Occupant::Person(_)), Some(seat)) => (seat.role(), Visitor::Person),
            (Some(Occupant::Person(_)), None) => (SeatRole::Participant, Visitor::Person),
            (_, Some(seat)) => (seat.role(), Visitor::Guest),
            (_, None) => (SeatRole::Participant, Visitor::Guest),
        };
        Ok(Self {
            occupant,
            known,
            role,
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
            full: present >= usize::try_from(room.capacity).unwrap_or_default(),
        };
        let known = self.known.as_ref().map(|seat| Known {
            status: seat.status(),
            since: seat.status_at,
        });
        enter(door, self.role, self.visitor, known, state.clock.now()).map_err(|shut| {
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
