//! An event's programme: its items in the order and the rooms in which they take place.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What happens during an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ProgrammeItemKind)]
pub enum ItemKind {
    Opening,
    Talk,
    Discussion,
    /// Does not count as time of the event.
    Break,
}

impl ItemKind {
    pub const ALL: [Self; 4] = [Self::Opening, Self::Talk, Self::Discussion, Self::Break];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Talk => "talk",
            Self::Discussion => "discussion",
            Self::Break => "break",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Most items of one programme.
pub const MOST_ITEMS: usize = 200;
/// Most speakers of one item.
pub const MOST_SPEAKERS: usize = 20;
/// Longest item, in minutes.
pub const LONGEST_MINUTES: i32 = 24 * 60;

/// When and where an item takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// `None` where the whole event meets.
    pub room: Option<Uuid>,
    pub starts_at: DateTime<Utc>,
    pub minutes: i32,
}

impl Slot {
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(i64::from(self.minutes))
    }

    /// Whether both claim the same place at the same time.
    pub fn collides(&self, other: &Self) -> bool {
        let same_place = match (self.room, other.room) {
            // What concerns everyone leaves no section room free.
            (None, _) | (_, None) => true,
            (mine, theirs) => mine == theirs,
        };
        same_place && self.starts_at < other.ends_at() && other.starts_at < self.ends_at()
    }
}

/// What is wrong with an item's place in the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongSlot {
    #[error("it lasts no time or too long")]
    Minutes,
    #[error("it begins before the event or ends after it")]
    Outside,
    #[error("another item takes place there at that time")]
    Collides,
}

/// The slots that cannot be, each with its place in `slots` and one reason.
pub fn check(
    slots: &[Slot],
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Vec<(usize, WrongSlot)> {
    slots
        .iter()
        .enumerate()
        .filter_map(|(place, slot)| {
            if !(1..=LONGEST_MINUTES).contains(&slot.minutes) {
                Some((place, WrongSlot::Minutes))
            } else if slot.starts_at < starts_at || slot.ends_at() > ends_at {
                Some((place, WrongSlot::Outside))
            } else if slots[..place].iter().any(|earlier| {
                (1..=LONGEST_MINUTES).contains(&earlier.minutes) && earlier.collides(slot)
            }) {
                Some((place, WrongSlot::Collides))
            } else {
                None
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_504_515_600 + minutes * 60, 0).expect("a time")
    }

    fn slot(room: Option<u128>, from: i64, minutes: i32) -> Slot {
        Slot {
            room: room.map(Uuid::from_u128),
            starts_at: at(from),
            minutes,
        }
    }

    #[test]
    fn items_of_one_room_do_not_overlap_and_sections_run_side_by_side() {
        let check = |slots: &[Slot], expected: &[(usize, WrongSlot)]| {
            assert_eq!(super::check(slots, at(0), at(120)), expected);
        };
        let plenary = slot(None, 0, 30);
        let (first, second) = (slot(Some(1), 30, 60), slot(Some(2), 30, 60));
        check(&[plenary, first, second], &[]);
        check(
            &[plenary, slot(Some(1), 20, 20)],
            &[(1, WrongSlot::Collides)],
        );
        check(
            &[first, slot(Some(1), 89, 5), second],
            &[(1, WrongSlot::Collides)],
        );
        check(&[slot(None, -1, 10)], &[(0, WrongSlot::Outside)]);
        check(&[slot(None, 100, 30)], &[(0, WrongSlot::Outside)]);
        check(
            &[slot(None, 0, 0), slot(None, 0, 10)],
            &[(0, WrongSlot::Minutes)],
        );
    }
}
