//! Letters: what they are about, what becomes of one, and when a failed one is tried again.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    Invitation,
    TimeChanged,
    Cancelled,
    Registered,
    /// The organiser will decide.
    ToDecide,
    Waiting,
    MovedUp,
    Declined,
    /// A guest withdrew.
    Withdrawn,
    Reminder,
}

impl LetterKind {
    pub const ALL: [Self; 10] = [
        Self::Invitation,
        Self::TimeChanged,
        Self::Cancelled,
        Self::Registered,
        Self::ToDecide,
        Self::Waiting,
        Self::MovedUp,
        Self::Declined,
        Self::Withdrawn,
        Self::Reminder,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::TimeChanged => "time_changed",
            Self::Cancelled => "cancelled",
            Self::Registered => "registered",
            Self::ToDecide => "to_decide",
            Self::Waiting => "waiting",
            Self::MovedUp => "moved_up",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Reminder => "reminder",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LetterFate)]
pub enum Fate {
    /// Not tried yet.
    Queued,
    /// The mail server took it, or it was written to its file.
    Sent,
    /// It failed and will be tried again.
    Retrying,
    /// The mail server will never take it for this address.
    Refused,
    /// Tried as often as is sensible.
    GaveUp,
}

impl Fate {
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Sent,
        Self::Retrying,
        Self::Refused,
        Self::GaveUp,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Retrying => "retrying",
            Self::Refused => "refused",
            Self::GaveUp => "gave_up",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.as_str() == name)
    }
}

/// How long after its first, second, … failed attempt a letter is tried again: for about a day, as
/// servers that put strangers off expect, and as an administrator needs to mend one.
const PATIENCE: [TimeDelta; 7] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(20),
    TimeDelta::hours(1),
    TimeDelta::hours(4),
    TimeDelta::hours(8),
    TimeDelta::hours(12),
];

/// When a letter is tried again that has failed `attempts` times; `None` to give it up.
pub fn patience(attempts: i32) -> Option<TimeDelta> {
    let before = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PATIENCE.get(before).copied()
}

/// Text as it stands in HTML, between tags or in a quoted attribute.
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_waits_longer_each_time_and_is_given_up_in_the_end() {
        let waits: Vec<_> = (1..).map_while(patience).collect();
        assert_eq!(waits.len(), 7);
        assert!(waits.is_sorted());
        assert_eq!(patience(0), None);
        assert_eq!(patience(8), None);
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(
            escape_html("<img src=\"x\" onerror='a&b'>"),
            "&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;"
        );
    }
}
