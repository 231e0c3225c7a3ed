//! A room: its code, its lobby, and who gets past its door.
//!
//! Invariant: [`enter`] is the only way to a seat's first status; a removed seat never
//! passes it, and a closed room lets nobody in, not even its host.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::seat::{KNOCK_AGAIN_SECONDS, SeatRole, Status};

/// Whom the lobby keeps until a moderator admits them. Hosts never wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lobby {
    Off,
    Guests,
    Everyone,
}

impl Lobby {
    pub const ALL: [Self; 3] = [Self::Off, Self::Guests, Self::Everyone];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Guests => "guests",
            Self::Everyone => "everyone",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lobby| lobby.as_str() == name)
    }

    pub fn keeps(self, role: SeatRole, visitor: Visitor) -> bool {
        !role.moderates()
            && match self {
                Self::Off => false,
                Self::Guests => visitor == Visitor::Guest,
                Self::Everyone => true,
            }
    }
}

/// Who stands at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    Person,
    Guest,
}

/// The room as its door sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    pub lobby: Lobby,
    pub locked: bool,
    pub guests_allowed: bool,
    /// The meeting is over or was cancelled.
    pub closed: bool,
    /// As many people are connected as the room holds.
    pub full: bool,
}

/// A seat taken before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub status: Status,
    pub since: DateTime<Utc>,
}

/// Why the door stayed shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Shut {
    #[error("the meeting is over")]
    Closed,
    #[error("this seat was removed")]
    Removed,
    #[error("this seat was refused a moment ago")]
    Refused,
    #[error("guests are not allowed")]
    NoGuests,
    #[error("the room is locked")]
    Locked,
    #[error("the room is full")]
    Full,
}

/// The status with which a visitor takes, or keeps, a seat.
///
/// Admitted seats keep their place through locks and changes of policy, so that a reload
/// never costs anyone the call.
pub fn enter(
    door: Door,
    role: SeatRole,
    visitor: Visitor,
    known: Option<Known>,
    now: DateTime<Utc>,
) -> Result<Status, Shut> {
    if door.closed {
        return Err(Shut::Closed);
    }
    match known {
        Some(Known {
            status: Status::Removed,
            ..
        }) => return Err(Shut::Removed),
        Some(Known {
            status: Status::Refused,
            since,
        }) if now < since + TimeDelta::seconds(KNOCK_AGAIN_SECONDS) => return Err(Shut::Refused),
        Some(Known {
            status: Status::Admitted,
            ..
        }) => return Ok(Status::Admitted),
        _ => {}
    }
    if role == SeatRole::Host {
        return Ok(Status::Admitted);
    }
    if visitor == Visitor::Guest && !door.guests_allowed {
        return Err(Shut::NoGuests);
    }
    if door.locked {
        return Err(Shut::Locked);
    }
    if door.full {
        return Err(Shut::Full);
    }
    // Who was turned away once knocks; an open door must not undo a moderator's refusal.
    let turned_away = known.is_some_and(|known| known.status == Status::Refused);
    if turned_away || door.lobby.keeps(role, visitor) {
        Ok(Status::Waiting)
    } else {
        Ok(Status::Admitted)
    }
}

/// Letters that are told apart in any type face and when dictated: no `i`, `l`, `o`.
const CODE_LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz";

/// A new room code, `abc-defg-hij`: 23¹⁰ possibilities, too many to guess by trying.
pub fn new_code(random: &mut impl Rng) -> String {
    let mut code = String::with_capacity(12);
    for place in 0..10 {
        if place == 3 || place == 7 {
            code.push('-');
        }
        let letter = CODE_LETTERS[random.random_range(0..CODE_LETTERS.len())];
        code.push(char::from(letter));
    }
    code
}

/// A typed code in the form that is stored: case, spaces and hyphens do not matter.
pub fn normal_code(typed: &str) -> Option<String> {
    let letters: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    (letters.len() == 10 && letters.bytes().all(|b| b.is_ascii_lowercase()))
        .then(|| format!("{}-{}-{}", &letters[..3], &letters[3..7], &letters[7..]))
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_504_515_600, 0).expect("a time")
    }

    fn doors() -> impl Iterator<Item = Door> {
        (0..48u8).map(|n| Door {
            lobby: Lobby::ALL[usize::from(n % 3)],
            locked: (n / 3) & 1 != 0,
            guests_allowed: (n / 3) & 2 != 0,
            closed: (n / 3) & 4 != 0,
            full: (n / 3) & 8 != 0,
        })
    }

    /// Every door, role, visitor and past there is.
    fn arrivals() -> impl Iterator<Item = (Door, SeatRole, Visitor, Option<Known>)> {
        let pasts = || {
            std::iter::once(None).chain(Status::ALL.into_iter().flat_map(|status| {
                [0, KNOCK_AGAIN_SECONDS].map(|ago| {
                    Some(Known {
                        status,
                        since: now() - TimeDelta::seconds(ago),
                    })
                })
            }))
        };
        doors().flat_map(move |door| {
            SeatRole::ALL.into_iter().flat_map(move |role| {
                [Visitor::Person, Visitor::Guest]
                    .into_iter()
                    .flat_map(move |visitor| pasts().map(move |past| (door, role, visitor, past)))
            })
        })
    }

    #[test]
    fn a_closed_room_and_a_removed_seat_let_nobody_in() {
        for (door, role, visitor, past) in arrivals() {
            let entered = enter(door, role, visitor, past, now());
            if door.closed {
                assert_eq!(entered, Err(Shut::Closed));
            } else if past.is_some_and(|past| past.status == Status::Removed) {
                assert_eq!(entered, Err(Shut::Removed));
            }
        }
    }

    #[test]
    fn an_admitted_seat_keeps_its_place_through_every_lock_and_policy() {
        for (door, role, visitor, past) in arrivals().filter(|(door, ..)| !door.closed) {
            if past.is_some_and(|past| past.status == Status::Admitted) {
                let entered = enter(door, role, visitor, past, now());
                assert_eq!(entered, Ok(Status::Admitted));
            }
        }
    }

    #[test]
    fn nobody_new_gets_past_a_lock_or_a_ban_on_guests_but_the_host() {
        for (door, role, visitor, past) in arrivals() {
            let admitted_before = past.is_some_and(|past| past.status == Status::Admitted);
            if role == SeatRole::Host || admitted_before {
                continue;
            }
            let banned = visitor == Visitor::Guest && !door.guests_allowed;
            if door.locked || banned {
                assert!(enter(door, role, visitor, past, now()).is_err());
            }
        }
    }

    #[test]
    fn the_host_never_waits() {
        for (door, _, visitor, past) in arrivals() {
            let entered = enter(door, SeatRole::Host, visitor, past, now());
            assert_ne!(entered, Ok(Status::Waiting));
        }
    }

    #[test]
    fn a_refused_seat_waits_a_while_and_then_knocks_even_where_the_lobby_is_off() {
        let door = Door {
            lobby: Lobby::Off,
            locked: false,
            guests_allowed: true,
            closed: false,
            full: false,
        };
        let knock = |seconds| {
            let past = Known {
                status: Status::Refused,
                since: now() - TimeDelta::seconds(seconds),
            };
            enter(
                door,
                SeatRole::Participant,
                Visitor::Guest,
                Some(past),
                now(),
            )
        };
        assert_eq!(knock(KNOCK_AGAIN_SECONDS - 1), Err(Shut::Refused));
        assert_eq!(knock(KNOCK_AGAIN_SECONDS), Ok(Status::Waiting));
    }

    #[test]
    fn the_lobby_keeps_whom_it_says() {
        let check = |lobby: Lobby, visitor, keeps| {
            assert_eq!(lobby.keeps(SeatRole::Participant, visitor), keeps);
            assert!(!lobby.keeps(SeatRole::Cohost, visitor));
        };
        check(Lobby::Off, Visitor::Guest, false);
        check(Lobby::Guests, Visitor::Guest, true);
        check(Lobby::Guests, Visitor::Person, false);
        check(Lobby::Everyone, Visitor::Person, true);
    }

    #[test]
    fn codes_have_no_look_alikes_and_survive_being_typed_carelessly() {
        let mut random = StdRng::seed_from_u64(7);
        for _ in 0..500 {
            let code = new_code(&mut random);
            assert!(!code.contains(['i', 'l', 'o']), "{code}");
            assert_eq!(normal_code(&code).as_deref(), Some(code.as_str()));
            let careless = format!(" {} ", code.replace('-', " ").to_uppercase());
            assert_eq!(normal_code(&careless), Some(code));
        }
        for wrong in ["", "abc", "abc-defg-hi1", "abc-defg-hijk", "абв-гдеж-зик"] {
            assert_eq!(normal_code(wrong), None, "{wrong}");
        }
    }
}
