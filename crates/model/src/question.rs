//! Questions of those who listen: what state one is in, who sees it then, and their order.
//!
//! Invariant: a withdrawn question is over; whatever else a moderator decided, they may decide anew.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest question and longest written answer, in characters.
pub const LONGEST: usize = 1000;
pub const LONGEST_ANSWER: usize = 2000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = QuestionState)]
pub enum State {
    /// Moderators read it first.
    Waiting,
    Open,
    /// Being answered at this moment; one in a room at a time.
    Now,
    /// Answered aloud.
    Live,
    /// Answered in writing.
    Written,
    Hidden,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Open,
        Self::Now,
        Self::Live,
        Self::Written,
        Self::Hidden,
        Self::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Now => "now",
            Self::Live => "live",
            Self::Written => "written",
            Self::Hidden => "hidden",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The state of a question that was just asked.
    pub fn first(reviewed: bool, moderates: bool) -> Self {
        if reviewed && !moderates {
            Self::Waiting
        } else {
            Self::Open
        }
    }

    /// Whether others may still say that they want it answered.
    pub fn takes_votes(self) -> bool {
        matches!(self, Self::Open | Self::Now)
    }

    /// Whether a moderator may put a question from this state into that one. `Written` comes with
    /// its answer only, `Waiting` at the beginning only, and `Withdrawn` is the asker's.
    pub fn may_become(self, to: Self) -> bool {
        self != Self::Withdrawn && !matches!(to, Self::Waiting | Self::Withdrawn)
    }

    /// Who sees a question in this state, be it one's `own` or another's.
    pub fn seen_by(self, moderates: bool, own: bool) -> bool {
        match self {
            Self::Withdrawn => false,
            Self::Waiting | Self::Hidden => moderates || own,
            Self::Open | Self::Now | Self::Live | Self::Written => true,
        }
    }
}

/// What the order of questions is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    pub state: State,
    pub votes: i64,
    pub asked_at: DateTime<Utc>,
}

/// The one that is answered now, then those that wait for an answer, then the answered ones; among
/// equals more votes first, then who asked earlier.
pub fn order(a: &Rank, b: &Rank) -> Ordering {
    let group = |rank: &Rank| match rank.state {
        State::Now => 0,
        State::Waiting | State::Open => 1,
        State::Live | State::Written => 2,
        State::Hidden | State::Withdrawn => 3,
    };
    group(a)
        .cmp(&group(b))
        .then(b.votes.cmp(&a.votes))
        .then(a.asked_at.cmp(&b.asked_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(state: State, votes: i64, second: i64) -> Rank {
        Rank {
            state,
            votes,
            asked_at: DateTime::from_timestamp(second, 0).expect("a time"),
        }
    }

    #[test]
    fn questions_stand_by_votes_then_time_and_answered_ones_below() {
        let now = rank(State::Now, 0, 9);
        let wanted = rank(State::Open, 5, 8);
        let early = rank(State::Open, 2, 1);
        let late = rank(State::Open, 2, 2);
        let done = rank(State::Live, 50, 0);
        let hidden = rank(State::Hidden, 99, 0);
        let mut all = [hidden, late, done, early, wanted, now];
        all.sort_by(order);
        assert_eq!(all, [now, wanted, early, late, done, hidden]);
    }

    #[test]
    fn what_waits_or_is_hidden_is_for_moderators_and_its_asker_only() {
        for state in State::ALL {
            let open = matches!(
                state,
                State::Open | State::Now | State::Live | State::Written
            );
            assert_eq!(state.seen_by(false, false), open, "{state:?}");
            let gone = state == State::Withdrawn;
            assert_eq!(state.seen_by(true, false), !gone, "{state:?}");
            assert_eq!(state.seen_by(false, true), !gone, "{state:?}");
        }
    }

    #[test]
    fn nothing_brings_a_withdrawn_question_back_and_nobody_withdraws_for_another() {
        for to in State::ALL {
            assert!(!State::Withdrawn.may_become(to));
            assert!(!to.may_become(State::Withdrawn) && !to.may_become(State::Waiting));
        }
        assert!(State::Waiting.may_become(State::Open));
        assert!(State::Hidden.may_become(State::Open));
    }

    #[test]
    fn a_review_holds_everybody_but_moderators() {
        assert_eq!(State::first(true, false), State::Waiting);
        assert_eq!(State::first(true, true), State::Open);
        assert_eq!(State::first(false, false), State::Open);
    }

    #[test]
    fn names_of_states_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }
}
