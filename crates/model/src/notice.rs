//! What an event has to say to a person in the application.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Kinds of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Invited,
    TimeChanged,
    Cancelled,
    /// A registration was confirmed, at once or by the organiser.
    Registered,
    /// On the waiting list.
    Waiting,
    /// A seat became free.
    MovedUp,
    /// The organiser declined.
    Declined,
    /// The event begins within a day.
    Tomorrow,
    /// The event begins within minutes.
    Soon,
    /// To the organiser: registrations wait for a decision.
    ToDecide,
}

impl NoticeKind {
    pub const ALL: [Self; 10] = [
        Self::Invited,
        Self::TimeChanged,
        Self::Cancelled,
        Self::Registered,
        Self::Waiting,
        Self::MovedUp,
        Self::Declined,
        Self::Tomorrow,
        Self::Soon,
        Self::ToDecide,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::TimeChanged => "time_changed",
            Self::Cancelled => "cancelled",
            Self::Registered => "registered",
            Self::Waiting => "waiting",
            Self::MovedUp => "moved_up",
            Self::Declined => "declined",
            Self::Tomorrow => "tomorrow",
            Self::Soon => "soon",
            Self::ToDecide => "to_decide",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}
