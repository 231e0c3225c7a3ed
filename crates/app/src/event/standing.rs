//! The caller before an event: what they may know of it and do with it.
//!
//! Every route about an event, here and in the nouns that hang on it, starts with one of these.

use kafedra_model::{EventRole, event_role, seat::Status};
use kafedra_store::{association_member, event, event_role as roles, invitee, room, seat};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    caller::SignedIn,
    problem::{FORBIDDEN, NOT_FOUND},
};

/// An event that the caller may know of, with its main room and the caller's part in it.
#[derive(Debug)]
pub struct Standing<'a> {
    pub event: event::Model,
    /// The main room.
    pub room: room::Model,
    pub me: &'a SignedIn,
    /// The caller's own roles.
    pub roles: Vec<EventRole>,
}

impl<'a> Standing<'a> {
    /// 401 for nobody; 404 for those who may not know of the event.
    pub async fn of(state: &AppState, caller: &'a Caller, id: Uuid) -> ApiResult<Self> {
        let me = caller.person()?;
        let db = &state.store.db;
        let (event, room) = event::with_room(db, id).await?.ok_or(&NOT_FOUND)?;
        let standing = Self {
            roles: roles::held(db, id, me.person.id).await?,
            event,
            room,
            me,
        };
        if standing.rules().knows() || standing.expected(state).await? {
            Ok(standing)
        } else {
            Err(ApiError::new(&NOT_FOUND))
        }
    }

    /// For changing the plan: 403 for others who know of the event.
    pub async fn changing(state: &AppState, caller: &'a Caller, id: Uuid) -> ApiResult<Self> {
        let standing = Self::of(state, caller, id).await?;
        if standing.may_change() {
            Ok(standing)
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }

    /// For the programme, the materials and the minutes: the secretary may too.
    pub async fn preparing(state: &AppState, caller: &'a Caller, id: Uuid) -> ApiResult<Self> {
        let standing = Self::of(state, caller, id).await?;
        if standing.may_prepare() {
            Ok(standing)
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }

    pub fn may_change(&self) -> bool {
        self.rules().may_change()
    }

    pub fn may_prepare(&self) -> bool {
        self.rules().may_prepare()
    }

    /// Whether the caller may confirm what `whose` role says.
    pub fn may_confirm(&self, whose: Uuid) -> bool {
        self.rules().may_confirm(whose)
    }

    fn rules(&self) -> event_role::Standing<'_> {
        event_role::Standing {
            actor: &self.me.actor,
            event: self.event.hosted(),
            roles: &self.roles,
        }
    }

    /// Invited, a member of the association that meets, or seated in one of its rooms.
    async fn expected(&self, state: &AppState) -> ApiResult<bool> {
        let db = &state.store.db;
        let me = self.me.person.id;
        if invitee::is_invited(db, self.event.id, me).await? {
            return Ok(true);
        }
        if let Some(association) = self.event.association_id {
            let today = state.today();
            if association_member::is_member(db, association, me, today).await? {
                return Ok(true);
            }
        }
        let seats = seat::of_person_in(db, self.event.id, me).await?;
        Ok(seats
            .iter()
            .any(|seat| matches!(seat.status(), Status::Waiting | Status::Admitted)))
    }
}
