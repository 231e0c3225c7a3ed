//! A seat: one person's or guest's place in one room. What it may do, and how its state moves.
//!
//! Invariant: a status changes only through [`Status`]'s transitions, and what a seat may do
//! comes only from [`may`], cut down by [`May::listening`]; tokens, permissions and handlers all
//! ask here.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Standing of a seat among the others. Ordered: each outranks those before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SeatRole {
    Participant,
    Cohost,
    Host,
}

impl SeatRole {
    pub const ALL: [Self; 3] = [Self::Participant, Self::Cohost, Self::Host];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Cohost => "cohost",
            Self::Host => "host",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether the role runs the room at all.
    pub fn moderates(self) -> bool {
        self > Self::Participant
    }

    /// Whether this role may admit, mute, restrict, promote or remove that one. Nobody
    /// moderates an equal, so nobody touches the host.
    pub fn may_moderate(self, other: Self) -> bool {
        self.moderates() && self > other
    }
}

/// Where a seat stands at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = SeatStatus)]
pub enum Status {
    /// In the lobby: sees the title, gets no media token.
    Waiting,
    Admitted,
    /// Turned away from the lobby; may knock again after [`KNOCK_AGAIN_SECONDS`].
    Refused,
    /// Sent out of the room for good.
    Removed,
}

/// How long a refused seat waits before it may knock again.
pub const KNOCK_AGAIN_SECONDS: i64 = 60;

/// How long somebody in the lobby may be without a live stream, through a reload or a tunnel,
/// before they count as gone.
pub const LOBBY_PATIENCE_SECONDS: i64 = 30;

/// Whether somebody in the lobby who was last heard of at `seen` is gone by `now`.
pub fn left_the_lobby(seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen > TimeDelta::seconds(LOBBY_PATIENCE_SECONDS)
}

/// A transition that the seat's present status does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seat that is {0:?} cannot do that")]
pub struct WrongStatus(pub Status);

impl Status {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Admitted, Self::Refused, Self::Removed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Admitted => "admitted",
            Self::Refused => "refused",
            Self::Removed => "removed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// Lets a waiting seat in. Two moderators may press at once: admitting twice is no error.
    pub fn admit(self) -> Result<Self, WrongStatus> {
        match self {
            Self::Waiting | Self::Admitted => Ok(Self::Admitted),
            other => Err(WrongStatus(other)),
        }
    }

    /// Turns a waiting seat away.
    pub fn refuse(self) -> Result<Self, WrongStatus> {
        match self {
            Self::Waiting | Self::Refused => Ok(Self::Refused),
            other => Err(WrongStatus(other)),
        }
    }

    /// Sends an admitted seat out for good.
    pub fn remove(self) -> Result<Self, WrongStatus> {
        match self {
            Self::Admitted | Self::Removed => Ok(Self::Removed),
            other => Err(WrongStatus(other)),
        }
    }
}

/// What ordinary participants of a room may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub unmute: bool,
    pub video: bool,
    pub share: bool,
    pub chat: bool,
}

impl Policy {
    pub const OPEN: Self = Self {
        unmute: true,
        video: true,
        share: true,
        chat: true,
    };
}

/// Where one seat differs from its room's policy; `None` follows the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    pub unmute: Option<bool>,
    pub video: Option<bool>,
    pub share: Option<bool>,
    pub chat: Option<bool>,
}

/// What one seat may do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct May {
    pub unmute: bool,
    pub video: bool,
    pub share: bool,
    pub chat: bool,
    pub moderate: bool,
}

impl May {
    pub const NOTHING: Self = Self {
        unmute: false,
        video: false,
        share: false,
        chat: false,
        moderate: false,
    };

    /// What is left of it to somebody who only listens: writing.
    pub fn listening(self) -> Self {
        Self {
            chat: self.chat,
            ..Self::NOTHING
        }
    }
}

/// What a seat may do. Those who run the room may everything; nobody may anything before
/// admission.
pub fn may(role: SeatRole, status: Status, policy: Policy, overrides: Overrides) -> May {
    if status != Status::Admitted {
        return May::NOTHING;
    }
    if role.moderates() {
        return May {
            unmute: true,
            video: true,
            share: true,
            chat: true,
            moderate: true,
        };
    }
    May {
        unmute: overrides.unmute.unwrap_or(policy.unmute),
        video: overrides.video.unwrap_or(policy.video),
        share: overrides.share.unwrap_or(policy.share),
        chat: overrides.chat.unwrap_or(policy.chat),
        moderate: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every<T: Copy>(choices: [T; 3]) -> impl Iterator<Item = [T; 4]> {
        (0..81).map(move |n| {
            [
                choices[n % 3],
                choices[n / 3 % 3],
                choices[n / 9 % 3],
                choices[n / 27 % 3],
            ]
        })
    }

    #[test]
    fn nobody_moderates_an_equal_or_a_higher_role() {
        for actor in SeatRole::ALL {
            for target in SeatRole::ALL {
                let expected = matches!(
                    (actor, target),
                    (SeatRole::Host, SeatRole::Cohost | SeatRole::Participant)
                        | (SeatRole::Cohost, SeatRole::Participant)
                );
                assert_eq!(actor.may_moderate(target), expected, "{actor:?} {target:?}");
            }
        }
    }

    #[test]
    fn a_seat_that_is_not_admitted_may_nothing_whatever_its_role_and_policy() {
        for status in [Status::Waiting, Status::Refused, Status::Removed] {
            for role in SeatRole::ALL {
                for [unmute, video, share, chat] in every([None, Some(true), Some(false)]) {
                    let overrides = Overrides {
                        unmute,
                        video,
                        share,
                        chat,
                    };
                    assert_eq!(may(role, status, Policy::OPEN, overrides), May::NOTHING);
                }
            }
        }
    }

    #[test]
    fn those_who_run_the_room_are_bound_by_no_policy() {
        let closed = Policy {
            unmute: false,
            video: false,
            share: false,
            chat: false,
        };
        for role in [SeatRole::Host, SeatRole::Cohost] {
            let may = may(role, Status::Admitted, closed, Overrides::default());
            assert!(may.unmute && may.video && may.share && may.chat && may.moderate);
        }
    }

    #[test]
    fn an_override_wins_over_the_policy_and_its_absence_follows_it() {
        for bits in 0..16u8 {
            let policy = Policy {
                unmute: bits & 1 != 0,
                video: bits & 2 != 0,
                share: bits & 4 != 0,
                chat: bits & 8 != 0,
            };
            for [unmute, video, share, chat] in every([None, Some(true), Some(false)]) {
                let overrides = Overrides {
                    unmute,
                    video,
                    share,
                    chat,
                };
                let may = may(SeatRole::Participant, Status::Admitted, policy, overrides);
                assert_eq!(may.unmute, unmute.unwrap_or(policy.unmute));
                assert_eq!(may.video, video.unwrap_or(policy.video));
                assert_eq!(may.share, share.unwrap_or(policy.share));
                assert_eq!(may.chat, chat.unwrap_or(policy.chat));
                assert!(!may.moderate);
            }
        }
    }

    #[test]
    fn a_listener_writes_and_is_neither_heard_nor_seen() {
        let (role, status) = (SeatRole::Participant, Status::Admitted);
        let may = may(role, status, Policy::OPEN, Overrides::default());
        let expected = May {
            chat: true,
            ..May::NOTHING
        };
        assert_eq!(may.listening(), expected);
    }

    #[test]
    fn no_chain_of_moderation_brings_a_removed_seat_back() {
        let mut reached = vec![Status::Removed];
        while let Some(status) = reached.pop() {
            for next in [status.admit(), status.refuse(), status.remove()] {
                assert!(next.is_err() || next == Ok(Status::Removed));
            }
        }
    }

    #[test]
    fn each_transition_may_be_repeated_and_only_waiting_seats_are_let_in_or_refused() {
        assert_eq!(Status::Waiting.admit(), Ok(Status::Admitted));
        assert_eq!(Status::Admitted.admit(), Ok(Status::Admitted));
        assert_eq!(Status::Refused.admit(), Err(WrongStatus(Status::Refused)));
        assert_eq!(Status::Waiting.refuse(), Ok(Status::Refused));
        assert_eq!(
            Status::Admitted.refuse(),
            Err(WrongStatus(Status::Admitted))
        );
        assert_eq!(Status::Admitted.remove(), Ok(Status::Removed));
        assert_eq!(Status::Waiting.remove(), Err(WrongStatus(Status::Waiting)));
    }

    #[test]
    fn names_of_roles_and_statuses_read_back() {
        for role in SeatRole::ALL {
            assert_eq!(SeatRole::parse(role.as_str()), Some(role));
        }
        for status in Status::ALL {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
    }
}
