//! Slides: who may show a deck in a room, who turns its pages, who reads the notes to them.
//!
//! Invariant: a room shows one page of one deck at a time, and one person leads it. Moderators may
//! always turn it, show another deck or end it; the others may as long as they may share, and only
//! where nobody else leads.

use uuid::Uuid;

use crate::{EventRole, seat::May};

/// Most decks of one event.
pub const MOST: u64 = 50;
/// Longest note to one page, in characters.
pub const NOTE_LENGTH: usize = 4000;

/// How far a deck is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = DeckState)]
pub enum State {
    /// A presentation on its way to become a PDF.
    Converting,
    Ready,
    /// It could not be made a PDF.
    Failed,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Converting, Self::Ready, Self::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Converting => "converting",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Whether somebody with these roles in an event may give it decks beforehand.
pub fn may_add(may_prepare: bool, roles: &[EventRole]) -> bool {
    may_prepare
        || roles.iter().any(|role| {
            matches!(
                role,
                EventRole::Host | EventRole::Speaker | EventRole::Moderator
            )
        })
}

/// Why a seat may not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this seat may not share")]
    NoRight,
    #[error("somebody else leads")]
    Taken,
}

/// Whether seat `me` may show a deck or turn its pages while `leader` leads; and the same for ending it.
pub fn show(may: May, leader: Option<Uuid>, me: Uuid) -> Result<(), Refused> {
    if may.moderate {
        Ok(())
    } else if !may.share {
        Err(Refused::NoRight)
    } else if leader.is_some_and(|leader| leader != me) {
        Err(Refused::Taken)
    } else {
        Ok(())
    }
}

/// What a room shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub deck: Uuid,
    pub leader: Uuid,
}

/// Who leads once `me` has shown a page of `deck`: whoever led it before, unless `me` takes the lead.
/// A moderator who turns a page for a speaker takes nothing away from them.
pub fn leader(before: Option<Shown>, deck: Uuid, me: Uuid, takes: bool) -> Uuid {
    match before {
        Some(shown) if shown.deck == deck && !takes => shown.leader,
        _ => me,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);
    const DECK: Uuid = Uuid::from_u128(3);

    fn rights(share: bool, moderate: bool) -> May {
        May {
            share,
            moderate,
            ..May::NOTHING
        }
    }

    #[test]
    fn a_moderator_always_shows_and_the_others_only_where_they_may_share_and_nobody_else_leads() {
        for leader in [None, Some(ME), Some(OTHER)] {
            for share in [false, true] {
                assert_eq!(show(rights(share, true), leader, ME), Ok(()));
            }
            assert_eq!(
                show(rights(false, false), leader, ME),
                Err(Refused::NoRight)
            );
            let expected = if leader == Some(OTHER) {
                Err(Refused::Taken)
            } else {
                Ok(())
            };
            assert_eq!(show(rights(true, false), leader, ME), expected);
        }
    }

    #[test]
    fn turning_a_page_for_the_speaker_leaves_them_the_lead_and_another_deck_takes_it() {
        let shown = Some(Shown {
            deck: DECK,
            leader: OTHER,
        });
        assert_eq!(leader(shown, DECK, ME, false), OTHER);
        assert_eq!(leader(shown, DECK, ME, true), ME);
        assert_eq!(leader(shown, Uuid::from_u128(4), ME, false), ME);
        assert_eq!(leader(None, DECK, ME, false), ME);
    }

    #[test]
    fn speakers_and_those_who_prepare_bring_decks_and_listeners_do_not() {
        assert!(may_add(true, &[]));
        assert!(may_add(false, &[EventRole::Listener, EventRole::Speaker]));
        assert!(!may_add(false, &[EventRole::Listener, EventRole::Jury]));
    }

    #[test]
    fn stored_states_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }
}
