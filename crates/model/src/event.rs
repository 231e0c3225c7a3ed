//! An event: its kind, its time, and how it goes from planned to ended.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What sort of meeting it is (DOMAIN.md, section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    AssociationMeeting,
    Conference,
    StaffMeeting,
    Webinar,
    /// A lesson broadcast to other classes.
    Lesson,
    MasterClass,
    ContestStage,
    Celebration,
    Training,
    ReadinessTest,
}

impl EventKind {
    pub const ALL: [Self; 10] = [
        Self::AssociationMeeting,
        Self::Conference,
        Self::StaffMeeting,
        Self::Webinar,
        Self::Lesson,
        Self::MasterClass,
        Self::ContestStage,
        Self::Celebration,
        Self::Training,
        Self::ReadinessTest,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssociationMeeting => "association_meeting",
            Self::Conference => "conference",
            Self::StaffMeeting => "staff_meeting",
            Self::Webinar => "webinar",
            Self::Lesson => "lesson",
            Self::MasterClass => "master_class",
            Self::ContestStage => "contest_stage",
            Self::Celebration => "celebration",
            Self::Training => "training",
            Self::ReadinessTest => "readiness_test",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// To whom an event is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Those named for it.
    Invited,
    /// Everyone with an account.
    City,
    /// The same, and whoever else has the link.
    Public,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::Invited, Self::City, Self::Public];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::City => "city",
            Self::Public => "public",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// How far an event reaches; certificates say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = EventLevel)]
pub enum Level {
    School,
    City,
    Region,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::School, Self::City, Self::Region];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::City => "city",
            Self::Region => "region",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    Planned,
    Live,
    Ended,
    Cancelled,
}

/// What is recorded of an event's course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    /// Those who present prepare; the listeners are not in yet.
    pub backstage: bool,
    pub ended_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// A planned event that nobody entered counts as ended this long after its end; until
/// then latecomers still find the door open.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

impl Course {
    pub fn status(&self, now: DateTime<Utc>) -> EventStatus {
        if self.cancelled_at.is_some() {
            EventStatus::Cancelled
        } else if self.ended_at.is_some() {
            EventStatus::Ended
        } else if self.started_at.is_some() && self.backstage {
            EventStatus::Planned
        } else if self.started_at.is_some() {
            EventStatus::Live
        } else if now >= self.ends_at + FORGOTTEN_AFTER {
            EventStatus::Ended
        } else {
            EventStatus::Planned
        }
    }

    /// What becomes of a live event whose room has been empty since `empty_since`.
    ///
    /// Nobody's leaving ends a meeting: the host's neither. An empty room ends calmly once
    /// its time is over; a look inside before the beginning leaves it planned; in between
    /// it stays open, for the network that took everybody away may come back.
    pub fn when_empty(&self, empty_since: DateTime<Utc>, now: DateTime<Utc>) -> Empty {
        if now < empty_since + EMPTY_PATIENCE {
            Empty::Wait
        } else if now >= self.ends_at || now >= empty_since + EMPTY_TOO_LONG {
            if now < self.starts_at {
                Empty::Rest
            } else {
                Empty::End
            }
        } else if now < self.starts_at {
            Empty::Rest
        } else {
            Empty::Wait
        }
    }
}

/// How long a room stays as it is after the last person left.
const EMPTY_PATIENCE: TimeDelta = TimeDelta::minutes(5);
/// Nobody comes back after this long, even where the planned end is far.
const EMPTY_TOO_LONG: TimeDelta = TimeDelta::minutes(45);

/// See [`Course::when_empty`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    Wait,
    /// Back to planned.
    Rest,
    End,
}

/// Longest title, in characters.
pub const TITLE_LENGTH: usize = 200;
/// Longest description, in characters.
pub const DESCRIPTION_LENGTH: usize = 10_000;
/// Longest name of a school subject, in characters.
pub const SUBJECT_LENGTH: usize = 100;
/// Longest event.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);
/// How far ahead events are planned.
pub const FURTHEST: TimeDelta = TimeDelta::days(3 * 366);
/// A clock that is a little behind, or a slow typist, is no reason to refuse.
const PAST_TOLERANCE: TimeDelta = TimeDelta::minutes(10);

/// What is wrong with an event's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongTime {
    #[error("it starts in the past")]
    Past,
    #[error("it starts too far ahead")]
    TooFar,
    #[error("it ends before it starts")]
    Backwards,
    #[error("it lasts too long")]
    TooLong,
}

/// Checks the times of a plan that is new or whose times change.
pub fn check_times(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), WrongTime> {
    if starts_at < now - PAST_TOLERANCE {
        Err(WrongTime::Past)
    } else if starts_at > now + FURTHEST {
        Err(WrongTime::TooFar)
    } else if ends_at <= starts_at {
        Err(WrongTime::Backwards)
    } else if ends_at - starts_at > LONGEST {
        Err(WrongTime::TooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_504_515_600 + minutes * 60, 0).expect("a time")
    }

    fn course() -> Course {
        Course {
            starts_at: at(0),
            ends_at: at(60),
            started_at: None,
            backstage: false,
            ended_at: None,
            cancelled_at: None,
        }
    }

    #[test]
    fn a_status_follows_from_what_is_recorded() {
        assert_eq!(course().status(at(-10)), EventStatus::Planned);
        assert_eq!(course().status(at(119)), EventStatus::Planned);
        assert_eq!(course().status(at(120)), EventStatus::Ended);
        let live = Course {
            started_at: Some(at(1)),
            ..course()
        };
        assert_eq!(live.status(at(500)), EventStatus::Live);
        let preparing = Course {
            backstage: true,
            ..live
        };
        assert_eq!(preparing.status(at(500)), EventStatus::Planned);
        let ended = Course {
            ended_at: Some(at(50)),
            ..live
        };
        assert_eq!(ended.status(at(51)), EventStatus::Ended);
        let cancelled = Course {
            cancelled_at: Some(at(0)),
            ..ended
        };
        assert_eq!(cancelled.status(at(51)), EventStatus::Cancelled);
    }

    #[test]
    fn an_empty_room_ends_only_after_its_time_and_a_rehearsal_leaves_it_planned() {
        let check = |since, now, expected| {
            assert_eq!(course().when_empty(at(since), at(now)), expected);
        };
        check(58, 61, Empty::Wait);
        check(58, 63, Empty::End);
        check(20, 30, Empty::Wait);
        check(5, 50, Empty::End);
        check(-120, -100, Empty::Rest);
        check(-120, -60, Empty::Rest);
        check(-8, -4, Empty::Wait);
    }

    #[test]
    fn times_are_refused_for_one_reason_each() {
        let check = |start, end, expected| {
            assert_eq!(check_times(at(start), at(end), at(0)), expected);
        };
        check(0, 60, Ok(()));
        check(-9, 60, Ok(()));
        check(-11, 60, Err(WrongTime::Past));
        check(10, 10, Err(WrongTime::Backwards));
        check(10, 5, Err(WrongTime::Backwards));
        check(0, 24 * 60 + 1, Err(WrongTime::TooLong));
        check(
            5 * 366 * 24 * 60,
            5 * 366 * 24 * 60 + 5,
            Err(WrongTime::TooFar),
        );
    }

    #[test]
    fn names_of_kinds_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
        }
    }
}
