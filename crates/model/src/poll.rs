//! Polls and formal votes: what may be asked, what counts as an answer, and who sees which numbers.
//!
//! A formal vote is a poll of the kind [`Kind::Vote`]: its options are [`FOR`], [`AGAINST`] and
//! [`ABSTAIN`], it says who may vote and knows a quorum.
//!
//! Invariant: once a poll is closed, neither its answers nor the number of electors change.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many options a poll offers.
pub const OPTIONS: RangeInclusive<usize> = 2..=12;
/// Longest question or wording, and longest option, in characters. A wording becomes a topic of the
/// minutes, which holds one line of so many.
pub const LONGEST: usize = 300;
pub const LONGEST_OPTION: usize = 200;
/// Most polls of one room.
pub const MOST: u64 = 100;

/// The options of a formal vote, by their places.
pub const FOR: usize = 0;
pub const AGAINST: usize = 1;
pub const ABSTAIN: usize = 2;
pub const VOTE_OPTIONS: [&str; 3] = ["for", "against", "abstain"];

/// Writes an enum whose names go to the database and to clients alike.
macro_rules! named {
    ($(#[$meta:meta])* $type:ident, $schema:ident { $($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = $schema)]
        pub enum $type {
            $($(#[$doc])* $variant,)+
        }

        impl $type {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}

named! {
    Kind, PollKind {
        Single = "single",
        Several = "several",
        /// Some options are right; which, is told after the end.
        Quiz = "quiz",
        /// A formal vote.
        Vote = "vote",
    }
}

named! {
    State, PollState {
        /// Only moderators know of it.
        Draft = "draft",
        Open = "open",
        Closed = "closed",
    }
}

named! {
    /// When everybody sees the numbers.
    Results, PollResults {
        Live = "live",
        AfterClosing = "after_closing",
    }
}

named! {
    /// Who may vote in a formal vote. Guests and room kits never do.
    Electorate, Electorate {
        /// The members of the association that meets.
        Members = "members",
        /// Everybody who was let in under their own account.
        Admitted = "admitted",
    }
}

named! {
    /// What share of those who may vote has to take part.
    Quorum, Quorum {
        None = "none",
        /// More than half.
        Half = "half",
        /// At least two thirds.
        TwoThirds = "two_thirds",
    }
}

impl Quorum {
    pub fn is_met(self, voted: u64, electors: u64) -> bool {
        match self {
            Self::None => true,
            Self::Half => voted * 2 > electors,
            Self::TwoThirds => electors > 0 && voted * 3 >= electors * 2,
        }
    }
}

/// Whether a formal vote carries the wording: the quorum is met, and more than half of those who
/// voted are for it. Who abstains has voted.
pub fn is_carried(quorum_met: bool, counts: &[u64], voted: u64) -> bool {
    quorum_met && counts.get(FOR).is_some_and(|count| count * 2 > voted)
}

/// What an answer has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot {
    pub options: usize,
    /// How many options one may choose.
    pub most: usize,
}

impl Ballot {
    /// The choices in the order of the options; `None` for none, too many, one that is not there, or
    /// one twice.
    pub fn read(self, choices: &[usize]) -> Option<Vec<usize>> {
        let mut sorted = choices.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let fits = !sorted.is_empty()
            && sorted.len() == choices.len()
            && sorted.len() <= self.most
            && sorted.iter().all(|choice| *choice < self.options);
        fits.then_some(sorted)
    }
}

/// How many options a quiz lets one choose: one where one is right, else as many as one likes, so
/// that the number of right ones stays a secret.
pub fn quiz_most(right: usize, options: usize) -> usize {
    if right == 1 { 1 } else { options }
}

/// Who sees how many chose what, besides how many answered, which everybody sees.
///
/// Of a secret formal vote nobody knows before its end, those who run it included.
pub fn shows_counts(
    kind: Kind,
    named: bool,
    results: Results,
    is_closed: bool,
    moderates: bool,
) -> bool {
    let secret = kind == Kind::Vote && !named;
    is_closed || (!secret && (moderates || results == Results::Live))
}

/// Who sees who chose what: of an open formal vote everybody after its end, of a poll by name its
/// moderators only.
pub fn shows_names(kind: Kind, named: bool, is_closed: bool, moderates: bool) -> bool {
    named && (moderates || (kind == Kind::Vote && is_closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_options_that_are_there_each_once_and_not_too_many() {
        let check = |most, choices: &[usize], expected: Option<&[usize]>| {
            let ballot = Ballot { options: 3, most };
            assert_eq!(ballot.read(choices).as_deref(), expected, "{choices:?}");
        };
        check(1, &[2], Some(&[2]));
        check(2, &[2, 0], Some(&[0, 2]));
        check(1, &[], None);
        check(1, &[0, 1], None);
        check(1, &[3], None);
        check(3, &[1, 1], None);
    }

    #[test]
    fn a_quorum_of_half_is_more_than_half_and_of_two_thirds_exactly_enough() {
        let check = |quorum: Quorum, voted, electors, met| {
            assert_eq!(
                quorum.is_met(voted, electors),
                met,
                "{quorum:?} {voted}/{electors}"
            );
        };
        check(Quorum::Half, 10, 20, false);
        check(Quorum::Half, 11, 20, true);
        check(Quorum::Half, 0, 0, false);
        check(Quorum::TwoThirds, 13, 20, false);
        check(Quorum::TwoThirds, 14, 21, true);
        check(Quorum::TwoThirds, 0, 0, false);
        check(Quorum::None, 0, 20, true);
    }

    #[test]
    fn who_abstains_counts_among_those_who_voted() {
        assert!(is_carried(true, &[6, 2, 3], 11));
        assert!(!is_carried(true, &[5, 0, 5], 10));
        assert!(!is_carried(false, &[6, 0, 0], 6));
        assert!(!is_carried(true, &[0, 0, 0], 0));
    }

    #[test]
    fn nobody_counts_a_secret_vote_before_its_end() {
        for moderates in [false, true] {
            for results in Results::ALL {
                assert!(!shows_counts(Kind::Vote, false, *results, false, moderates));
                assert!(shows_counts(Kind::Vote, false, *results, true, moderates));
            }
        }
        let listener = |results| shows_counts(Kind::Single, false, results, false, false);
        assert!(listener(Results::Live) && !listener(Results::AfterClosing));
        assert!(shows_counts(
            Kind::Single,
            false,
            Results::AfterClosing,
            false,
            true
        ));
    }

    #[test]
    fn names_are_shown_only_where_voters_knew_that_they_would_be() {
        for kind in Kind::ALL {
            for moderates in [false, true] {
                for closed in [false, true] {
                    assert!(!shows_names(*kind, false, closed, moderates));
                }
            }
        }
        assert!(shows_names(Kind::Vote, true, true, false));
        assert!(!shows_names(Kind::Vote, true, false, false));
        assert!(!shows_names(Kind::Single, true, true, false));
        assert!(shows_names(Kind::Single, true, false, true));
    }

    #[test]
    fn a_quiz_gives_away_that_one_is_right_but_not_how_many_of_several() {
        assert_eq!(quiz_most(1, 4), 1);
        assert_eq!(quiz_most(2, 4), 4);
    }

    #[test]
    fn names_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(*state));
        }
        assert_eq!(Quorum::parse("two_thirds"), Some(Quorum::TwoThirds));
        assert_eq!(Electorate::parse("all"), None);
        assert_eq!(Results::parse("after_closing"), Some(Results::AfterClosing));
    }
}
