//! What people do in an event, and what follows from it.
//!
//! Invariant: every route asks [`Standing`] who may know of an event, change it or prepare it,
//! and every room asks [`EventRole::seat`] who runs it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Actor, SeatRole, event::Audience, stage::Stage};

/// One person's part in an event; a person may have several.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum EventRole {
    Organiser,
    Chair,
    Secretary,
    Host,
    Speaker,
    /// Presents and leads a section or a talk.
    Moderator,
    Listener,
    Jury,
}

impl EventRole {
    pub const ALL: [Self; 8] = [
        Self::Organiser,
        Self::Chair,
        Self::Secretary,
        Self::Host,
        Self::Speaker,
        Self::Moderator,
        Self::Listener,
        Self::Jury,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organiser => "organiser",
            Self::Chair => "chair",
            Self::Secretary => "secretary",
            Self::Host => "host",
            Self::Speaker => "speaker",
            Self::Moderator => "moderator",
            Self::Listener => "listener",
            Self::Jury => "jury",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// The seat that somebody with this role takes in the event's rooms.
    pub fn seat(self) -> SeatRole {
        match self {
            Self::Organiser => SeatRole::Host,
            Self::Chair | Self::Host | Self::Moderator => SeatRole::Cohost,
            Self::Secretary | Self::Speaker | Self::Listener | Self::Jury => SeatRole::Participant,
        }
    }

    /// Whether its holder presents or leads: in a webinar they are on the stage from the start.
    pub fn speaks(self) -> bool {
        self == Self::Speaker || self.seat().moderates()
    }

    /// Whether it counts as dissemination once confirmed (DOMAIN.md, section 3, indicator 2).
    pub fn disseminates(self) -> bool {
        matches!(self, Self::Speaker | Self::Moderator)
    }
}

/// The seat of somebody with these roles; the highest counts.
pub fn seat(roles: &[EventRole]) -> SeatRole {
    roles
        .iter()
        .map(|role| role.seat())
        .max()
        .unwrap_or(SeatRole::Participant)
}

/// What somebody is in an event's rooms by their roles in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub role: SeatRole,
    pub stage: Stage,
    /// Keeps the room's record.
    pub secretary: bool,
}

impl Part {
    /// This part and another one together: whatever either gives.
    pub fn and(self, other: Self) -> Self {
        Self {
            role: self.role.max(other.role),
            stage: if other.stage == Stage::On {
                Stage::On
            } else {
                self.stage
            },
            secretary: self.secretary || other.secretary,
        }
    }
}

/// The part of somebody with these roles. Who presents or leads is on the stage from the start.
pub fn part(roles: &[EventRole]) -> Part {
    Part {
        role: seat(roles),
        stage: if roles.iter().any(|role| role.speaks()) {
            Stage::On
        } else {
            Stage::Off
        },
        secretary: roles.contains(&EventRole::Secretary),
    }
}

/// What the rules need to know of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hosted {
    /// Who made it.
    pub organiser: Uuid,
    pub association: Option<Uuid>,
    /// The institution that holds it.
    pub institution: Option<Uuid>,
    pub audience: Audience,
}

/// A signed-in person before an event.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub actor: &'a Actor,
    pub event: Hosted,
    /// The person's own roles in it.
    pub roles: &'a [EventRole],
}

impl Standing<'_> {
    /// Changing the plan, inviting, giving roles, cancelling.
    pub fn may_change(&self) -> bool {
        self.actor.person_id == self.event.organiser
            || self.actor.keeps_city_register()
            || self
                .event
                .association
                .is_some_and(|id| self.actor.leads_association(id))
            || self
                .roles
                .iter()
                .any(|role| matches!(role, EventRole::Organiser | EventRole::Chair))
    }

    /// Keeping the programme, the materials and the minutes.
    pub fn may_prepare(&self) -> bool {
        self.may_change() || self.roles.contains(&EventRole::Secretary)
    }

    /// Confirming that somebody did what their role says; nobody confirms themselves.
    pub fn may_confirm(&self, whose: Uuid) -> bool {
        whose != self.actor.person_id && self.may_change()
    }

    /// Knowing of the event without an invitation or a seat, which are looked up apart.
    pub fn knows(&self) -> bool {
        self.event.audience != Audience::Invited
            || !self.roles.is_empty()
            || self.may_change()
            || self
                .event
                .institution
                .is_some_and(|id| self.actor.reads_institution(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grant, Role, Scope};

    const SCHOOL: Uuid = Uuid::from_u128(1);
    const ASSOCIATION: Uuid = Uuid::from_u128(2);
    const ME: Uuid = Uuid::from_u128(9);
    const OTHER: Uuid = Uuid::from_u128(10);

    fn event() -> Hosted {
        Hosted {
            organiser: OTHER,
            association: Some(ASSOCIATION),
            institution: Some(SCHOOL),
            audience: Audience::Invited,
        }
    }

    /// Whether a person with these grants and roles may know, prepare, change.
    fn check(event: Hosted, grants: &[(Role, Scope)], roles: &[EventRole], expected: [bool; 3]) {
        let actor = Actor {
            person_id: ME,
            grants: grants
                .iter()
                .map(|(role, scope)| Grant {
                    role: *role,
                    scope: *scope,
                })
                .collect(),
        };
        let standing = Standing {
            actor: &actor,
            event,
            roles,
        };
        assert_eq!(
            [
                standing.knows(),
                standing.may_prepare(),
                standing.may_change()
            ],
            expected,
            "{grants:?} {roles:?}"
        );
    }

    #[test]
    fn who_changes_an_event_follows_from_its_roles_and_from_the_citys() {
        let all = [true; 3];
        let none = [false; 3];
        let only_knows = [true, false, false];
        check(event(), &[], &[], none);
        check(event(), &[], &[EventRole::Organiser], all);
        check(event(), &[], &[EventRole::Chair], all);
        check(event(), &[], &[EventRole::Secretary], [true, true, false]);
        for role in [
            EventRole::Host,
            EventRole::Speaker,
            EventRole::Moderator,
            EventRole::Listener,
            EventRole::Jury,
        ] {
            check(event(), &[], &[role], only_knows);
        }
        let mine = Hosted {
            organiser: ME,
            ..event()
        };
        check(mine, &[], &[], all);
        check(event(), &[(Role::Administrator, Scope::City)], &[], all);
        check(event(), &[(Role::Methodologist, Scope::City)], &[], all);
        let head = |id| [(Role::AssociationHead, Scope::Association(id))];
        check(event(), &head(ASSOCIATION), &[], all);
        check(event(), &head(SCHOOL), &[], none);
        let coordinator = |id| [(Role::Coordinator, Scope::Institution(id))];
        check(event(), &coordinator(SCHOOL), &[], only_knows);
        check(event(), &coordinator(ASSOCIATION), &[], none);
        let open = Hosted {
            audience: Audience::City,
            ..event()
        };
        check(open, &[], &[], only_knows);
    }

    #[test]
    fn nobody_confirms_their_own_part() {
        let actor = Actor {
            person_id: ME,
            grants: vec![Grant {
                role: Role::Administrator,
                scope: Scope::City,
            }],
        };
        let standing = Standing {
            actor: &actor,
            event: event(),
            roles: &[EventRole::Organiser],
        };
        assert!(standing.may_confirm(OTHER) && !standing.may_confirm(ME));
    }

    #[test]
    fn those_who_present_or_lead_are_on_the_stage_from_the_start_and_the_secretary_is_not() {
        for role in EventRole::ALL {
            let expected = matches!(
                role,
                EventRole::Organiser
                    | EventRole::Chair
                    | EventRole::Host
                    | EventRole::Moderator
                    | EventRole::Speaker
            );
            let part = part(&[role]);
            assert_eq!(part.stage == Stage::On, expected, "{role:?}");
            assert_eq!(part.secretary, role == EventRole::Secretary, "{role:?}");
        }
    }

    #[test]
    fn a_role_that_is_added_takes_nothing_away() {
        let invited = Part {
            stage: Stage::Invited,
            ..part(&[])
        };
        let secretary = part(&[EventRole::Secretary]);
        let both = invited.and(secretary);
        assert_eq!(both.stage, Stage::Invited);
        assert!(both.secretary);
        let all = both.and(part(&[EventRole::Speaker]));
        assert_eq!((all.stage, all.secretary), (Stage::On, true));
        assert_eq!(
            part(&[EventRole::Chair]).and(secretary).role,
            SeatRole::Cohost
        );
    }

    #[test]
    fn the_highest_role_decides_the_seat() {
        assert_eq!(seat(&[]), SeatRole::Participant);
        assert_eq!(
            seat(&[EventRole::Speaker, EventRole::Chair]),
            SeatRole::Cohost
        );
        assert_eq!(
            seat(&[EventRole::Chair, EventRole::Organiser]),
            SeatRole::Host
        );
        for role in EventRole::ALL {
            assert_eq!(EventRole::parse(role.as_str()), Some(role));
        }
    }
}
