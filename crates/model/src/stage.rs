//! A webinar's stage: who stands on it, who only listens, and when the listeners come in.
//!
//! Invariant: in a room that is a meeting nobody is kept off anything for want of a stage; in a
//! webinar only those on the stage are heard, seen or let in before it is live.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    EventKind,
    seat::{SeatRole, Status},
};

/// How a room is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = RoomMode)]
pub enum Mode {
    /// Everybody may speak.
    Meeting,
    /// Those on the stage speak, the others listen.
    Webinar,
}

impl Mode {
    pub const ALL: [Self; 2] = [Self::Meeting, Self::Webinar];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Webinar => "webinar",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }

    /// How events of a kind are held unless somebody says otherwise.
    pub fn of(kind: EventKind) -> Self {
        match kind {
            EventKind::Webinar | EventKind::Lesson | EventKind::Celebration => Self::Webinar,
            _ => Self::Meeting,
        }
    }
}

/// Where a room stands for those who come to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = RoomPhase)]
pub enum Phase {
    /// Only those on the stage are inside; the others wait.
    Backstage,
    Live,
    Ended,
}

/// What is recorded of a room's course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub mode: Mode,
    /// When somebody first came in.
    pub started_at: Option<DateTime<Utc>>,
    /// When the listeners were let in, where there was a back stage.
    pub live_at: Option<DateTime<Utc>>,
    pub is_over: bool,
}

impl Course {
    pub fn phase(&self) -> Phase {
        if self.is_over {
            Phase::Ended
        } else if self.mode == Mode::Webinar && self.live_at.is_none() {
            Phase::Backstage
        } else {
            Phase::Live
        }
    }

    /// Whether people met here; the back stage alone is no meeting.
    pub fn took_place(&self) -> bool {
        match self.mode {
            Mode::Webinar => self.live_at.is_some(),
            Mode::Meeting => self.started_at.is_some(),
        }
    }

    /// When the live part counts as begun once the room is held as `mode`. A running meeting that
    /// becomes a webinar goes on, with nobody sent out, and counts from where it would have
    /// counted; opening the back stage to everybody is where the event begins.
    pub fn live_after(
        &self,
        mode: Mode,
        planned_start: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let counts_from = |entered: DateTime<Utc>| entered.max(planned_start).min(now);
        match (self.mode, mode) {
            (Mode::Meeting, Mode::Webinar) => self.live_at.or(self.started_at.map(counts_from)),
            (Mode::Webinar, Mode::Meeting) => self.live_at.or(self.started_at.map(|_| now)),
            _ => self.live_at,
        }
    }
}

/// A seat's way onto the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = SeatStage)]
pub enum Stage {
    /// Listens.
    Off,
    /// Was asked to come and has not answered.
    Invited,
    On,
}

/// Nobody invited this seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody invited this seat on the stage")]
pub struct NotInvited;

impl Stage {
    pub const ALL: [Self; 3] = [Self::Off, Self::Invited, Self::On];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Invited => "invited",
            Self::On => "on",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// Asking somebody who is there already changes nothing.
    pub fn invite(self) -> Self {
        match self {
            Self::Off | Self::Invited => Self::Invited,
            Self::On => Self::On,
        }
    }

    /// Accepting twice is no error: two tabs may answer.
    pub fn accept(self) -> Result<Self, NotInvited> {
        match self {
            Self::Invited | Self::On => Ok(Self::On),
            Self::Off => Err(NotInvited),
        }
    }
}

/// Whether a seat is on the stage; those who run the room always are.
pub fn stands(role: SeatRole, stage: Stage) -> bool {
    role.moderates() || stage == Stage::On
}

/// Whether an admitted seat only listens.
pub fn listens(mode: Mode, role: SeatRole, stage: Stage) -> bool {
    mode == Mode::Webinar && !stands(role, stage)
}

/// Whether a seat may be inside now: hear, write, connect.
pub fn inside(phase: Phase, role: SeatRole, status: Status, stage: Stage) -> bool {
    status == Status::Admitted && (phase != Phase::Backstage || stands(role, stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_504_515_600 + minutes * 60, 0).expect("a time")
    }

    fn course(mode: Mode) -> Course {
        Course {
            mode,
            started_at: None,
            live_at: None,
            is_over: false,
        }
    }

    #[test]
    fn only_a_webinar_that_is_not_live_has_a_back_stage() {
        assert_eq!(course(Mode::Meeting).phase(), Phase::Live);
        assert_eq!(course(Mode::Webinar).phase(), Phase::Backstage);
        let live = Course {
            live_at: Some(at(5)),
            ..course(Mode::Webinar)
        };
        assert_eq!(live.phase(), Phase::Live);
        for mode in Mode::ALL {
            let over = Course {
                is_over: true,
                ..course(mode)
            };
            assert_eq!(over.phase(), Phase::Ended);
        }
    }

    #[test]
    fn a_webinar_that_never_left_its_back_stage_did_not_take_place() {
        let entered = |mode| Course {
            started_at: Some(at(0)),
            ..course(mode)
        };
        assert!(entered(Mode::Meeting).took_place());
        assert!(!entered(Mode::Webinar).took_place());
        let live = Course {
            live_at: Some(at(5)),
            ..entered(Mode::Webinar)
        };
        assert!(live.took_place());
    }

    #[test]
    fn a_running_meeting_that_becomes_a_webinar_sends_nobody_out() {
        let running = Course {
            started_at: Some(at(0)),
            ..course(Mode::Meeting)
        };
        let after = |planned| running.live_after(Mode::Webinar, at(planned), at(20));
        assert_eq!(after(0), Some(at(0)));
        assert_eq!(after(10), Some(at(10)), "who came early counts for nothing");
        assert_eq!(after(30), Some(at(20)));
        assert_eq!(
            course(Mode::Meeting).live_after(Mode::Webinar, at(0), at(20)),
            None,
            "nobody is there yet: it gets its back stage"
        );
    }

    #[test]
    fn opening_the_back_stage_to_everybody_is_where_the_event_begins() {
        let rehearsing = Course {
            started_at: Some(at(0)),
            ..course(Mode::Webinar)
        };
        let after = |mode| rehearsing.live_after(mode, at(0), at(20));
        assert_eq!(after(Mode::Meeting), Some(at(20)));
        assert_eq!(after(Mode::Webinar), None);
        let live = Course {
            live_at: Some(at(5)),
            ..rehearsing
        };
        assert_eq!(live.live_after(Mode::Meeting, at(0), at(20)), Some(at(5)));
    }

    #[test]
    fn the_stage_is_entered_by_invitation_and_acceptance_only() {
        assert_eq!(Stage::Off.accept(), Err(NotInvited));
        assert_eq!(Stage::Off.invite().accept(), Ok(Stage::On));
        assert_eq!(Stage::On.invite(), Stage::On);
        assert_eq!(Stage::On.accept(), Ok(Stage::On));
    }

    #[test]
    fn before_a_webinar_is_live_only_admitted_people_of_the_stage_are_inside() {
        for role in SeatRole::ALL {
            for stage in Stage::ALL {
                for status in Status::ALL {
                    let on = role != SeatRole::Participant || stage == Stage::On;
                    let admitted = status == Status::Admitted;
                    assert_eq!(
                        inside(Phase::Backstage, role, status, stage),
                        admitted && on
                    );
                    assert_eq!(inside(Phase::Live, role, status, stage), admitted);
                    assert_eq!(listens(Mode::Webinar, role, stage), !on);
                    assert!(!listens(Mode::Meeting, role, stage));
                }
            }
        }
    }

    #[test]
    fn names_of_modes_and_stages_read_back() {
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.as_str()), Some(mode));
        }
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        }
        assert_eq!(Mode::of(EventKind::Webinar), Mode::Webinar);
        assert_eq!(Mode::of(EventKind::StaffMeeting), Mode::Meeting);
    }
}
