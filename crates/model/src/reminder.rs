//! When an event is called to mind: a day and a quarter of an hour ahead, once each.
//!
//! A reminder is settled when it was sent or when its moment passed before anybody knew of the
//! event's time: the invitation or the news of the change said it then. What a stopped server missed
//! is made up for while the event has not begun, by the nearest reminder alone.

use chrono::{DateTime, TimeDelta, Utc};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reminder {
    Day,
    Quarter,
}

impl Reminder {
    /// The furthest ahead first.
    pub const ALL: [Self; 2] = [Self::Day, Self::Quarter];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Quarter => "quarter",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// How long before the beginning.
    pub fn ahead(self) -> TimeDelta {
        match self {
            Self::Day => TimeDelta::days(1),
            Self::Quarter => TimeDelta::minutes(15),
        }
    }
}

/// The furthest that any reminder looks ahead.
pub const FURTHEST: TimeDelta = TimeDelta::days(1);

/// Reminders whose moment has come for an event that begins at `starts_at`, the furthest first.
/// What to do with them: see [`due`] where time passed, settle them where the time was set now.
pub fn come(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Reminder> {
    Reminder::ALL
        .into_iter()
        .filter(|one| starts_at - one.ahead() <= now)
        .collect()
}

/// The reminder to send now, if any. An event that has begun needs none.
pub fn due(starts_at: DateTime<Utc>, settled: &[Reminder], now: DateTime<Utc>) -> Option<Reminder> {
    if starts_at <= now {
        return None;
    }
    // Only the nearest: two letters at once would say the same.
    come(starts_at, now)
        .pop()
        .filter(|nearest| !settled.contains(nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    #[test]
    fn a_reminder_is_due_from_its_moment_to_the_beginning() {
        let start = 10_000;
        let check = |now, settled: &[Reminder], expected| {
            assert_eq!(
                due(at(start), settled, at(now)),
                expected,
                "{now} {settled:?}"
            );
        };
        check(start - 1441, &[], None);
        check(start - 1440, &[], Some(Reminder::Day));
        check(start - 1440, &[Reminder::Day], None);
        // The server was away for a day: the nearest alone.
        check(start - 16, &[], Some(Reminder::Day));
        check(start - 15, &[], Some(Reminder::Quarter));
        check(start - 1, &[Reminder::Day], Some(Reminder::Quarter));
        check(start - 1, &[Reminder::Quarter], None);
        check(start, &[], None);
        check(start + 5, &[], None);
    }

    #[test]
    fn what_a_new_time_overtakes_is_known() {
        assert_eq!(come(at(2000), at(0)), []);
        assert_eq!(come(at(600), at(0)), [Reminder::Day]);
        assert_eq!(come(at(10), at(0)), [Reminder::Day, Reminder::Quarter]);
    }
}
