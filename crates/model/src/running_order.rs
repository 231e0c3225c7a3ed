//! The running order of a room: which item is now, and how much of its time is left.
//!
//! The server's clock alone counts. While a timer stands still its start moves on with every
//! resumption, so that what has passed is always one difference.

use chrono::{DateTime, TimeDelta, Utc};

use crate::programme::LONGEST_MINUTES;

/// The time of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    pub started_at: DateTime<Utc>,
    pub minutes: i32,
    /// Since when it stands still.
    pub paused_at: Option<DateTime<Utc>>,
}

impl Timer {
    pub fn new(minutes: i32, now: DateTime<Utc>) -> Self {
        Self {
            started_at: now,
            minutes,
            paused_at: None,
        }
    }

    /// What has passed, pauses left out; never less than nothing, whatever the clock did.
    pub fn elapsed(&self, now: DateTime<Utc>) -> TimeDelta {
        (self.paused_at.unwrap_or(now) - self.started_at).max(TimeDelta::zero())
    }

    /// Stops; a timer that stands still already stays as it is.
    pub fn pause(self, now: DateTime<Utc>) -> Self {
        Self {
            paused_at: Some(self.paused_at.unwrap_or(now)),
            ..self
        }
    }

    /// Goes on from where it stopped.
    pub fn resume(self, now: DateTime<Utc>) -> Self {
        let stood = self
            .paused_at
            .map_or(TimeDelta::zero(), |since| now - since);
        Self {
            started_at: self.started_at + stood,
            paused_at: None,
            ..self
        }
    }
}

/// Whether an item may take so many minutes.
pub fn lasts(minutes: i32) -> bool {
    (1..=LONGEST_MINUTES).contains(&minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_504_515_600 + minutes * 60, 0).expect("a time")
    }

    #[test]
    fn pauses_do_not_count_however_many_there_are() {
        let timer = Timer::new(15, at(0));
        assert_eq!(timer.elapsed(at(4)), TimeDelta::minutes(4));
        let paused = timer.pause(at(4));
        assert_eq!(paused.elapsed(at(60)), TimeDelta::minutes(4));
        let resumed = paused.resume(at(10));
        assert_eq!(resumed.elapsed(at(13)), TimeDelta::minutes(7));
        let again = resumed.pause(at(13)).resume(at(20));
        assert_eq!(again.elapsed(at(21)), TimeDelta::minutes(8));
    }

    #[test]
    fn pausing_and_resuming_twice_changes_nothing_more() {
        let paused = Timer::new(15, at(0)).pause(at(4));
        assert_eq!(paused.pause(at(9)), paused);
        let resumed = paused.resume(at(10));
        assert_eq!(resumed.resume(at(12)), resumed);
    }

    #[test]
    fn a_clock_that_was_set_back_gives_no_negative_time() {
        assert_eq!(Timer::new(15, at(5)).elapsed(at(0)), TimeDelta::zero());
    }

    #[test]
    fn an_item_lasts_a_minute_at_least_and_a_day_at_most() {
        assert!(lasts(1) && lasts(24 * 60));
        assert!(!lasts(0) && !lasts(-5) && !lasts(24 * 60 + 1));
    }
}
